import type { Id } from '@/lib/ids'
import type { Plan } from '@/tests/operations/plan'

const DAY = 86_400_000

/** A review that County's lead has started, with one question of County's: its reader's membership. */
export const runningReview = async ({
  world,
  workspaceId,
  people,
}: Plan): Promise<{ reviewId: Id; itemId: Id }> => {
  const { personId, orgId } = people.countyLead
  const reviewId = await world.insert('reviews', {
    workspace_id: workspaceId,
    title: 'Quarterly review',
    started_by: personId,
    started_by_org: orgId,
    due_at: new Date(Date.now() + 3 * DAY),
  })
  const itemId = await world.insert('review_items', {
    review_id: reviewId,
    kind: 'membership',
    row_id: people.countyReader.membershipId,
    org_id: orgId,
  })
  return { reviewId, itemId }
}
