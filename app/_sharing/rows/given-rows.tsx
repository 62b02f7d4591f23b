'use client'

import { Undo2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/app/_components/controls/button'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Select } from '@/app/_components/controls/select'
import { Time } from '@/app/_components/marks/time'
import {
  type GivenDraft,
  isOf,
  withBlock,
  withEnded,
  withoutBlock,
  withoutGiven,
  withRegiven,
} from '@/app/_sharing/change/draft'
import type { RowsProps } from '@/app/_sharing/rows/agency-rows'
import { FindSubject } from '@/app/_sharing/rows/find-subject'
import { levelChoices, levelWords } from '@/app/_sharing/rows/level-choices'
import { SubjectMark } from '@/app/_sharing/rows/subject-mark'
import { candidatesOf, namedIn } from '@/app/_sharing/rows/subjects'
import { UntilInput } from '@/app/_sharing/rows/until-input'
import type { BlockView } from '@/lib/views/sharing'

/** What was given to people beyond their role, and what is to be given. Nothing when there is nothing. */
export function GivenRows({ view, draft, onDraft }: RowsProps) {
  if (view.grants.length + draft.given.length === 0) return null
  return (
    <section aria-labelledby="given">
      <h3 id="given" className="mb-2 font-semibold">
        Given beyond their role
      </h3>
      <ul className="divide-y rounded-lg border">
        {view.grants.map((row) => {
          const ends = draft.ended.has(row.id)
          const replaced = draft.given.some((one) => isOf(one, row))
          if (ends && replaced) return null
          return (
            <Row key={row.id} named={<SubjectMark {...row} />} since={row} ends={ends}>
              {ends ? (
                <TakeBack
                  label={`Keep ${row.name}`}
                  onClick={() => onDraft(withEnded(draft, row.id, false))}
                />
              ) : (
                <>
                  <Select
                    aria-label={`What ${row.name} was given`}
                    value={row.level}
                    options={levelChoices(row.level, row.agency.id === view.originator.id).filter(
                      (one) => one.value !== 'none',
                    )}
                    onChange={(event) =>
                      onDraft(withRegiven(draft, row, { level: event.target.value as GivenDraft['level'] }))
                    }
                  />
                  <UntilInput
                    whom={row.name}
                    until={row.until}
                    onUntil={(until) => onDraft(withRegiven(draft, row, { until }))}
                  />
                  <IconButton
                    label={`End what ${row.name} was given`}
                    icon={<X />}
                    onClick={() => onDraft(withEnded(draft, row.id, true))}
                  />
                </>
              )}
            </Row>
          )
        })}
        {draft.given.map((one) => {
          const named = namedIn(view, one)
          const old = view.grants.find((row) => draft.ended.has(row.id) && isOf(row, one))
          return (
            <Row key={`${one.subjectKind} ${one.subjectId}`} named={<SubjectMark {...named} />}>
              <span className="text-sm">
                {levelWords(one.level)}
                {one.until === null ? null : (
                  <>
                    {' '}
                    until <Time at={one.until} as="day" />
                  </>
                )}
              </span>
              <IconButton
                label={`Take back what ${named.name} would be given`}
                icon={<Undo2 />}
                onClick={() => {
                  const without = withoutGiven(draft, one)
                  onDraft(old === undefined ? without : withEnded(without, old.id, false))
                }}
              />
            </Row>
          )
        })}
      </ul>
    </section>
  )
}

/** Explicit blocks: they win over everything else (R3). */
export function BlockRows({ view, draft, onDraft }: RowsProps) {
  return (
    <section aria-labelledby="blocked" className="flex flex-col gap-2">
      <div>
        <h3 id="blocked" className="font-semibold">
          Blocked
        </h3>
        <p className="text-muted-foreground text-sm">
          A block wins over everything that lets somebody in. It acts at once; ending it gives access back.
        </p>
      </div>
      {view.denies.length + draft.blocked.length === 0 ? null : (
        <ul className="divide-y rounded-lg border">
          {view.denies.map((row) => {
            const ends = draft.ended.has(row.id)
            return (
              <Row key={row.id} named={<SubjectMark {...row} />} since={row} ends={ends}>
                {ends ? (
                  <TakeBack
                    label={`Keep the block of ${row.name}`}
                    onClick={() => onDraft(withEnded(draft, row.id, false))}
                  />
                ) : (
                  <IconButton
                    label={`End the block of ${row.name}`}
                    icon={<X />}
                    onClick={() => onDraft(withEnded(draft, row.id, true))}
                  />
                )}
              </Row>
            )
          })}
          {draft.blocked.map((one) => {
            const named = namedIn(view, one)
            return (
              <Row key={`${one.subjectKind} ${one.subjectId}`} named={<SubjectMark {...named} />}>
                <UntilInput
                  whom={named.name}
                  until={one.until}
                  onUntil={(until) => onDraft(withBlock(draft, one, until))}
                />
                <IconButton
                  label={`Do not block ${named.name}`}
                  icon={<Undo2 />}
                  onClick={() => onDraft(withoutBlock(draft, one))}
                />
              </Row>
            )
          })}
        </ul>
      )}
      <FindSubject
        label="Block a person, a group or an agency"
        placeholder="Block somebody by name"
        candidates={candidatesOf(view).filter((one) => !view.denies.some((row) => isOf(row, one)))}
        onFound={(found) => onDraft(withBlock(draft, found, null))}
      />
    </section>
  )
}

function Row({
  named,
  since,
  ends = false,
  children,
}: {
  named: ReactNode
  since?: Pick<BlockView, 'since' | 'by' | 'until'>
  ends?: boolean
  children: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-center gap-2 px-3 py-2">
      <span className={`min-w-40 flex-1 ${ends ? 'line-through opacity-60' : ''}`}>
        {named}
        {since === undefined ? null : (
          <span className="block text-muted-foreground text-xs">
            {since.by === null ? 'Since ' : `By ${since.by}, `}
            <Time at={since.since} as="day" />
            {since.until === null ? null : (
              <>
                , until <Time at={since.until} as="minute" />
              </>
            )}
          </span>
        )}
      </span>
      {children}
    </li>
  )
}

function TakeBack({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <span className="flex items-center gap-2 text-sm">
      Will end
      <Button size="sm" onClick={onClick} aria-label={label}>
        Keep
      </Button>
    </span>
  )
}
