import { and, eq, isNull } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { auditWitnesses } from '@/server/db/schema/trees'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** Its token opens nothing any more and its signatures are not taken. What it has signed stays signed. */
export const endWitness: Operation<{ witnessId: Id }, void> = {
  event: 'witness.ended',
  own: true,
  async run(context, { witnessId }) {
    const { tx, actor, at } = context
    requireAdministrator(actor)
    const [ended] = await tx.orm
      .update(auditWitnesses)
      .set({ endedAt: at, endedBy: actor.personId })
      .where(
        and(
          eq(auditWitnesses.id, witnessId),
          eq(auditWitnesses.orgId, actor.orgId),
          isNull(auditWitnesses.endedAt),
        ),
      )
      .returning({ name: auditWitnesses.name })
    if (ended === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    context.record({ object: { targetId: witnessId }, before: { orgId: actor.orgId, name: ended.name } })
  },
}
