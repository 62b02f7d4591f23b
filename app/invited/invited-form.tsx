'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { buttonClass } from '@/app/_components/controls/button-class'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { Time } from '@/app/_components/marks/time'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { NewPasswordField } from '@/app/_session/new-password-field'
import { useToken } from '@/app/_session/use-token'
import type { OpenInvitationView } from '@/lib/views/organisation'

/** Opens a person's invitation: by whom, into what; then making the account, or signing in with the one there is. */
export function InvitedForm() {
  const token = useToken()
  const { mutate, data, error } = useMutation(useApi().entry.openInvitation.mutationOptions())
  useEffect(() => {
    if (token !== null) mutate({ token })
  }, [token, mutate])
  if (error) return <ProblemView problem={problemOf(error)} />
  if (data === undefined || token === null)
    return (
      <div role="status" aria-label="Checking your invitation">
        <SkeletonLines lines={6} />
      </div>
    )
  const { organisation, workspace, account, email } = data
  return (
    <>
      <p>
        <strong className="font-semibold">{organisation}</strong> invites you to work for it here
        {workspace === null ? null : (
          <>
            , as {ROLE_WORDS[workspace.role].name.toLowerCase()} in{' '}
            <strong className="font-semibold">{workspace.title}</strong>
            {workspace.until === null ? null : (
              <>
                {' '}
                until <Time at={workspace.until} as="day" />
              </>
            )}
          </>
        )}
        . The invitation is for {email} alone.
      </p>
      {account === 'none' ? <MakeAccount token={token} invitation={data} /> : null}
      {account === 'same' ? <SignIn text={`There is an account for ${email} already.`} /> : null}
      {account === 'other' ? (
        <Notice tone="warn" title="This address has an account at another organisation">
          An account belongs to exactly one. Ask whoever invited you to use another address of yours.
        </Notice>
      ) : null}
    </>
  )
}

function SignIn({ text }: { text: string }) {
  return (
    <>
      <Notice role="status">{text}</Notice>
      <a href="/sign-in" className={buttonClass({ variant: 'primary', size: 'lg' })}>
        Sign in
      </a>
    </>
  )
}

function MakeAccount({ token, invitation }: { token: string; invitation: OpenInvitationView }) {
  const [name, setName] = useState(invitation.name)
  const [password, setPassword] = useState('')
  const accept = useMutation(useApi().entry.acceptInvitation.mutationOptions())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!accept.isPending) accept.mutate({ token, name, password })
  }
  if (accept.isSuccess)
    return <SignIn text={`Your account is made. Sign in as ${accept.data.email} with your new password.`} />
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <Field label="Your name" hint="As the others will see it.">
        {(control) => (
          <Input
            {...control}
            required
            autoComplete="name"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <NewPasswordField value={password} onChange={setPassword} words={[name, ...invitation.words]} />
      {accept.error === null ? null : <ProblemView problem={problemOf(accept.error)} />}
      <Button type="submit" variant="primary" size="lg" busy={accept.isPending}>
        Accept and make my account
      </Button>
    </form>
  )
}
