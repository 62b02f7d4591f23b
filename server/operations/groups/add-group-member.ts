import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { groupMembers, people } from '@/server/db/schema/identity'
import { ownGroup, requireGroupManager } from '@/server/operations/groups/require-group-manager'
import { endOf } from '@/server/operations/members/members-lock'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  groupId: Id
  personId: Id
  until: string | null
}

/** Whoever is in a group has what boundaries and grants that name it give; only people of one's own organisation. */
export const addGroupMember: Operation<Input, void> = {
  event: 'group.member_added',
  own: true,
  async run(context, { groupId, personId, until }) {
    const { tx, actor, at } = context
    await requireGroupManager(context)
    const group = await ownGroup(context, groupId)
    const validUntil = endOf(until, at)
    const [person] = await tx.orm
      .select()
      .from(people)
      .where(and(eq(people.id, personId), eq(people.orgId, actor.orgId)))
    if (person === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    const [already] = await tx.orm
      .select({ id: groupMembers.id })
      .from(groupMembers)
      .where(
        and(
          eq(groupMembers.groupId, groupId),
          eq(groupMembers.personId, personId),
          isNull(groupMembers.endedAt),
          or(isNull(groupMembers.validUntil), gt(groupMembers.validUntil, at)),
        ),
      )
    if (already !== undefined)
      throw new DomainError('conflict', `${person.name} is in ${group.name} already.`)
    const rowId = newId()
    await tx.orm
      .insert(groupMembers)
      .values({ id: rowId, groupId, personId, grantedBy: actor.personId, validFrom: at, validUntil })
    context.record({ object: { targetId: personId }, after: { groupId, rowId, until } })
    await context.changeAccess({ personId })
  },
}
