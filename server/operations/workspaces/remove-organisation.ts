import { and, eq, inArray, isNull } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { people } from '@/server/db/schema/identity'
import { memberships, participations } from '@/server/db/schema/workspace'
import type { Operation } from '@/server/operations/run-operation'
import { authorizeHost } from '@/server/operations/workspaces/authorize-host'

/**
 * Ends an organisation's part here and the memberships of its people; they lose access at once. What it originated
 * stays under its boundaries, and nobody else rules over that.
 */
export const removeOrganisation: Operation<{ workspaceId: Id; orgId: Id; confirm: true }, void> = {
  event: 'participation.ended',
  async run(context, { workspaceId, orgId }) {
    const { tx, actor, at } = context
    const workspace = await authorizeHost(context, workspaceId)
    if (orgId === workspace.hostOrgId)
      throw new DomainError('invalid', 'The host cannot be taken out of its own workspace.')
    const ended = { endedAt: at, endedBy: actor.personId }
    const parts = await tx.orm
      .update(participations)
      .set(ended)
      .where(
        and(
          eq(participations.workspaceId, workspaceId),
          eq(participations.orgId, orgId),
          isNull(participations.endedAt),
        ),
      )
      .returning({ id: participations.id })
    if (parts.length === 0) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    const itsPeople = tx.orm.select({ id: people.id }).from(people).where(eq(people.orgId, orgId))
    const members = await tx.orm
      .update(memberships)
      .set(ended)
      .where(
        and(
          eq(memberships.workspaceId, workspaceId),
          inArray(memberships.personId, itsPeople),
          isNull(memberships.endedAt),
        ),
      )
      .returning({ id: memberships.id })
    context.record({
      object: { workspaceId, targetId: orgId },
      before: { participations: parts.map(({ id }) => id), memberships: members.map(({ id }) => id) },
      volume: { memberships: members.length },
    })
    await context.changeAccess({ workspaceId, orgId })
  },
}
