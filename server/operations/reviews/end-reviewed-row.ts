import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { grants } from '@/server/db/schema/policy'
import { memberships } from '@/server/db/schema/workspace'
import { assertAnotherLead } from '@/server/operations/members/members-lock'
import { voidReleases } from '@/server/operations/releases/end-release'
import type { ItemRow } from '@/server/operations/reviews/item-rows'
import type { OperationContext } from '@/server/operations/run-operation'
import type { Authorized } from '@/server/policy/authorize'
import { notify } from '@/server/told/notify'

/** Ends what a lead or steward has said no to: as it would be ended outside a review, on record by itself. */
export const endReviewedRow = async (
  context: OperationContext,
  workspaceId: Id,
  row: ItemRow,
  object: Authorized | null,
): Promise<void> => {
  const { tx, actor, at } = context
  const { row_id: rowId, subject_id, word } = row
  const ended = { endedAt: at, endedBy: actor.personId }
  if (row.kind === 'membership') {
    if (word === 'lead')
      await assertAnotherLead(
        context,
        { workspaceId, personId: subject_id },
        { id: actor.orgId, name: actor.orgName },
      )
    await tx.orm.update(memberships).set(ended).where(eq(memberships.id, rowId))
    context.record({
      type: 'membership.ended',
      object: { workspaceId, targetId: subject_id },
      before: { membershipId: rowId, role: word, until: row.valid_until?.toISOString() ?? null },
      details: { role: word },
    })
    await notify(tx, [subject_id], {
      kind: 'membership.changed',
      workspaceId,
      byPersonId: actor.personId,
      details: { ended: true },
    })
    await context.changeAccess({ workspaceId, personId: subject_id })
    return
  }
  if (object !== null) await voidReleases(context, object)
  await tx.orm.update(grants).set(ended).where(eq(grants.id, rowId))
  const scope = {
    workspaceId,
    ...(row.document_id === null ? {} : { documentId: row.document_id }),
    ...(row.section_id === null ? {} : { sectionId: row.section_id }),
  }
  context.record({ type: 'grant.ended', object: scope, before: { rowId } })
  if (row.subject_kind === 'person')
    await notify(tx, [subject_id], { kind: 'access.changed', ...scope, byPersonId: actor.personId })
  await context.changeAccess(scope)
}
