'use client'

import { useQuery } from '@tanstack/react-query'
import { FileSignature, MailOpen } from 'lucide-react'
import Link from 'next/link'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { useApi } from '@/app/_data/use-api'
import type { HeldOutView, OfferView } from '@/lib/views/partnership'

interface WaitingProps {
  heldOut: HeldOutView[]
  offers: OfferView[]
}

/** What waits for the reader's own agency: workspaces that it is held out of, offers that ask for an answer. */
export function Waiting(initial: WaitingProps) {
  const api = useApi()
  const heldOut = useQuery({ ...api.participation.heldOut.queryOptions(), initialData: initial.heldOut }).data
  const offers = useQuery({ ...api.offers.mine.queryOptions(), initialData: initial.offers }).data
  const asking = offers.filter(({ can }) => can.answer || can.consent)
  if (heldOut.length === 0 && asking.length === 0) return null
  return (
    <section aria-labelledby="waiting" className="mb-8">
      <h2 id="waiting" className="mb-3 font-semibold text-lg">
        Waits for your agency
      </h2>
      <ul className="flex flex-col gap-2">
        {heldOut.map((one) => (
          <Row
            key={one.workspaceId}
            href={`/w/${one.workspaceId}`}
            icon={<FileSignature aria-hidden />}
            title={one.title}
          >
            {heldOutWords(one)}
          </Row>
        ))}
        {asking.map((offer) => (
          <Row
            key={offer.id}
            href={`/offers/${offer.id}`}
            icon={<MailOpen aria-hidden />}
            title={offer.workspace.title}
          >
            <AgencyTag agency={offer.workspace.host} /> {askingWords(offer)}
          </Row>
        ))}
      </ul>
    </section>
  )
}

const askingWords = ({ can, kind, email, workspace: { host } }: OfferView): string => {
  if (can.consent) return `${host.name} asks for your agency’s consent to invite ${email ?? 'another agency'}`
  return kind === 'invite'
    ? `${host.name} invites your agency`
    : `${host.name} offers your agency a wider part`
}

const heldOutWords = ({ state, version, speaks }: HeldOutView): string => {
  if (state === 'suspended') return 'Your agency’s part is suspended'
  return speaks
    ? `Your agency takes part again once you sign version ${version} of the terms`
    : `Your agency takes part again once a lead signs version ${version} of the terms`
}

interface RowProps {
  href: string
  icon: React.ReactNode
  title: string
  children: React.ReactNode
}

function Row({ href, icon, title, children }: RowProps) {
  return (
    <li className="relative flex gap-3 rounded-lg border border-warning/35 bg-warning-soft px-4 py-3 [&_svg]:mt-0.5 [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-warning">
      {icon}
      <div className="min-w-0">
        <Link
          href={href}
          prefetch={false}
          className="font-semibold after:absolute after:inset-0 after:rounded-lg hover:underline"
        >
          {title}
        </Link>
        <p>{children}</p>
      </div>
    </li>
  )
}
