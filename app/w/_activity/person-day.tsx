'use client'

import { skipToken, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Select } from '@/app/_components/controls/select'
import { useApi } from '@/app/_data/use-api'
import type { ActivityQuery } from '@/app/w/_activity/activity-query'
import { OverTime } from '@/app/w/_activity/chart/over-time'
import { quartersOf } from '@/app/w/_activity/chart/quarters'
import { Figure } from '@/app/w/_activity/figure'
import { ACTIVITY_KINDS } from '@/lib/audit/figures/activity-kinds'
import type { Id } from '@/lib/ids'
import type { RecordChoicesView } from '@/lib/views/record'

interface PersonDayProps {
  workspaceId: Id
  people: RecordChoicesView['people']
  asked: ActivityQuery
  /** Today in UTC, as the server has it. */
  today: string
  onAsk(change: Partial<ActivityQuery>): void
}

export function PersonDay({ workspaceId, people, asked, today, onAsk }: PersonDayProps) {
  const { personId } = asked
  const day = asked.day ?? (asked.until === undefined ? today : dayBefore(asked.until))
  const answer = useQuery(
    useApi().record.personDay.queryOptions(
      personId === undefined ? skipToken : { workspaceId, personId, day },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  )
  const steps = useMemo(() => quartersOf(day), [day])
  const name = people.find(({ id }) => id === personId)?.name ?? 'this person'
  return (
    <Figure
      title="One person’s day"
      about="Entries of one person in a day, by quarters of an hour in UTC."
      query={answer}
      empty={answer.data?.points.length === 0}
      unasked={personId === undefined ? 'Choose a person to see their day' : null}
      choices={
        <>
          <Field label="Person">
            {(control) => (
              <Select
                {...control}
                className="w-56"
                value={personId ?? ''}
                onChange={({ target }) => onAsk({ personId: target.value || undefined })}
                options={[
                  { value: '', label: 'Choose a person' },
                  ...people.map((one) => ({ value: one.id, label: `${one.name} (${one.orgShortCode})` })),
                ]}
              />
            )}
          </Field>
          <Field label="Day (UTC)">
            {(control) => (
              <Input
                {...control}
                type="date"
                className="w-40"
                max={today}
                value={day}
                onChange={({ target }) => target.value !== '' && onAsk({ day: target.value })}
              />
            )}
          </Field>
        </>
      }
    >
      {answer.data && personId ? (
        <OverTime
          label={`The day of ${name}`}
          workspaceId={workspaceId}
          filter={{ personId }}
          shape="lines"
          kinds={ACTIVITY_KINDS}
          step="quarter"
          steps={steps}
          points={answer.data.points}
        />
      ) : null}
    </Figure>
  )
}

/** The last day of a time that ends at this moment. */
const dayBefore = (until: string) => new Date(Date.parse(until) - 1).toISOString().slice(0, 10)
