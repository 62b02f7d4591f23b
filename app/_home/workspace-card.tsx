import { FileText } from 'lucide-react'
import Link from 'next/link'
import { AgencyTags } from '@/app/_components/marks/agency-tag'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import type { WorkspaceCardView } from '@/lib/views/workspace'

/** One workspace; the whole card leads there. */
export function WorkspaceCard({ card }: { card: WorkspaceCardView }) {
  const role = ROLE_WORDS[card.role]
  return (
    <li className="relative flex min-h-32 flex-col gap-3 rounded-lg border bg-card p-4 shadow-raised transition-colors duration-100 hover:border-input">
      <h2 className="font-semibold text-lg leading-snug">
        <Link
          href={`/w/${card.id}`}
          prefetch={false}
          className="after:absolute after:inset-0 after:rounded-lg hover:text-primary"
        >
          {card.title}
        </Link>
      </h2>
      <AgencyTags agencies={card.agencies} />
      <p className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-1 text-muted-foreground text-sm">
        <span className="flex items-center gap-1.5">
          <FileText aria-hidden className="size-4" />
          {card.documents === 1 ? '1 document' : `${card.documents} documents`}
        </span>
        <span title={role.means}>Your role: {role.name}</span>
        {card.state === 'archived' ? (
          <span className="font-medium text-warning">Archived, read only</span>
        ) : null}
      </p>
    </li>
  )
}
