'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

/** What one can do with one's own open request. */
export const useMyRequestActs = () => {
  const api = useApi()
  const client = useQueryClient()
  const after = {
    onError: toastProblem,
    onSettled: () => client.invalidateQueries({ queryKey: api.requests.pathKey() }),
  }
  const remind = useMutation({
    ...api.requests.remind.mutationOptions(after),
    onSuccess: () => toast({ text: 'Asked again.' }),
  })
  const withdraw = useMutation({
    ...api.requests.withdraw.mutationOptions(after),
    onSuccess: () => toast({ text: 'Your request is withdrawn.' }),
  })
  return {
    busy: remind.isPending || withdraw.isPending,
    remind: (requestId: Id) => remind.mutate({ requestId }),
    withdraw: (requestId: Id) => withdraw.mutate({ requestId }),
  }
}
