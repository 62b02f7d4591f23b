import Link from 'next/link'

const PAGES = [
  { tab: 'entries', path: '', label: 'Entries' },
  { tab: 'activity', path: '/activity', label: 'Activity' },
  { tab: 'findings', path: '/findings', label: 'Findings' },
  { tab: 'integrity', path: '/integrity', label: 'Integrity' },
  { tab: 'exports', path: '/exports', label: 'Exports' },
  { tab: 'retention', path: '/retention', label: 'How long it is kept' },
] as const

export type DeskTab = (typeof PAGES)[number]['tab']

/** The pages of the auditors' desk. */
export function DeskNav({ workspaceId, current }: { workspaceId: string; current: DeskTab }) {
  return (
    <nav aria-label="The record" className="-mx-3 mb-4">
      <ul className="flex flex-wrap gap-x-1">
        {PAGES.map(({ tab, path, label }) => (
          <li key={tab}>
            <Link
              href={`/w/${workspaceId}/record${path}`}
              prefetch={false}
              aria-current={tab === current ? 'page' : undefined}
              className="flex h-8 items-center whitespace-nowrap rounded-md px-3 text-muted-foreground text-sm hover:bg-accent hover:text-foreground aria-[current]:bg-primary-soft aria-[current]:font-medium aria-[current]:text-foreground pointer-coarse:h-10"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
