'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { buttonClass } from '@/app/_components/controls/button-class'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { NewPasswordField } from '@/app/_session/new-password-field'
import { OrganisationFields } from '@/app/_session/organisation-fields'
import { useOpenedLink } from '@/app/_session/use-opened-link'

/** The first organisation and its administrator, who also operates the instance. */
export function SetUpForm() {
  const api = useApi()
  const { token, link, problem } = useOpenedLink('setup')
  const [org, setOrg] = useState({ name: '', shortCode: '', colour: 0 })
  const [personName, setPersonName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const save = useMutation(api.entry.setUp.mutationOptions())

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!save.isPending) save.mutate({ token, ...org, personName, email, password })
  }

  if (save.isSuccess)
    return (
      <>
        <Notice tone="success" role="status" title="This instance is set up.">
          Sign in, then start a workspace and add people under “Account and sessions”.
        </Notice>
        <a href="/sign-in" className={buttonClass({ variant: 'primary', size: 'lg' })}>
          Sign in
        </a>
      </>
    )
  if (problem !== null) return <ProblemView problem={problem} />
  if (link === null)
    return (
      <div role="status" aria-label="Checking your link">
        <SkeletonLines lines={6} />
      </div>
    )
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <p className="text-muted-foreground">
        You create the first organisation and become its administrator and the operator of this instance.
        Other organisations can be added later.
      </p>
      <OrganisationFields draft={org} onChange={setOrg} />
      <Field label="Your name">
        {(control) => (
          <Input
            {...control}
            required
            autoComplete="name"
            maxLength={80}
            value={personName}
            onChange={(event) => setPersonName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Your e-mail address" hint="You sign in with it.">
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            autoComplete="username"
            maxLength={254}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <NewPasswordField
        value={password}
        onChange={setPassword}
        words={[personName, email, org.name, org.shortCode]}
      />
      {save.error === null ? null : <ProblemView problem={problemOf(save.error)} />}
      <Button type="submit" variant="primary" size="lg" busy={save.isPending}>
        Set up
      </Button>
    </form>
  )
}
