'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Notice } from '@/app/_components/feedback/notice'
import { Card } from '@/app/_components/layout/card'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { useApi } from '@/app/_data/use-api'
import { AnswerOffer } from '@/app/offers/_offer/answer-offer'
import { Consents } from '@/app/offers/_offer/consents'
import { offerStateWords } from '@/app/offers/_offer/offer-words'
import { OfferedLimits } from '@/app/offers/_offer/offered-limits'
import { SettleOffer } from '@/app/offers/_offer/settle-offer'
import { TermsText } from '@/app/w/_terms/terms-text'
import type { OfferView } from '@/lib/views/partnership'
import type { MeView } from '@/lib/views/person'

/** Who asks, what it would give, under which terms; and whatever of it waits for the reader. */
export function OfferScreen({ initial, me }: { initial: OfferView; me: MeView }) {
  const asked = useApi().offers.get.queryOptions({ offerId: initial.id })
  const offer = useQuery({ ...asked, initialData: initial }).data
  const { workspace, offeredBy, kind, agency, email } = offer
  const whom = agency?.name ?? email ?? 'another agency'
  const toMe = offer.can.answer || agency?.id === me.org.id
  const title =
    kind === 'change'
      ? `A wider part for ${whom} in ${workspace.title}`
      : toMe
        ? `${workspace.host.name} invites ${me.org.name} to ${workspace.title}`
        : `Invitation of ${whom} to ${workspace.title}`
  return (
    <div className="container-page max-w-4xl pb-16">
      <PageHeader
        title={title}
        crumbs={[{ label: 'My workspaces', href: '/' }]}
        meta={
          <>
            <AgencyTag agency={workspace.host} />
            <span className="text-muted-foreground">
              {offeredBy.name} of {offeredBy.org.name} asks, <Time at={offer.createdAt} as="day" />
            </span>
          </>
        }
      />
      <div className="flex flex-col gap-6">
        <Notice tone={offer.state === 'accepted' ? 'success' : 'info'} title={offerStateWords(offer)}>
          {offer.answered ? (
            <p>
              {offer.answered.by ? `${offer.answered.by.name} of ${offer.answered.by.org.name}, ` : ''}
              <Time at={offer.answered.at} />
              {offer.answered.reason ? `: “${offer.answered.reason}”` : ''}
            </p>
          ) : (
            <p>
              It can be answered until <Time at={offer.expiresAt} as="day" />. Nothing is in force before.
            </p>
          )}
          {offer.state === 'accepted' ? (
            <Link
              href={`/w/${workspace.id}`}
              prefetch={false}
              className="font-medium text-primary hover:underline"
            >
              Open {workspace.title}
            </Link>
          ) : null}
        </Notice>
        {offer.message === '' ? null : (
          <blockquote className="max-w-prose whitespace-pre-wrap break-words border-l-2 pl-4">
            {offer.message}
          </blockquote>
        )}
        <Card aria-labelledby="gives" className="p-4">
          <h2 id="gives" className="font-semibold">
            What it would give
          </h2>
          <OfferedLimits offer={offer} whom={toMe ? me.org.name : whom} />
        </Card>
        {kind === 'invite' && offer.terms ? (
          <section aria-labelledby="terms" className="flex flex-col gap-3">
            <h2 id="terms" className="font-semibold text-lg">
              Terms, version {offer.terms.version}
            </h2>
            <TermsText terms={offer.terms} />
          </section>
        ) : null}
        <Consents offer={offer} />
        {offer.can.answer ? <AnswerOffer offer={offer} org={me.org} /> : null}
        <SettleOffer offer={offer} whom={whom} />
      </div>
    </div>
  )
}
