'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/app/_components/controls/button'
import { buttonClass } from '@/app/_components/controls/button-class'
import { ruleMeans } from '@/app/_components/marks/rule-words'
import { Time } from '@/app/_components/marks/time'
import { changed } from '@/app/w/_record/use-record-filter'
import type { RecordFilter, RecordRowView } from '@/lib/views/record'

interface RecordDetailsProps {
  row: RecordRowView
  filter: RecordFilter
  onFilter: (filter: RecordFilter) => void
}

/** Everything that is on record of one event: the main facts in words, then the record itself as it was hashed. */
export function RecordDetails({ row, filter, onFilter }: RecordDetailsProps) {
  const { actor, object, type, rule } = row
  const only = (change: Parameters<typeof changed>[1]) => onFilter(changed(filter, change))
  return (
    <div className="flex flex-col gap-3 py-1 md:pl-9">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <Fact name="Your time">
          <Time at={row.at} as="minute" />
        </Fact>
        <Fact name="Kind">
          <code className="font-mono">{type}</code>
        </Fact>
        {rule ? <Fact name={`Rule ${rule}`}>{ruleMeans(rule) ?? 'Not known to this version'}</Fact> : null}
        <Fact name="Entry">
          <code className="break-all font-mono">{row.id}</code>
        </Fact>
      </dl>
      <div className="flex flex-wrap gap-1.5">
        {object.workspaceId ? (
          <Link
            href={`/w/${object.workspaceId}/record/${row.id}`}
            prefetch={false}
            className={buttonClass({ size: 'sm' })}
          >
            Open this entry
          </Link>
        ) : null}
        {actor ? (
          <Button size="sm" onClick={() => only({ personId: actor.id })}>
            Only {actor.name}
          </Button>
        ) : null}
        {object.sectionId || object.documentId ? (
          <Button
            size="sm"
            onClick={() =>
              only({
                sectionId: object.sectionId ?? undefined,
                documentId: object.sectionId ? undefined : (object.documentId ?? undefined),
              })
            }
          >
            Only this {object.sectionId ? 'section' : 'document'}
          </Button>
        ) : null}
        <Button size="sm" onClick={() => only({ type })}>
          Only this kind
        </Button>
      </div>
      <section
        aria-label="The record as it was written"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-md border bg-card p-3"
      >
        <pre className="whitespace-pre-wrap break-all font-mono text-xs">{row.canonical}</pre>
      </section>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
