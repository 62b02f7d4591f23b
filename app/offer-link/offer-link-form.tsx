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
import { problemOf } from '@/app/_data/problem'
import { signInPath } from '@/app/_data/sign-in-path'
import { useApi } from '@/app/_data/use-api'
import { NewPasswordField } from '@/app/_session/new-password-field'
import { OrganisationFields } from '@/app/_session/organisation-fields'
import { useToken } from '@/app/_session/use-token'
import type { OpenOfferLinkView } from '@/lib/views/identity'

/** Opens an invitation's link: who asks; then signing in, or setting up one's own agency. */
export function OfferLinkForm() {
  const api = useApi()
  const token = useToken()
  const { mutate, data, error } = useMutation(api.entry.openOfferLink.mutationOptions())
  useEffect(() => {
    if (token !== null) mutate({ token })
  }, [token, mutate])
  if (error) return <ProblemView problem={problemOf(error)} />
  if (data === undefined || token === null)
    return (
      <div role="status" aria-label="Checking your link">
        <SkeletonLines lines={6} />
      </div>
    )
  const { agency, workspace, email, hasAccount } = data
  return (
    <>
      <p>
        <strong className="font-semibold">{agency}</strong> invites your agency to plan together in{' '}
        <strong className="font-semibold">{workspace}</strong>. What it would give and the terms are shown
        next; nothing is agreed before you say so.
      </p>
      {hasAccount ? (
        <Next offer={data} text={`There is an account for ${email}. Sign in with it, then answer.`} />
      ) : (
        <SetUp token={token} offer={data} />
      )}
    </>
  )
}

function Next({ offer, text }: { offer: OpenOfferLinkView; text: string }) {
  return (
    <>
      <Notice role="status">{text}</Notice>
      <a
        href={signInPath(`/offers/${offer.offerId}`)}
        className={buttonClass({ variant: 'primary', size: 'lg' })}
      >
        Sign in and answer
      </a>
    </>
  )
}

function SetUp({ token, offer }: { token: string; offer: OpenOfferLinkView }) {
  const [org, setOrg] = useState({ name: '', shortCode: '', colour: 0 })
  const [personName, setPersonName] = useState('')
  const [password, setPassword] = useState('')
  const save = useMutation(useApi().entry.setUpByOffer.mutationOptions())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!save.isPending) save.mutate({ token, ...org, personName, password })
  }
  if (save.isSuccess)
    return <Next offer={offer} text={`${org.name} is set up. Sign in as ${offer.email}, then answer.`} />
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <p className="text-muted-foreground">
        Set up your agency first. You become its administrator, with the address {offer.email}.
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
      <NewPasswordField
        value={password}
        onChange={setPassword}
        words={[personName, offer.email, org.name, org.shortCode]}
      />
      {save.error === null ? null : <ProblemView problem={problemOf(save.error)} />}
      <Button type="submit" variant="primary" size="lg" busy={save.isPending}>
        Set up my agency
      </Button>
    </form>
  )
}
