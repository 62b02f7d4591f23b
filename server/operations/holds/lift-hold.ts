import { eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { type Id, isId } from '@/lib/ids'
import { legalHolds } from '@/server/db/schema/audit'
import { lockHolds } from '@/server/operations/holds/holds-in-force'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import { assertConfirmed } from '@/server/operations/releases/assert-confirmed'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'
import { administratorsToTell, auditorsToTell } from '@/server/told/people-to-tell'

type HoldRow = typeof legalHolds.$inferSelect

/**
 * Takes two people of those who may place it: the first asks, a second one lifts. Of a hold that auditors of a workspace placed: its
 * auditors now; of another: administrators of the organisation that placed it.
 */
export const liftHold: Operation<{ holdId: Id }, { lifted: boolean }> = {
  event: 'hold.lifted',
  own: true,
  async run(context, { holdId }) {
    const { tx, actor, at } = context
    await lockHolds(tx)
    const hold = await openHold(context, holdId)
    await assertConfirmed(context)
    if (hold.liftedAt !== null) throw new DomainError('conflict', 'This hold is lifted already.')
    const object = {
      ...(hold.workspaceId === null ? {} : { workspaceId: hold.workspaceId }),
      targetId: hold.subjectId,
    }
    const details = { hold: hold.id, kind: hold.kind }
    const set = (values: Partial<HoldRow>) =>
      tx.orm.update(legalHolds).set(values).where(eq(legalHolds.id, hold.id))
    if (hold.liftAskedBy === null) {
      await set({ liftAskedBy: actor.personId, liftAskedAt: at })
      context.record({ type: 'hold.lift_asked', object, details })
      await notify(tx, await second(context, hold), {
        kind: 'hold.lift_asked',
        ...(hold.workspaceId === null ? {} : { workspaceId: hold.workspaceId }),
        targetId: hold.id,
        byPersonId: actor.personId,
      })
      return { lifted: false }
    }
    if (hold.liftAskedBy === actor.personId)
      throw new DomainError('conflict', 'You have asked to lift it yourself. It takes a second person.')
    await set({ liftedBy: actor.personId, liftedAt: at })
    context.record({ object, details })
    return { lifted: true }
  },
}

/** @throws DomainError alike for one that is hidden and one that is not there */
const openHold = async (context: OperationContext, holdId: Id): Promise<HoldRow> => {
  const { tx, actor } = context
  const [hold] = isId(holdId)
    ? await tx.orm.select().from(legalHolds).where(eq(legalHolds.id, holdId)).for('update')
    : []
  if (hold !== undefined && hold.workspaceId !== null) {
    await context.authorize({ workspaceId: hold.workspaceId }, { ask: 'record' })
    return hold
  }
  if (hold === undefined || hold.orgId !== actor.orgId) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  requireAdministrator(actor)
  return hold
}

const second = ({ tx, at }: OperationContext, hold: HoldRow): Promise<Id[]> =>
  hold.workspaceId === null ? administratorsToTell(tx, hold.orgId) : auditorsToTell(tx, hold.workspaceId, at)
