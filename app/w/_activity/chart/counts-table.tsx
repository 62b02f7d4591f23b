'use client'

import Link from 'next/link'
import { Table, Td, Th } from '@/app/_components/layout/table'
import { KIND_WORDS } from '@/app/w/_activity/chart/kind-words'
import type { ActivityKind } from '@/lib/audit/figures/activity-kinds'
import type { KindCounts } from '@/lib/views/figures/activity'

interface CountsTableProps {
  caption: string
  kinds: readonly ActivityKind[]
  /** Steps in which something happened, in order of time. */
  rows: readonly { at: string; label: string; counts: KindCounts }[]
  /** Where the entries behind a number are. @param kind left out: all of the step's */
  hrefOf(at: string, kind?: ActivityKind): string
}

/** Also of kinds that the picture leaves out: that many entries the link opens. */
const total = (counts: KindCounts) => Object.values(counts).reduce((sum, one) => sum + one, 0)

/** The numbers of a picture; each opens its entries. Newest first. */
export function CountsTable({ caption, kinds, rows, hrefOf }: CountsTableProps) {
  return (
    <section aria-label={caption} className="relative max-h-72 overflow-auto rounded-md border">
      <Table>
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-card">
          <tr>
            <Th>Time (UTC)</Th>
            {kinds.map((kind) => (
              <Th key={kind} className="px-2 text-right">
                <Swatch kind={kind} short />
              </Th>
            ))}
            <Th className="text-right">All</Th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ at, label, counts }) => (
            <tr key={at}>
              <th scope="row" className="whitespace-nowrap border-b px-3 py-1 text-left font-normal">
                {label}
              </th>
              {kinds.map((kind) => (
                <Td key={kind} className="px-2 py-1 text-right tabular-nums">
                  <Amount
                    value={counts[kind] ?? 0}
                    href={hrefOf(at, kind)}
                    of={`${KIND_WORDS[kind].label}, ${label}`}
                  />
                </Td>
              ))}
              <Td className="px-2 py-1 text-right tabular-nums">
                <Amount value={total(counts)} href={hrefOf(at)} of={`all of ${label}`} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

/** A number that opens its entries. @param onColour it stands on a colour, and is as dark as text */
export function Amount({
  value,
  href,
  of,
  onColour = false,
}: {
  value: number
  href: string
  of: string
  onColour?: boolean
}) {
  if (value === 0) return <span className="inline-block h-6 text-muted-foreground leading-6">0</span>
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={`${value.toLocaleString('en')}: open the entries, ${of}`}
      className={`inline-block h-6 min-w-6 rounded-sm underline decoration-transparent leading-6 underline-offset-2 hover:decoration-current ${onColour ? 'text-foreground' : 'text-primary'}`}
    >
      {value.toLocaleString('en')}
    </Link>
  )
}

/** The colour and the name of a kind: the picture's legend is the head of its table. */
export function Swatch({ kind, short = false }: { kind: ActivityKind; short?: boolean }) {
  const words = KIND_WORDS[kind]
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="size-2.5 shrink-0 rounded-[2px]" style={{ background: words.colour }} />
      {short ? words.short : words.label}
    </span>
  )
}
