import type { Id } from '@/lib/ids'
import { atLeast } from '@/lib/policy/vocabulary'
import type { AccessRowView, AccessView } from '@/lib/views/access'
import type { SharingRef } from '@/lib/views/sharing'
import { mayAsk } from '@/server/operations/explain/may-ask'
import { pastMoment } from '@/server/operations/explain/moment'
import { REASONS } from '@/server/operations/explain/row-words'
import { objectOfRef, titleOf } from '@/server/operations/explain/title'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readPeople } from '@/server/operations/shaping/agencies'
import { askAlso } from '@/server/policy/authorize'
import { everyoneThen } from '@/server/policy/everyone-then'

/** Of those without access so many are listed: for "why can't she". */
const MOST_WITHOUT = 200

interface Input {
  on: SharingRef
  /** ISO 8601, in the past; null: now. */
  at: string | null
}

/** Asks: see `mayAsk`. Everyone's level on a section or document, now or at a moment that has passed. */
export const whoCanSee: Operation<Input, AccessView> = {
  event: 'access.explained',
  async run(context, { on, at }) {
    const { tx, actor } = context
    const { about, isAuditor } = await mayAsk(context, on)
    const moment = pastMoment(at, context.at)
    const { object, wasThere, people } = await everyoneThen(tx, on, moment, context.at.getTime())
    const asked = about === 'self' ? people.filter(({ row }) => row.person_id === actor.personId) : people
    const answers = asked.flatMap(({ row, facts }) =>
      facts === null ? [] : [{ row, decision: askAlso({ facts }, { ask: 'level', needs: 'discover' }) }],
    )
    context.record({
      object: objectOfRef(object),
      volume: { people: answers.length },
      details: { at, about },
    })
    const named = await readPeople(
      tx,
      answers.map(({ row }) => row.person_id),
    )
    const rows = answers.map(({ row, decision: { level, rule } }): AccessRowView => {
      const person = mustGet(named, row.person_id)
      return { person, level, rule, why: REASONS[rule] }
    })
    const sees = (row: AccessRowView) => atLeast(row.level, 'discover')
    const without = rows.filter((row) => !sees(row))
    return {
      title: isAuditor ? null : await titleOf(tx, on),
      kind: 'sectionId' in on ? 'section' : 'document',
      at: new Date(moment ?? context.at.getTime()).toISOString(),
      about,
      existed: wasThere,
      agencies: byAgency(rows.filter(sees)),
      without: { count: without.length, people: without.slice(0, MOST_WITHOUT) },
    }
  },
}

const byAgency = (rows: readonly AccessRowView[]): AccessView['agencies'] => {
  const agencies = new Map<Id, AccessView['agencies'][number]>()
  for (const row of rows) {
    const agency = row.person.org
    const entry = agencies.get(agency.id) ?? { agency, people: [] }
    entry.people.push(row)
    agencies.set(agency.id, entry)
  }
  return [...agencies.values()]
}
