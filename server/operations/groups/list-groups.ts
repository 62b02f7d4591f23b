import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { GroupView } from '@/lib/views/organisation'
import { groupMembers, groups, people } from '@/server/db/schema/identity'
import { isLead } from '@/server/operations/groups/require-group-manager'
import type { Operation } from '@/server/operations/run-operation'

/** The groups of one's own organisation with their people, for everyone there. */
export const listGroups: Operation<void, { groups: GroupView[]; can: { change: boolean } }> = {
  event: 'group.listed',
  own: true,
  async run(context) {
    const { tx, actor, at } = context
    const rows = await tx.orm
      .select()
      .from(groups)
      .where(eq(groups.orgId, actor.orgId))
      .orderBy(asc(sql`lower(${groups.name})`), asc(groups.id))
    const ids = rows.map(({ id }) => id)
    const members =
      ids.length === 0
        ? []
        : await tx.orm
            .select({ row: groupMembers, name: people.name, state: people.state })
            .from(groupMembers)
            .innerJoin(people, eq(people.id, groupMembers.personId))
            .where(
              and(
                inArray(groupMembers.groupId, ids),
                isNull(groupMembers.endedAt),
                or(isNull(groupMembers.validUntil), gt(groupMembers.validUntil, at)),
              ),
            )
            .orderBy(asc(sql`lower(${people.name})`), asc(people.id))
    context.recordView(
      { object: { targetId: actor.orgId }, volume: { groups: rows.length, people: members.length } },
      [ids, members.map(({ row }) => row.id)],
    )
    return {
      groups: rows.map(({ id, name }) => ({
        id,
        name,
        people: members
          .filter(({ row }) => row.groupId === id)
          .map((member) => ({
            id: member.row.personId,
            name: member.name,
            until: member.row.validUntil?.toISOString() ?? null,
            suspended: member.state === 'suspended',
          })),
      })),
      can: { change: actor.isAdministrator || (await isLead(tx, actor, at)) },
    }
  },
}
