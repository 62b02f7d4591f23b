'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Notice } from '@/app/_components/feedback/notice'
import { type AuthRefusal, requestSignIn } from '@/app/_session/auth-request'
import { PasswordField } from '@/app/_session/password-field'
import { inWords } from '@/app/_session/session-phase'
import { useWait } from '@/app/sign-in/use-wait'
import type { BannerView } from '@/lib/views/identity'

/** The notice first: until it is accepted there is nothing to fill in. */
export function SignInForm({ banner, next }: { banner: BannerView; next: string }) {
  const [accepted, setAccepted] = useState(false)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<AuthRefusal | null>(null)
  const [wait, startWait] = useWait()
  const refused = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (refusal !== null) refused.current?.focus()
  }, [refusal])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!accepted || busy || wait > 0) return
    setBusy(true)
    setRefusal(null)
    const answer = await requestSignIn({ email, password, banner: banner.hash, callbackUrl: next })
    if (answer.refusal === null) {
      // A full load: nothing of the page before sign-in stays in memory.
      location.replace(answer.url)
      return
    }
    setBusy(false)
    setRefusal(answer.refusal)
    if (answer.refusal.retryAfter !== null) startWait(answer.refusal.retryAfter)
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <Notice tone="warn" title="Before you sign in">
        <p className="whitespace-pre-line">{banner.text}</p>
        <Checkbox
          className="mt-3 font-medium"
          label="I have read this and accept it"
          checked={accepted}
          onChange={(event) => setAccepted(event.target.checked)}
        />
      </Notice>
      <div ref={refused} tabIndex={-1} className="outline-none empty:hidden">
        {refusal ? (
          <Notice tone="danger" role="alert">
            {refusal.retryAfter === null
              ? refusal.forPeople
              : 'Too many failed attempts for this account or from this place. The wait is short and keeps guessers away.'}
          </Notice>
        ) : null}
      </div>
      <fieldset disabled={!accepted} className="flex min-w-0 flex-col gap-5">
        <legend className="sr-only">E-mail address and password</legend>
        <Field label="E-mail address">
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              required
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={254}
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <PasswordField
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button
          type="submit"
          variant="primary"
          size="lg"
          busy={busy}
          disabledWhy={
            wait > 0
              ? `You can try again in ${inWords(wait * 1000)}.`
              : accepted
                ? null
                : 'Accept the notice above first.'
          }
        >
          {wait > 0 ? `Try again in ${inWords(wait * 1000)}` : 'Sign in'}
        </Button>
      </fieldset>
      <p className="text-muted-foreground text-sm">
        No password yet, or forgotten? An administrator of your organisation can make you a link to set one.
      </p>
    </form>
  )
}
