import type { Facts } from '@/lib/policy/facts'
import type { Reader } from '@/server/db/client'
import type { LoadedObject } from '@/server/policy/assemble-facts'
import { missingObject, NO_ID, type ObjectRef, targetOf } from '@/server/policy/authorize'
import { loadFacts } from '@/server/policy/load-facts'
import { readMembers } from '@/server/policy/member-rows'
import type { SubjectRow } from '@/server/policy/policy-rows'
import { readThen } from '@/server/policy/then'

interface EveryoneThen {
  object: LoadedObject
  /** Whether it was there at that moment, whoever was a member. */
  wasThere: boolean
  /** Everyone who was a member; `facts` null where the object was not there at that moment. */
  people: { row: SubjectRow; facts: Facts | null }[]
}

/**
 * Everyone's facts about one object as they were. Sign-ins of others, and of then, are not known: they count as live and
 * just strong enough.
 * @param at milliseconds since the epoch, or null for now
 * @throws Refusal `hidden` when there is no such object
 */
export const everyoneThen = async (
  reader: Reader,
  ref: ObjectRef,
  at: number | null,
  now: number,
): Promise<EveryoneThen> => {
  const moment = at ?? now
  const past = at !== null
  const loaded = await loadFacts(
    reader,
    targetOf(ref),
    moment,
    async (object) => {
      const members =
        object === null ? [] : await readMembers(reader, object.workspace_id, moment, false, past)
      const session = { id: NO_ID, live: true, strength: object?.minimum_strength ?? 0 }
      return members.map((row) => ({ row, session }))
    },
    past,
  )
  const object = loaded.objects.at(-1)
  if (object === undefined) throw missingObject(ref)
  const then = past
    ? await readThen(reader, object, moment)
    : { wasThere: !object.removed, asThen: (facts: Facts) => (object.removed ? null : facts) }
  return {
    object,
    wasThere: then.wasThere,
    people: loaded.subjects.map(({ row, facts }) => ({
      row,
      facts: then.asThen(loaded.factsOf(facts, object)),
    })),
  }
}
