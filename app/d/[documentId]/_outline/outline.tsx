'use client'

import { useUnfolded } from '@/app/_components/controls/use-unfolded'
import { agencyIndex } from '@/app/_components/marks/agency-palette'
import { useLiveSection } from '@/app/_editor/live-sections-provider'
import { useCurrentSection } from '@/app/d/[documentId]/_outline/use-current-section'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'
import type { SectionView } from '@/lib/views/document'

/** The sections by name: beside the text where there is room, folded above it where there is not. */
export function Outline({ place }: { place: 'side' | 'top' }) {
  const { view } = useDocumentContext()
  const current = useCurrentSection(view.sections.map(({ id }) => id))
  const { open, setOpen, details } = useUnfolded()
  if (view.sections.length < 2) return null
  const list = (
    <ol className="flex flex-col">
      {view.sections.map((section) => (
        <OutlineRow
          key={section.id}
          section={section}
          current={section.id === current}
          onGo={() => setOpen(false)}
        />
      ))}
    </ol>
  )
  if (place === 'top')
    return (
      <details open={open} {...details} className="mb-4 rounded-lg border bg-card lg:hidden">
        <summary className="flex h-10 items-center px-3 font-medium text-sm">
          Contents
          <span className="ml-2 text-muted-foreground">{view.sections.length} sections</span>
        </summary>
        <nav aria-label="Contents" className="border-t p-1">
          {list}
        </nav>
      </details>
    )
  return (
    <nav
      aria-label="Contents"
      className="sticky top-[calc(var(--header-height,0px)+3.5rem)] mt-10 max-h-[calc(100dvh-9rem)] w-52 shrink-0 self-start overflow-y-auto max-lg:hidden"
    >
      <p className="mb-1 px-2 font-medium text-muted-foreground text-xs">Contents</p>
      {list}
    </nav>
  )
}

interface OutlineRowProps {
  section: SectionView
  current: boolean
  onGo: () => void
}

function OutlineRow({ section, current, onGo }: OutlineRowProps) {
  const { people } = useLiveSection(section.id)
  return (
    <li>
      <a
        href={`#${section.id}`}
        aria-current={current ? 'location' : undefined}
        onClick={onGo}
        className="flex min-h-8 items-center gap-2 rounded-sm border-transparent border-l-2 px-2 py-1 text-muted-foreground text-sm hover:bg-accent hover:text-foreground aria-[current]:border-primary aria-[current]:font-medium aria-[current]:text-foreground pointer-coarse:min-h-10"
      >
        <span className="line-clamp-2 min-w-0 flex-1">{section.title}</span>
        {people.length > 0 ? (
          <span className="flex shrink-0 gap-0.5" title={people.map((person) => person.name).join(', ')}>
            <span className="sr-only">, here now: {people.map((person) => person.name).join(', ')}</span>
            {people.slice(0, 3).map((person) => (
              <span
                key={person.id}
                aria-hidden="true"
                data-agency={agencyIndex(person.org.colour)}
                className="size-2 rounded-full bg-agency-solid"
              />
            ))}
          </span>
        ) : null}
      </a>
    </li>
  )
}
