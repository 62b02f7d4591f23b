'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { Table, Td, Th } from '@/app/_components/layout/table'
import { utcToTheSecond } from '@/app/_components/marks/time-words'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { rowsLink } from '@/app/w/_activity/rows-link'
import { DayOfFinding } from '@/app/w/_findings/day-of-finding'
import { DispositionForm } from '@/app/w/_findings/disposition-form'
import { FindingSentence } from '@/app/w/_findings/finding-list'
import { StateTag } from '@/app/w/_findings/state-tag'
import { capital } from '@/app/w/_record/plain-words'
import type { Id } from '@/lib/ids'
import type { FindingDetailView } from '@/lib/views/figures/finding'

interface FindingWindowProps {
  workspaceId: Id
  findingId: Id
  onClose(): void
}

/** One finding: its numbers, that person's day around it, the entries it rests on, and what is made of it. */
export function FindingWindow({ workspaceId, findingId, onClose }: FindingWindowProps) {
  const detail = useQuery(
    useApi().record.finding.queryOptions({ workspaceId, findingId }, { staleTime: Number.POSITIVE_INFINITY }),
  )
  return (
    <Dialog open onOpenChange={onClose} size="lg" title={detail.data?.finding.title ?? 'Finding'}>
      {detail.isPending ? <SkeletonLines lines={6} /> : null}
      {detail.isError ? <ProblemView problem={problemOf(detail.error)} /> : null}
      {detail.data ? <Detail workspaceId={workspaceId} detail={detail.data} /> : null}
    </Dialog>
  )
}

function Detail({ workspaceId, detail }: { workspaceId: Id; detail: FindingDetailView }) {
  const { finding, rows, dispositions } = detail
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <p className="flex flex-wrap items-center gap-2 text-muted-foreground text-sm">
          <span className="tabular-nums">{finding.rule}</span>
          <StateTag state={finding.state} />
          {finding.times > 1 ? `Happened ${finding.times} times, first on ` : 'On '}
          {utcToTheSecond(new Date(finding.firstAt))}
        </p>
        <FindingSentence finding={finding} />
      </div>
      {finding.person ? (
        <DayOfFinding workspaceId={workspaceId} person={finding.person} at={finding.lastAt} />
      ) : null}
      <section aria-labelledby="rests-on">
        <h3 id="rests-on" className="font-semibold">
          Entries it rests on
        </h3>
        <Rows workspaceId={workspaceId} finding={finding} rows={rows} />
      </section>
      <section aria-labelledby="made-of-it">
        <h3 id="made-of-it" className="font-semibold">
          What was made of it
        </h3>
        <ul className="mt-1 flex flex-col gap-2">
          {dispositions.map(({ state, by, at, note }) => (
            <li key={at} className="border-l-2 pl-3">
              <p className="text-muted-foreground text-sm">
                {by}, {utcToTheSecond(new Date(at))} <StateTag state={state} />
              </p>
              <p className="whitespace-pre-wrap break-words">{note ?? 'The note has been erased.'}</p>
            </li>
          ))}
        </ul>
        <DispositionForm key={dispositions.length} workspaceId={workspaceId} finding={finding} />
      </section>
    </div>
  )
}

function Rows({
  workspaceId,
  finding,
  rows,
}: { workspaceId: Id } & Pick<FindingDetailView, 'finding' | 'rows'>) {
  if (rows.length === 0)
    return (
      <p className="text-muted-foreground">None of them is yours to see, or they are no longer kept here.</p>
    )
  const [first, last] = [rows[0], rows.at(-1)]
  const until = last === undefined ? undefined : new Date(Date.parse(last.at) + 1_000).toISOString()
  return (
    <>
      <div className="relative mt-1 max-h-56 overflow-auto rounded-md border">
        <Table>
          <caption className="sr-only">Entries that the finding rests on, oldest first</caption>
          <thead className="sticky top-0 bg-popover max-sm:sr-only">
            <tr>
              <Th>Time (UTC)</Th>
              <Th>Who</Th>
              <Th>What</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr
                key={row.id}
                className="max-sm:flex max-sm:flex-col max-sm:border-b max-sm:px-3 max-sm:py-2"
              >
                <Td className="whitespace-nowrap py-1 tabular-nums max-sm:border-0 max-sm:p-0">
                  <Link
                    prefetch={false}
                    className="text-primary underline-offset-2 hover:underline"
                    href={rowsLink(workspaceId, {
                      type: row.type,
                      from: row.at,
                      until: new Date(Date.parse(row.at) + 1).toISOString(),
                    })}
                  >
                    {utcToTheSecond(new Date(row.at))}
                  </Link>
                </Td>
                <Td className="py-1 max-sm:border-0 max-sm:p-0">{row.actor?.name ?? 'Nobody signed in'}</Td>
                <Td className="break-words py-1 max-sm:border-0 max-sm:p-0">{capital(row.sentence)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      {finding.person && first && until ? (
        <p className="mt-1.5 text-sm">
          <Link
            prefetch={false}
            className="text-primary underline-offset-2 hover:underline"
            href={rowsLink(workspaceId, { personId: finding.person.id, from: first.at, until })}
          >
            Everything {finding.person.name} did from the first to the last of them
          </Link>
        </p>
      ) : null}
    </>
  )
}
