import type { Id } from '@/lib/ids'
import type { ReviewSummary } from '@/lib/views/asks/review'
import type { PersonView } from '@/lib/views/person'
import { type ReviewRow, stateOf } from '@/server/operations/reviews/review-standing'

export interface Counts {
  all: number
  open: number
  mine: number
}

export const reviewSummary = (
  review: ReviewRow,
  hostOrgId: Id,
  startedBy: PersonView,
  { all, open, mine }: Counts,
): ReviewSummary => ({
  id: review.id,
  title: review.title,
  startedBy,
  startedAt: review.startedAt.toISOString(),
  dueAt: review.dueAt.toISOString(),
  state: stateOf(review),
  scope: review.startedByOrg === hostOrgId ? 'workspace' : 'agency',
  all,
  open,
  mine,
})
