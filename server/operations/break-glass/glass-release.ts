import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { releaseKeys, releases } from '@/server/db/schema/consent'
import { workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { membersToTell } from '@/server/told/people-to-tell'

/** What both keys are turned for: nothing of it can be different without another hash. */
export const hashOf = (workspaceId: Id): string =>
  createHash('sha256').update(`break_glass:${workspaceId}:off>on`).digest('hex')

/**
 * Asks: to lead the people of one's own organisation here. Locks the workspace's row: one switch at a time.
 * @throws Refusal for everybody else
 */
export const authorizeSwitch = async (context: OperationContext, workspaceId: Id) => {
  const { tx, actor } = context
  await context.authorize({ workspaceId }, { ask: 'enter' })
  const [workspace] = await tx.orm
    .select()
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('no key update')
  if (workspace === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  await context.authorize({ workspaceId }, { ask: 'members', orgId: actor.orgId })
  return workspace
}

/** The one that waits, with its keys: locked, so that two keys are turned one after the other. */
export const pendingGlassRelease = async (tx: Tx, workspaceId: Id, at: Date) => {
  const rows = await tx.orm
    .select()
    .from(releases)
    .where(
      and(
        eq(releases.workspaceId, workspaceId),
        eq(releases.kind, 'break_glass'),
        eq(releases.state, 'pending'),
      ),
    )
    .for('update')
  const release = rows.find(({ expiresAt }) => expiresAt > at)
  if (release === undefined) return null
  const keys = await tx.orm.select().from(releaseKeys).where(eq(releaseKeys.releaseId, release.id))
  return { release, keys }
}

/** Ends every release that waits: what its keys would be turned for is decided. */
export const endGlassReleases = async (
  { tx, actor, at }: OperationContext,
  workspaceId: Id,
  state: 'completed' | 'declined' | 'voided',
): Promise<void> => {
  await tx.orm
    .update(releases)
    .set({ state, endedAt: at, endedBy: actor.personId })
    .where(
      and(
        eq(releases.workspaceId, workspaceId),
        eq(releases.kind, 'break_glass'),
        eq(releases.state, 'pending'),
      ),
    )
}

/** Leads of every organisation that takes part, or of the host, or of all the others. */
export const leadsToTell = async (
  { tx, at }: OperationContext,
  workspaceId: Id,
  orgIds: readonly Id[],
): Promise<Id[]> => {
  const lists: Id[][] = []
  for (const orgId of orgIds) lists.push(await membersToTell(tx, { workspaceId, orgId, roles: ['lead'], at }))
  return lists.flat()
}
