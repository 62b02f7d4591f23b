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

/** On a narrow screen a row is a small card, and its cells say what they are. */
const ROW = 'max-lg:flex max-lg:flex-col max-lg:gap-0.5 max-lg:border-b max-lg:px-3 max-lg:py-2.5'
const CELL = 'max-lg:border-0 max-lg:p-0'

const Label = ({ children }: { children: string }) => (
  <span className="text-muted-foreground lg:hidden">{children}: </span>
)

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
          <thead className="max-lg:sr-only">
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
              <tr key={segment.month} className={ROW}>
                <Td className={`whitespace-nowrap font-medium tabular-nums ${CELL}`}>{segment.month}</Td>
                <Td className={CELL}>
                  {STATES[segment.state]}
                  {segment.backUntil ? (
                    <>
                      {' until '}
                      <Time at={segment.backUntil} as="day" />
                    </>
                  ) : null}
                  {segment.problem ? <p className="text-destructive text-sm">{segment.problem}</p> : null}
                </Td>
                <Td className={`tabular-nums ${CELL}`}>
                  <Label>Events</Label>
                  {(segment.last - segment.first + 1).toLocaleString('en')}
                </Td>
                <Td className={`whitespace-nowrap tabular-nums ${CELL}`}>
                  <Label>Size</Label>
                  {segment.bytes === null ? '–' : sizeWords(segment.bytes)}
                </Td>
                <Td className={`whitespace-nowrap ${CELL}`}>
                  <Label>Searchable until</Label>
                  <Time at={segment.searchableUntil} as="day" />
                </Td>
                <Td className={`whitespace-nowrap ${CELL}`}>
                  <Label>Kept until</Label>
                  <Time at={segment.keptUntil} as="day" />
                </Td>
                <Td className={`font-mono text-xs ${CELL}`}>
                  <Hash name="Root" hash={segment.root} />
                  {segment.hash ? <Hash name="File" hash={segment.hash} /> : null}
                </Td>
                <Td className={CELL}>
                  <span className="flex gap-2 max-lg:flex-wrap max-lg:pt-1.5 lg:justify-end">
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
