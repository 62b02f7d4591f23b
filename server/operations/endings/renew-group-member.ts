import { and, eq, gt, isNull, lte } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { renewedUntil } from '@/lib/told/renewal'
import { groupMembers, groups } from '@/server/db/schema/identity'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to administer the organisation whose group it is. A place in it that ends is given for as long again. */
export const renewGroupMember: Operation<{ groupId: Id; personId: Id }, { until: string }> = {
  event: 'group.member_renewed',
  own: true,
  async run(context, { groupId, personId }) {
    const { tx, actor, at } = context
    requireAdministrator(actor)
    const [old] = await tx.orm
      .select({ id: groupMembers.id, from: groupMembers.validFrom, until: groupMembers.validUntil })
      .from(groupMembers)
      .innerJoin(groups, and(eq(groups.id, groupMembers.groupId), eq(groups.orgId, actor.orgId)))
      .where(
        and(
          eq(groupMembers.groupId, groupId),
          eq(groupMembers.personId, personId),
          isNull(groupMembers.endedAt),
          lte(groupMembers.validFrom, at),
          gt(groupMembers.validUntil, at),
        ),
      )
      .for('update', { of: groupMembers })
    if (old === undefined || old.until === null) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    const again = renewedUntil({ from: old.from.getTime(), until: old.until.getTime() }, at.getTime())
    if (again === null)
      throw new DomainError('conflict', 'There is nothing to renew yet: this would not end any later.')
    const validUntil = new Date(again)
    await tx.orm
      .update(groupMembers)
      .set({ endedAt: at, endedBy: actor.personId })
      .where(eq(groupMembers.id, old.id))
    const row = { id: newId(), groupId, personId, grantedBy: actor.personId }
    await tx.orm.insert(groupMembers).values({ ...row, validFrom: at, validUntil })
    const until = validUntil.toISOString()
    context.record({
      object: { targetId: personId },
      before: { rowId: old.id, until: old.until.toISOString() },
      after: { rowId: row.id, until },
      details: { groupId },
    })
    await context.changeAccess({ personId })
    return { until }
  },
}
