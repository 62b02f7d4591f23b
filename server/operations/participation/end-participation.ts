import { and, eq, inArray, isNull } from 'drizzle-orm'
import { people } from '@/server/db/schema/identity'
import { participationOffers } from '@/server/db/schema/partnership'
import { memberships, participations } from '@/server/db/schema/workspace'
import { settleConsents } from '@/server/operations/offers/settle-consents'
import { closeOwn, type OwnSections } from '@/server/operations/participation/close-own'
import type { Part } from '@/server/operations/participation/either-side'
import type { OperationContext } from '@/server/operations/run-operation'

/**
 * An organisation's part ends: its participation, its people's memberships, offers about it. What it originated is closed or
 * frozen; documents that hold others' sections go into the host's care.
 */
export const endParticipation = async (
  context: OperationContext,
  { workspace, participation }: Part,
  own: OwnSections,
  type: 'participation.left' | 'participation.ended',
): Promise<void> => {
  const { tx, actor, at } = context
  const { orgId } = participation
  const workspaceId = workspace.id
  const ended = { endedAt: at, endedBy: actor.personId }
  const closed = await closeOwn(context, workspace, orgId, own)
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
  await tx.orm
    .update(participationOffers)
    .set({ state: 'withdrawn', answeredBy: actor.personId, answeredAt: at })
    .where(
      and(
        eq(participationOffers.workspaceId, workspaceId),
        eq(participationOffers.orgId, orgId),
        eq(participationOffers.kind, 'change'),
        eq(participationOffers.state, 'open'),
      ),
    )
  await settleConsents(context, workspace)
  context.record({
    type,
    object: { workspaceId, targetId: orgId },
    before: { participations: parts.map(({ id }) => id), memberships: members.map(({ id }) => id) },
    after: { sections: own },
    volume: { memberships: members.length, ...closed },
  })
  await context.changeAccess({ workspaceId })
}
