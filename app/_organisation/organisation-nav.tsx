import Link from 'next/link'

export type OrganisationPart = 'overview' | 'people' | 'erasure' | 'witnesses'

const PAGES: readonly { part: OrganisationPart; href: string; label: string }[] = [
  { part: 'overview', href: '/organisation', label: 'Overview' },
  { part: 'people', href: '/organisation/people', label: 'People and groups' },
  { part: 'erasure', href: '/organisation/erasure', label: 'Erasure and holds' },
  { part: 'witnesses', href: '/organisation/witnesses', label: 'Witnesses' },
]

/** The pages of one's own organisation. Each says itself what only administrators may see. */
export function OrganisationNav({ current }: { current: OrganisationPart }) {
  return (
    <nav aria-label="My organisation" className="border-b">
      <ul className="container-page flex gap-5 overflow-x-auto">
        {PAGES.map(({ part, href, label }) => (
          <li key={part} className="shrink-0">
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
