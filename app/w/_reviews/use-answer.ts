'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

/** Confirms at once; what was confirmed can still be ended while the review runs. */
export const useAnswer = (reviewId: Id) => {
  const api = useApi()
  const client = useQueryClient()
  const answer = useMutation(
    api.reviews.answer.mutationOptions({
      onError: toastProblem,
      onSuccess: ({ gone }, { itemIds }) =>
        toast({ text: gone > 0 ? `${gone} had ended already.` : `${itemIds.length} confirmed.` }),
      onSettled: () => client.invalidateQueries({ queryKey: api.reviews.pathKey() }),
    }),
  )
  return {
    busy: answer.isPending,
    confirm: (itemIds: Id[]) => {
      if (!answer.isPending) answer.mutate({ reviewId, itemIds, decision: 'confirmed', note: '' })
    },
  }
}
