import { newId } from '@/lib/ids'
import { answerItems } from '@/server/operations/reviews/answer-items'
import { callOffReview } from '@/server/operations/reviews/call-off-review'
import { exportReview } from '@/server/operations/reviews/export-review'
import { getReview } from '@/server/operations/reviews/get-review'
import { listReviews } from '@/server/operations/reviews/list-reviews'
import { startReview } from '@/server/operations/reviews/start-review'
import { runningReview } from '@/tests/operations/asks/running-review'
import { type OperationCase, of, stranger } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

const aReview = async (plan: Plan) => ({ reviewId: (await runningReview(plan)).reviewId })

export const REVIEWS: readonly OperationCase[] = [
  of('reviews/list-reviews', listReviews, ({ workspaceId }) => ({ workspaceId }), 'weatherSteward', stranger),
  of('reviews/get-review', getReview, aReview, 'hospitalLead', stranger),
  of(
    'reviews/start-review',
    startReview,
    ({ workspaceId }) => ({
      workspaceId,
      title: `Review ${newId()}`,
      dueAt: new Date(Date.now() + 86_400_000).toISOString(),
    }),
    'hospitalLead',
    { who: 'weatherSteward', code: 'denied', rule: 'R7' },
  ),
  of(
    'reviews/answer-items',
    answerItems,
    async (plan) => {
      const { reviewId, itemId } = await runningReview(plan)
      return { reviewId, itemIds: [itemId], decision: 'confirmed' as const, note: '' }
    },
    'countyLead',
    stranger,
  ),
  of(
    'reviews/export-review',
    exportReview,
    async (plan) => ({ ...(await aReview(plan)), format: 'csv' as const }),
    'hospitalLead',
    stranger,
  ),
  of('reviews/call-off-review', callOffReview, aReview, 'countyLead', {
    who: 'hospitalLead',
    code: 'denied',
    rule: 'R7',
  }),
]
