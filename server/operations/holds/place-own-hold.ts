import type { Id } from '@/lib/ids'
import { placeHold } from '@/server/operations/holds/place-hold'
import { lockOwnPeople, ownPerson } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'
import { administratorsToTell } from '@/server/told/people-to-tell'

interface Input {
  /** One of the own organisation's people; null: all of them. */
  personId: Id | null
  reason: string
}

/** For administrators: on a person of their own organisation, or on the whole of it. */
export const placeOwnHold: Operation<Input, { holdId: Id }> = {
  event: 'hold.placed',
  own: true,
  async run(context, { personId, reason }) {
    const { actor, tx } = context
    const all = await lockOwnPeople(tx, actor)
    const subject =
      personId === null
        ? { kind: 'organisation' as const, subjectId: actor.orgId }
        : { kind: 'person' as const, subjectId: ownPerson(all, personId, actor).id }
    const placed = await placeHold(context, { ...subject, workspaceId: null, reason })
    await notify(tx, await administratorsToTell(tx, actor.orgId), {
      kind: 'hold.placed',
      targetId: placed.holdId,
      byPersonId: actor.personId,
    })
    return placed
  },
}
