'use client'

import { Archive } from 'lucide-react'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { Card } from '@/app/_components/layout/card'
import { Table, Td, Th } from '@/app/_components/layout/table'
import { Time } from '@/app/_components/marks/time'
import { sizeWords } from '@/app/w/_retention/period-words'
import type { SegmentState, SegmentView } from '@/lib/views/retention/retention'

const STATES: Record<SegmentState, string> = {
  searchable: 'Searchable',
  cold: 'In its file',
  coming: 'Being brought back',
  back: 'Brought back',
  dropped: 'Dropped',
}

interface SegmentsTableProps {
  segments: readonly SegmentView[]
  onBack: (segment: SegmentView) => void
  onDrop: (segment: SegmentView) => void
}

/** Each month that is over, newest first. */
export function SegmentsTable({ segments, onBack, onDrop }: SegmentsTableProps) {
  if (segments.length === 0)
    return (
      <Empty icon={<Archive />} title="No month is complete yet">
        A month stands here three days after its end. Until then all of the record can be searched.
      </Empty>
    )
  return (
    <section aria-labelledby="months" className="flex flex-col gap-3">
      <h2 id="months" className="font-semibold text-lg">
        Months
      </h2>
      <Card className="overflow-x-auto" tabIndex={0} role="region" aria-labelledby="months">
        <Table>
          <thead>
            <tr>
              <Th>Month</Th>
              <Th>State</Th>
              <Th>Events</Th>
              <Th>Size</Th>
              <Th>Searchable until</Th>
              <Th>Kept until</Th>
              <Th>Hashes</Th>
              <Th>
                <span className="sr-only">Acts</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {segments.map((segment) => (
              <tr key={segment.month}>
                <Td className="font-medium tabular-nums">{segment.month}</Td>
                <Td>
                  {STATES[segment.state]}
                  {segment.backUntil ? (
                    <>
                      {' until '}
                      <Time at={segment.backUntil} as="day" />
                    </>
                  ) : null}
                  {segment.problem ? <p className="text-destructive text-sm">{segment.problem}</p> : null}
                </Td>
                <Td className="tabular-nums">{(segment.last - segment.first + 1).toLocaleString('en')}</Td>
                <Td className="whitespace-nowrap tabular-nums">
                  {segment.bytes === null ? '–' : sizeWords(segment.bytes)}
                </Td>
                <Td>
                  <Time at={segment.searchableUntil} as="day" />
                </Td>
                <Td>
                  <Time at={segment.keptUntil} as="day" />
                </Td>
                <Td className="font-mono text-xs">
                  <Hash name="Root" hash={segment.root} />
                  {segment.hash ? <Hash name="File" hash={segment.hash} /> : null}
                </Td>
                <Td>
                  <span className="flex justify-end gap-2">
                    {segment.can.bringBack ? (
                      <Button size="sm" onClick={() => onBack(segment)}>
                        Bring back {segment.month}
                      </Button>
                    ) : null}
                    {segment.state === 'cold' ? (
                      <Button
                        size="sm"
                        variant="danger"
                        disabledWhy={segment.can.whyNotDrop}
                        onClick={() => onDrop(segment)}
                      >
                        Drop {segment.month}
                      </Button>
                    ) : null}
                  </span>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Card>
    </section>
  )
}

const Hash = ({ name, hash }: { name: string; hash: string }) => (
  <span className="block whitespace-nowrap" title={hash}>
    {name} {hash.slice(0, 12)}…
  </span>
)
