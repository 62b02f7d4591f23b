import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { HoldKind } from '@/lib/views/retention/erasure'
import { legalHolds } from '@/server/db/schema/audit'
import { lockHolds } from '@/server/operations/holds/holds-in-force'
import type { OperationContext } from '@/server/operations/run-operation'

interface Placing {
  kind: HoldKind
  subjectId: Id
  /** Whose auditors place it; null: administrators of the actor's organisation. */
  workspaceId: Id | null
  reason: string
}

/** From the commit on nothing of the subject is erased or dropped. The reason is on record as a commitment, and kept beside it. */
export const placeHold = async (
  context: OperationContext,
  { kind, subjectId, workspaceId, reason }: Placing,
): Promise<{ holdId: Id }> => {
  const { tx, actor, at } = context
  if (reason.trim() === '') throw new DomainError('invalid', 'Say why: whoever wants to lift it must know.')
  await lockHolds(tx)
  const id = newId()
  const placed = { placedBy: actor.personId, placedAt: at }
  await tx.orm
    .insert(legalHolds)
    .values({ id, kind, subjectId, workspaceId, orgId: actor.orgId, reason: reason.trim(), ...placed })
  context.record({
    object: { ...(workspaceId === null ? {} : { workspaceId }), targetId: subjectId },
    details: { hold: id, kind },
    clear: { reason },
  })
  return { holdId: id }
}
