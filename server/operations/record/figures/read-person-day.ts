import type { Id } from '@/lib/ids'
import type { PersonDayView } from '@/lib/views/figures/activity'
import { KIND, typesAndKinds } from '@/server/audit/counts/count-events'
import type { Count } from '@/server/audit/counts/read-counts'
import { type RecordScope, scopeOf, withinScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'
import { pointsOf } from '@/server/operations/record/figures/points'
import type { Operation } from '@/server/operations/run-operation'

const DAY = 24 * 3_600_000

interface Input {
  workspaceId: Id
  personId: Id
  /** A day in UTC, as 2026-03-03. */
  day: string
}

/** Asks: to read the record. What one person did in a day, by quarters of an hour; nothing for a person unknown here. */
export const readPersonDay: Operation<Input, PersonDayView> = {
  event: 'record.viewed',
  async run(context, { workspaceId, personId, day }) {
    const authorized = await context.authorize({ workspaceId }, { ask: 'record' })
    const from = new Date(`${day}T00:00:00.000Z`)
    const until = new Date(from.getTime() + DAY)
    const counts = await quarters(context.tx, { workspaceId, personId, from, until }, scopeOf(authorized))
    context.record({ object: { workspaceId }, details: { figure: 'person_day', personId, day } })
    return { from: from.toISOString(), until: until.toISOString(), points: pointsOf(counts) }
  },
}

/** A day of one person is small: counted from the rows themselves, by the index of people. */
const quarters = async (
  reader: Reader,
  about: { workspaceId: Id; personId: Id; from: Date; until: Date },
  scope: RecordScope,
): Promise<Omit<Count, 'about_id' | 'actor_org_id'>[]> => {
  const values: unknown[] = [about.workspaceId, about.personId, about.from, about.until, ...typesAndKinds()]
  const within = scope.kind === 'whole' ? 'true' : withinScope(`$${values.push(scope.orgId)}`)
  const { rows } = await reader.query<Omit<Count, 'about_id' | 'actor_org_id'>>(
    `select date_bin('15 minutes', e.at, $3) as at, ${KIND} as kind, e.outcome, count(*) as events
     from audit_inbox e left join unnest($5::text[], $6::text[]) as k (type, kind) on k.type = e.type
     where e.scope_id = $1 and e.actor_person_id = $2 and e.at >= $3 and e.at < $4 and ${within}
     group by 1, 2, 3`,
    values,
  )
  return rows
}
