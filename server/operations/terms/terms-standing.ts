import { and, eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { memberships, workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { inForceAt } from '@/server/operations/shaping/agencies'
import { type ParticipationRow, participationOf } from '@/server/operations/terms/terms-rows'

export interface TermsStanding {
  workspace: typeof workspaces.$inferSelect
  participation: ParticipationRow
  /** A lead of the actor's organisation here, or one of its administrators: these sign for it. */
  speaks: boolean
}

/**
 * Where the actor stands towards a workspace's terms. Their organisation takes part, whatever it has signed, and they are a
 * member or one of its administrators: terms must be readable by those whom they hold out.
 * @throws DomainError `missing` for everybody else, and for a workspace that does not exist
 */
export const termsStanding = async (
  context: OperationContext,
  workspaceId: Id,
  lock = false,
): Promise<TermsStanding> => {
  const { tx, actor, at } = context
  const query = tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
  const [workspace] = lock ? await query.for('no key update') : await query
  const participation = await participationOf(context, workspaceId, actor.orgId)
  const [membership] = await tx.orm
    .select()
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.personId, actor.personId),
        inForceAt(memberships, at),
      ),
    )
  if (
    workspace === undefined ||
    participation === null ||
    (membership === undefined && !actor.isAdministrator)
  )
    throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  return { workspace, participation, speaks: actor.isAdministrator || membership?.role === 'lead' }
}
