import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { reviews } from '@/server/db/schema/consent'
import { assertRunning, openReview } from '@/server/operations/reviews/review-standing'
import type { Operation } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'
import { reviewersToTell } from '@/server/told/reviewers-to-tell'

/** Asks: to lead the organisation that started it. What was answered stays so; nothing ends by silence. */
export const callOffReview: Operation<{ reviewId: Id }, void> = {
  event: 'review.called_off',
  async run(context, { reviewId }) {
    const { tx, actor, at } = context
    const { review } = await openReview(context, reviewId, true)
    const { workspaceId } = review
    await context.authorize({ workspaceId }, { ask: 'members', orgId: actor.orgId })
    if (review.startedByOrg !== actor.orgId)
      throw new DomainError('denied', 'Only a lead of the agency that started it can call it off.', {
        rule: 'R7',
      })
    assertRunning(review, at)
    const told = await reviewersToTell(tx, { reviewId, workspaceId, at })
    await tx.orm.update(reviews).set({ closedAt: at }).where(eq(reviews.id, reviewId))
    context.record({ object: { workspaceId, targetId: reviewId } })
    await notify(tx, told, {
      kind: 'review.ended',
      workspaceId,
      targetId: reviewId,
      byPersonId: actor.personId,
      details: { state: 'called_off' },
    })
  },
}
