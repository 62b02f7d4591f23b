import { newId } from '@/lib/ids'
import { HOST, inWorkspace, type ProcedureCase } from '@/tests/api/procedures/who'
import { runningReview } from '@/tests/operations/asks/running-review'
import type { Plan } from '@/tests/operations/plan'

const REVIEWERS = ['countyLead', 'weatherSteward', 'hospitalLead'] as const
const aReview = async (plan: Plan) => ({ reviewId: (await runningReview(plan)).reviewId })

export const REVIEWS: Record<string, ProcedureCase> = {
  'reviews.list': { may: REVIEWERS, input: inWorkspace },
  'reviews.get': { may: REVIEWERS, input: aReview },
  'reviews.start': {
    may: ['countyLead', 'hospitalLead'],
    input: ({ workspaceId }) => ({
      workspaceId,
      title: `Review ${newId()}`,
      dueAt: new Date(Date.now() + 86_400_000).toISOString(),
    }),
  },
  'reviews.answer': {
    may: HOST,
    input: async (plan) => {
      const { reviewId, itemId } = await runningReview(plan)
      return { reviewId, itemIds: [itemId], decision: 'confirmed', note: '' }
    },
  },
  'reviews.callOff': { may: HOST, input: aReview },
  'reviews.export': { may: REVIEWERS, input: async (plan) => ({ ...(await aReview(plan)), format: 'json' }) },
}
