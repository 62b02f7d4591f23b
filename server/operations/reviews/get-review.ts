import type { Id } from '@/lib/ids'
import type { ReviewView } from '@/lib/views/asks/review'
import { readItems } from '@/server/operations/reviews/item-rows'
import { itemViews, progressOf } from '@/server/operations/reviews/item-views'
import { openReview } from '@/server/operations/reviews/review-standing'
import { reviewSummary } from '@/server/operations/reviews/review-summary'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { mustGet, readPeople } from '@/server/operations/shaping/agencies'
import { askAlso } from '@/server/policy/authorize'

/** Asks: to enter, as a lead or steward. Every agency's progress; items on what is hidden from the actor as a number. */
export const getReview: Operation<{ reviewId: Id }, ReviewView> = {
  event: 'review.viewed',
  async run(context, { reviewId }) {
    const { view, seen } = await reviewView(context, reviewId)
    context.recordView(
      { object: { workspaceId: view.workspaceId, targetId: reviewId }, volume: { items: view.items.length } },
      seen,
    )
    return view
  },
}

export const reviewView = async (context: OperationContext, reviewId: Id) => {
  const { tx, actor } = context
  const { review, entered, workspace } = await openReview(context, reviewId, false)
  const rows = await readItems(tx, reviewId)
  const { items, unseen } = await itemViews(context, review, entered, rows)
  const people = await readPeople(tx, [review.startedBy])
  const open = rows.filter(({ decision }) => decision === null)
  const mine = items.filter(({ can, decision }) => can.answer && decision === null).length
  const counts = { all: rows.length, open: open.length, mine }
  const leads = askAlso(entered, { ask: 'members', orgId: actor.orgId }).allowed
  const view: ReviewView = {
    ...reviewSummary(review, workspace.hostOrgId, mustGet(people, review.startedBy), counts),
    workspaceId: workspace.id,
    workspaceTitle: workspace.title,
    closedAt: review.closedAt?.toISOString() ?? null,
    progress: await progressOf(context, rows),
    items,
    unseen,
    can: {
      callOff:
        leads && review.startedByOrg === actor.orgId && review.closedAt === null && context.at < review.dueAt,
    },
  }
  return { view, seen: items.map(({ id, decision }) => [id, decision]) }
}
