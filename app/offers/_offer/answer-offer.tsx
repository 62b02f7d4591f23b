'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useOfferDone } from '@/app/offers/_offer/use-offer-act'
import { type Ceiling, lowerCeilings } from '@/app/w/_partnership/limit-words'
import type { OfferView } from '@/lib/views/partnership'
import type { AgencyView } from '@/lib/views/person'

/** Accept, which signs what is shown; propose a lower ceiling, signed as well; or decline. */
export function AnswerOffer({ offer, org }: { offer: OfferView; org: AgencyView }) {
  const lower = offer.kind === 'invite' ? lowerCeilings(offer.ceiling) : []
  const [read, setRead] = useState(false)
  const [window, setWindow] = useState<'none' | 'counter' | 'decline'>('none')
  const [ceiling, setCeiling] = useState<Ceiling>(lower[0]?.value ?? 'read')
  const [reason, setReason] = useState('')
  const done = useOfferDone()
  const answer = useMutation(
    useApi().offers.answer.mutationOptions({
      onSuccess: async (_, { answer: given }) => {
        setWindow('none')
        await done(DONE[given])
      },
    }),
  )
  const signs = offer.kind === 'invite' ? offer.terms : null
  const shown = { offerId: offer.id, version: offer.terms?.version ?? 0, hash: offer.terms?.hash ?? null }
  const missing = signs && !read ? 'Say first that you have read the terms.' : null
  const problem = answer.error ? <ProblemView problem={problemOf(answer.error)} /> : null
  const open = (name: typeof window) => ({
    open: window === name,
    onOpenChange: (isOpen: boolean) => setWindow(isOpen ? name : 'none'),
    busy: answer.isPending,
    problem,
  })
  return (
    <section aria-labelledby="answer" className="flex flex-col gap-3">
      <h2 id="answer" className="font-semibold text-lg">
        Your answer for {org.name}
      </h2>
      {signs ? (
        <Checkbox
          label={`I have read version ${signs.version} of the terms and sign it for ${org.name}`}
          hint={
            <>
              Your name, the time and the fingerprint of this text go on record:{' '}
              <code className="break-all font-mono text-xs">{signs.hash}</code>
            </>
          }
          checked={read}
          onChange={(event) => setRead(event.target.checked)}
        />
      ) : null}
      {window === 'none' ? problem : null}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          size="lg"
          busy={answer.isPending && window === 'none'}
          disabledWhy={missing}
          onClick={() => answer.mutate({ ...shown, answer: 'accept' })}
        >
          {signs ? 'Sign and accept' : 'Accept'}
        </Button>
        {lower.length > 0 ? (
          <Button size="lg" disabledWhy={missing} onClick={() => setWindow('counter')}>
            Propose less …
          </Button>
        ) : null}
        <Button size="lg" onClick={() => setWindow('decline')}>
          Decline …
        </Button>
      </div>
      <ConfirmDialog
        {...open('counter')}
        title="Propose a lower ceiling"
        confirmLabel={signs ? 'Sign and propose' : 'Propose'}
        onConfirm={() => answer.mutate({ ...shown, answer: 'counter', ceiling })}
      >
        <p>
          {org.name} takes part with this as soon as {offer.workspace.host.name} agrees. Until then nothing is
          in force.
        </p>
        <Field label="Your people may at most">
          {(control) => (
            <Select
              {...control}
              value={ceiling}
              onChange={(event) => setCeiling(event.target.value as Ceiling)}
              options={lower}
            />
          )}
        </Field>
      </ConfirmDialog>
      <ConfirmDialog
        {...open('decline')}
        title={offer.kind === 'invite' ? 'Decline the invitation?' : 'Decline the change?'}
        confirmLabel="Decline"
        danger
        onConfirm={() => answer.mutate({ offerId: offer.id, answer: 'decline', reason })}
      >
        <Field label="Reason" hint={`${offer.workspace.host.name} reads it. May be left empty.`}>
          {(control) => (
            <TextArea
              {...control}
              rows={3}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </ConfirmDialog>
    </section>
  )
}

const DONE = {
  accept: 'Accepted. It is in force now.',
  counter: 'Proposed. The other side has the last word.',
  decline: 'Declined.',
} as const
