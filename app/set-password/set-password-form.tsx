'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { buttonClass } from '@/app/_components/controls/button-class'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { NewPasswordField } from '@/app/_session/new-password-field'
import { useOpenedLink } from '@/app/_session/use-opened-link'

export function SetPasswordForm() {
  const api = useApi()
  const { token, link, problem } = useOpenedLink('password')
  const [password, setPassword] = useState('')
  const save = useMutation(api.entry.setPassword.mutationOptions())
  const refused = save.error === null ? null : problemOf(save.error)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!save.isPending) save.mutate({ token, password })
  }

  if (save.isSuccess)
    return (
      <>
        <Notice tone="success" role="status" title="Your password is set.">
          You can sign in with it now. If you were signed in somewhere, you were signed out there.
        </Notice>
        {/* A full load on purpose: the page that held the link goes. */}
        <a href="/sign-in" className={buttonClass({ variant: 'primary', size: 'lg' })}>
          Sign in
        </a>
      </>
    )
  if (problem !== null) return <ProblemView problem={problem} />
  if (!link?.person)
    return (
      <div role="status" aria-label="Checking your link">
        <SkeletonLines lines={4} />
      </div>
    )
  const { name, email, organisation } = link.person
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <p>
        For <strong>{name}</strong> of {organisation}.
      </p>
      <label className="flex flex-col gap-1 font-medium text-sm">
        Your e-mail address
        {/* Read-only, for the person and for password managers, which keep both together. */}
        <input
          type="email"
          name="email"
          autoComplete="username"
          readOnly
          value={email}
          className="h-8 w-full rounded-md border bg-muted px-3 font-normal text-base"
        />
      </label>
      <NewPasswordField
        value={password}
        onChange={setPassword}
        words={link.words}
        problem={refused?.code === 'invalid' ? refused.forPeople : null}
      />
      {refused !== null && refused.code !== 'invalid' ? <ProblemView problem={refused} /> : null}
      <Button type="submit" variant="primary" size="lg" busy={save.isPending}>
        Set password
      </Button>
    </form>
  )
}
