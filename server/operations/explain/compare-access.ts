import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { rankOf } from '@/lib/policy/vocabulary'
import type { AccessChangeView, AccessDifferenceView } from '@/lib/views/access'
import type { PersonView } from '@/lib/views/person'
import type { SharingRef } from '@/lib/views/sharing'
import { type CauseOfChange, causesBetween, causeViews } from '@/server/operations/explain/causes'
import { differences, type LevelsAt } from '@/server/operations/explain/differences'
import { mayAsk } from '@/server/operations/explain/may-ask'
import { pastMoment } from '@/server/operations/explain/moment'
import { objectOfRef } from '@/server/operations/explain/title'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readPeople } from '@/server/operations/shaping/agencies'
import { askAlso } from '@/server/policy/authorize'
import { everyoneThen } from '@/server/policy/everyone-then'

interface Input {
  on: SharingRef
  /** ISO 8601, in the past. */
  from: string
  /** ISO 8601, in the past; null: now. */
  until: string | null
}

/** Asks: see `mayAsk`. Who could see more or less at the second moment than at the first, and by which changes. */
export const compareAccess: Operation<Input, AccessDifferenceView> = {
  event: 'access.compared',
  async run(context, { on, from: first, until: last }) {
    const { tx, actor } = context
    const { about } = await mayAsk(context, on)
    const from = pastMoment(first, context.at) ?? 0
    const until = pastMoment(last, context.at) ?? context.at.getTime()
    if (from >= until) throw new DomainError('invalid', 'The first moment must lie before the second.')
    const levelsAt: LevelsAt = async (moment) => {
      const now = moment >= context.at.getTime() ? null : moment
      const { people } = await everyoneThen(tx, on, now, context.at.getTime())
      return new Map(
        people
          .filter(({ row }) => about === 'everyone' || row.person_id === actor.personId)
          .map(({ row, facts }) => [
            row.person_id,
            facts === null ? 'none' : askAlso({ facts }, { ask: 'level', needs: 'discover' }).level,
          ]),
      )
    }
    const { object } = await everyoneThen(tx, on, null, context.at.getTime())
    const causes = await causesBetween(tx, object, from, until)
    const found = await differences<CauseOfChange>(levelsAt, from, until, causes)
    context.record({
      object: objectOfRef(object),
      volume: { people: found.length },
      details: { from: first, until: last, about },
    })
    const named = await readPeople(
      tx,
      found.map(({ personId }) => personId),
    )
    const told = found.map(({ steps, ...rest }) => {
      const person = mustGet(named, rest.personId)
      return {
        ...rest,
        person,
        steps: steps.map((step) => ({ ...step, cause: nearest(step.causes, person) })),
      }
    })
    const words = await causeViews(
      tx,
      told.flatMap(({ steps }) => steps.map(({ cause }) => cause)),
      (id) => named.has(id) || about === 'everyone',
    )
    const views = told.map(({ person, before, after, steps }): AccessChangeView & { up: boolean } => ({
      person,
      before,
      after,
      up: rankOf(after) > rankOf(before),
      causes: steps.map(({ cause, ...step }) => ({
        at: new Date(cause.at).toISOString(),
        before: step.before,
        after: step.after,
        event: cause.eventId === null ? null : (words.get(cause.eventId) as Named),
      })),
    }))
    const plain = ({ up: _, ...view }: (typeof views)[number]): AccessChangeView => view
    return {
      from: new Date(from).toISOString(),
      until: new Date(until).toISOString(),
      gained: views.filter(({ up }) => up).map(plain),
      lost: views.filter(({ up }) => !up).map(plain),
    }
  },
}

/** Of what happened at one moment, what is about the person, else about their organisation, else what came last. */
const nearest = (causes: readonly CauseOfChange[], { id, org }: PersonView): CauseOfChange => {
  const about = (target: Id) => causes.findLast((cause) => cause.target === target)
  const found = about(id) ?? about(org.id) ?? causes.at(-1)
  if (found === undefined) throw new Error('a difference without a cause')
  return found
}

type Named = { id: Id; words: string; by: string | null }
