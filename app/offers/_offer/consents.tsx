'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Card } from '@/app/_components/layout/card'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useOfferDone } from '@/app/offers/_offer/use-offer-act'
import type { OfferView } from '@/lib/views/partnership'

/** Who has consented to an invitation, who has not yet, and the reader's own agency's answer. */
export function Consents({ offer }: { offer: OfferView }) {
  const [reason, setReason] = useState('')
  const done = useOfferDone()
  const consent = useMutation(
    useApi().offers.consent.mutationOptions({
      onSuccess: (_, { give }) =>
        done(give ? 'Your agency has consented.' : 'Your agency has refused. The invitation has ended.'),
    }),
  )
  if (offer.consents.length === 0) return null
  return (
    <Card aria-labelledby="consents" className="flex flex-col gap-3 p-4">
      <h2 id="consents" className="font-semibold">
        Consent of the agencies
      </h2>
      <p className="text-muted-foreground text-sm">
        The terms ask for it: the invitation goes out when all have consented, and one refusal ends it.
      </p>
      <ul className="flex flex-col gap-2">
        {offer.consents.map(({ agency, given, reason: why }) => (
          <li key={agency.id} className="flex flex-wrap items-center gap-x-3">
            <AgencyTag agency={agency} withName className="max-w-full" />
            <span className={given === false ? 'text-destructive' : 'text-muted-foreground'}>
              {given === null ? 'Not answered yet' : given ? 'Has consented' : 'Has refused'}
              {why ? `: “${why}”` : ''}
            </span>
          </li>
        ))}
      </ul>
      {offer.can.consent ? (
        <>
          <Field label="Reason" hint="The other agencies here read it. May be left empty.">
            {(control) => (
              <TextArea
                {...control}
                rows={2}
                maxLength={2000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          {consent.error ? <ProblemView problem={problemOf(consent.error)} /> : null}
          <div className="flex flex-wrap gap-2">
            <Button
              variant="primary"
              busy={consent.isPending}
              onClick={() => consent.mutate({ offerId: offer.id, give: true, reason })}
            >
              Consent
            </Button>
            <Button
              busy={consent.isPending}
              onClick={() => consent.mutate({ offerId: offer.id, give: false, reason })}
            >
              Refuse
            </Button>
          </div>
        </>
      ) : null}
    </Card>
  )
}
