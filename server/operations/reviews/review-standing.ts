import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { reviews } from '@/server/db/schema/consent'
import { workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { type Authorized, missingObject } from '@/server/policy/authorize'

export type ReviewRow = typeof reviews.$inferSelect

/** Asks: to enter, as a lead or steward: those who answer in reviews. */
export const authorizeReviewer = async (
  context: OperationContext,
  workspaceId: Id,
): Promise<{ entered: Authorized; workspace: typeof workspaces.$inferSelect }> => {
  const entered = await context.authorize({ workspaceId }, { ask: 'enter' })
  const role = entered.facts.membership?.role
  if (role !== 'lead' && role !== 'steward')
    throw new DomainError('denied', 'Reviews are for leads and stewards.', {
      rule: 'R7',
      ask: `a lead of ${context.actor.orgName}`,
    })
  const [workspace] = await context.tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
  if (workspace === undefined) throw new Error(`workspace ${workspaceId} is gone`)
  return { entered, workspace }
}

/**
 * A review that the actor may see. One that an agency does of its own people is nobody else's.
 * @param lock one who answers and the end of the review come one after the other
 */
export const openReview = async (context: OperationContext, reviewId: Id, lock: boolean) => {
  const query = context.tx.orm.select().from(reviews).where(eq(reviews.id, reviewId))
  const [review] = lock ? await query.for('update') : await query
  const workspaceId = review?.workspaceId ?? reviewId
  const { entered, workspace } = await authorizeReviewer(context, workspaceId)
  if (review === undefined || !isShownTo(review, workspace.hostOrgId, context.actor.orgId))
    throw missingObject({ workspaceId: reviewId })
  return { review, entered, workspace }
}

export const isShownTo = ({ startedByOrg }: ReviewRow, hostOrgId: Id, orgId: Id): boolean =>
  startedByOrg === hostOrgId || startedByOrg === orgId

export const stateOf = ({ closedAt, dueAt }: ReviewRow): 'running' | 'complete' | 'called_off' => {
  if (closedAt === null) return 'running'
  return closedAt < dueAt ? 'called_off' : 'complete'
}

/** From its due moment on nothing is answered any more, also before the clock's work has come round to it. */
export const assertRunning = (review: ReviewRow, at: Date): void => {
  if (review.closedAt === null && at < review.dueAt) return
  throw new DomainError('conflict', 'This review is over. What was not confirmed has ended.')
}
