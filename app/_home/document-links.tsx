import { FileText } from 'lucide-react'
import Link from 'next/link'
import { useId } from 'react'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { LabelTag } from '@/app/_components/marks/label-tag'
import { Time } from '@/app/_components/marks/time'
import type { DocumentRowView } from '@/lib/views/workspace'

interface DocumentLinksProps {
  title: string
  rows: (DocumentRowView & { workspaceTitle: string })[]
  /** Said when there are none. */
  none: string
}

/** Documents of several workspaces, each with where it lies, whose it is and how it is marked. */
export function DocumentLinks({ title, rows, none }: DocumentLinksProps) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="pb-2 font-semibold text-lg">
        {title}
      </h2>
      {rows.length === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-6 text-muted-foreground">{none}</p>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {rows.map((row) => (
            <li key={row.id} className="relative flex items-center gap-3 px-3 py-2 hover:bg-muted">
              <FileText aria-hidden className="size-4 shrink-0 text-muted-foreground max-sm:hidden" />
              <div className="min-w-0 flex-1">
                <Link
                  href={`/d/${row.id}`}
                  prefetch={false}
                  className="block truncate font-medium after:absolute after:inset-0"
                >
                  {row.title}
                </Link>
                <p className="truncate text-muted-foreground text-sm">
                  {row.workspaceTitle}
                  {row.visitedAt ? (
                    <>
                      {' · '}
                      <Time at={row.visitedAt} as="since" />
                    </>
                  ) : null}
                </p>
              </div>
              <LabelTag label={row.label} />
              <AgencyTag agency={row.owner} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
