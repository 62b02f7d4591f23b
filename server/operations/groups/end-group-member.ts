import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { groupMembers } from '@/server/db/schema/identity'
import { ownGroup, requireGroupManager } from '@/server/operations/groups/require-group-manager'
import type { Operation } from '@/server/operations/run-operation'

/** At once: what only the group gave is gone, and what is open by it closes. */
export const endGroupMember: Operation<{ groupId: Id; personId: Id }, void> = {
  event: 'group.member_ended',
  own: true,
  async run(context, { groupId, personId }) {
    const { tx, actor, at } = context
    await requireGroupManager(context)
    await ownGroup(context, groupId)
    const ended = await tx.orm
      .update(groupMembers)
      .set({ endedAt: at, endedBy: actor.personId })
      .where(
        and(
          eq(groupMembers.groupId, groupId),
          eq(groupMembers.personId, personId),
          isNull(groupMembers.endedAt),
          or(isNull(groupMembers.validUntil), gt(groupMembers.validUntil, at)),
        ),
      )
      .returning({ id: groupMembers.id })
    if (ended.length === 0) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    context.record({ object: { targetId: personId }, before: { groupId, rows: ended.map(({ id }) => id) } })
    await context.changeAccess({ personId })
  },
}
