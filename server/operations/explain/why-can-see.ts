import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Facts, Request } from '@/lib/policy/facts'
import { trace } from '@/lib/policy/trace'
import type { Handling } from '@/lib/policy/vocabulary'
import type { TraceView } from '@/lib/views/access'
import type { SharingRef } from '@/lib/views/sharing'
import { mayAsk } from '@/server/operations/explain/may-ask'
import { pastMoment } from '@/server/operations/explain/moment'
import { readRows } from '@/server/operations/explain/row-views'
import { objectOfRef } from '@/server/operations/explain/title'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readPeople } from '@/server/operations/shaping/agencies'
import { askAlso } from '@/server/policy/authorize'
import { everyoneThen } from '@/server/policy/everyone-then'

interface Input {
  on: SharingRef
  personId: Id
  /** ISO 8601, in the past; null: now. */
  at: string | null
}

const SEES: Request = { ask: 'level', needs: 'read' }

/** Asks: see `mayAsk`; oneself always. Every rule in order with what it said of one person, and the rows behind it. */
export const whyCanSee: Operation<Input, TraceView> = {
  event: 'access.explained',
  async run(context, { on, personId, at }) {
    const { tx, actor } = context
    const { about, isAuditor } = await mayAsk(context, on)
    const moment = pastMoment(at, context.at)
    const { object, people } = await everyoneThen(tx, on, moment, context.at.getTime())
    const found = people.find(({ row }) => row.person_id === personId)
    const isTold = about === 'everyone' || personId === actor.personId
    if (found === undefined || !isTold) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    const { facts } = found
    if (facts === null) throw new DomainError('missing', 'At that moment it was not there.')
    context.record({
      object: { ...objectOfRef(object), targetId: personId },
      details: { at, about: 'person' },
    })
    const { level, rule } = askAlso({ facts }, SEES)
    const { steps } = trace(facts, SEES)
    const here = new Set(people.map(({ row }) => row.person_id))
    const isGuest = facts.membership?.role === 'guest' && about === 'self'
    // Those who share the workspace know each other; of others only the agency is told. Auditors see names in the record.
    const mayName = (id: Id, orgId: Id) => isAuditor || (!isGuest && (here.has(id) || orgId === actor.orgId))
    const rows = await readRows(
      context,
      steps.flatMap((step) => step.rows),
      facts,
      mayName,
    )
    const named = await readPeople(tx, [personId])
    return {
      person: mustGet(named, personId),
      at: new Date(moment ?? context.at.getTime()).toISOString(),
      level,
      rule,
      steps: steps.map((step) => ({ ...step, rows: step.rows.flatMap((id) => rows.get(id) ?? []) })),
      handling: {
        export: wayOut(facts, 'export'),
        print: wayOut(facts, 'print'),
        copy: wayOut(facts, 'copy'),
      },
    }
  },
}

const wayOut = (facts: Facts, how: Handling): 'yes' | 'reason' | 'no' => {
  if (askAlso({ facts }, { ask: 'handle', how, reason: '' }).allowed) return 'yes'
  return askAlso({ facts }, { ask: 'handle', how, reason: 'stated' }).allowed ? 'reason' : 'no'
}
