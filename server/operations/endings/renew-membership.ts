import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { renewedUntil } from '@/lib/told/renewal'
import { memberships } from '@/server/db/schema/workspace'
import { authorizeMembership } from '@/server/operations/members/members-lock'
import type { Operation } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'

/** Asks: to lead the person's organisation here. For as long again; the old row ends and a new one begins. */
export const renewMembership: Operation<{ membershipId: Id }, { membershipId: Id; until: string }> = {
  event: 'membership.renewed',
  async run(context, { membershipId }) {
    const { tx, actor, at } = context
    const { membership: old } = await authorizeMembership(context, membershipId)
    const { workspaceId, personId, role, validFrom } = old
    const again =
      old.validUntil === null
        ? null
        : renewedUntil({ from: validFrom.getTime(), until: old.validUntil.getTime() }, at.getTime())
    if (again === null)
      throw new DomainError('conflict', 'There is nothing to renew yet: this would not end any later.')
    const validUntil = new Date(again)
    await tx.orm
      .update(memberships)
      .set({ endedAt: at, endedBy: actor.personId })
      .where(eq(memberships.id, membershipId))
    const row = { id: newId(), workspaceId, personId, role, grantedBy: actor.personId }
    await tx.orm.insert(memberships).values({ ...row, validFrom: at, validUntil })
    const until = validUntil.toISOString()
    context.record({
      object: { workspaceId, targetId: personId },
      before: { membershipId, role, until: old.validUntil?.toISOString() ?? null },
      after: { membershipId: row.id, role, until },
      details: { role },
    })
    await notify(tx, [personId], {
      kind: 'membership.changed',
      workspaceId,
      byPersonId: actor.personId,
      details: { role, until },
    })
    await context.changeAccess({ workspaceId, personId })
    return { membershipId: row.id, until }
  },
}
