'use client'

import { toast } from '@/app/_components/feedback/toast'
import { useRefresh } from '@/app/_data/use-refresh'

/** What follows every act on an offer: the page asks again, and says in one sentence what was done. */
export const useOfferDone = () => {
  const refresh = useRefresh()
  return (text: string) => {
    toast({ text })
    return refresh('offers', 'workspaces', 'participation')
  }
}
