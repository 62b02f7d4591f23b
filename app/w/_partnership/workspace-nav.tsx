import Link from 'next/link'
import type { WorkspaceCardView } from '@/lib/views/workspace'

export type WorkspacePart = 'overview' | 'people' | 'terms' | 'break-glass' | 'record'

interface WorkspaceNavProps {
  card: Pick<WorkspaceCardView, 'id' | 'can'>
  current: WorkspacePart
}

/** The pages of one workspace that are open to the reader. */
export function WorkspaceNav({ card, current }: WorkspaceNavProps) {
  const path = `/w/${card.id}`
  const pages: { part: WorkspacePart; href: string; label: string; shown: boolean }[] = [
    { part: 'overview', href: path, label: 'Overview', shown: true },
    { part: 'people', href: `${path}/members`, label: 'People', shown: card.can.seeMembers },
    { part: 'terms', href: `${path}/terms`, label: 'Terms', shown: true },
    {
      part: 'break-glass',
      href: `${path}/break-glass`,
      label: 'Break-glass',
      shown: card.can.seeMembers,
    },
    { part: 'record', href: `${path}/record`, label: 'Record', shown: card.can.readRecord },
  ]
  return (
    <nav aria-label="This workspace" className="border-b">
      <ul className="container-page flex gap-5 overflow-x-auto">
        {pages
          .filter(({ shown }) => shown)
          .map(({ part, href, label }) => (
            <li key={part}>
              <Link
                href={href}
                prefetch={false}
                aria-current={part === current ? 'page' : undefined}
                className="-mb-px flex h-10 items-center border-transparent border-b-2 text-muted-foreground hover:text-foreground aria-[current]:border-primary aria-[current]:font-medium aria-[current]:text-foreground pointer-coarse:h-11"
              >
                {label}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  )
}
