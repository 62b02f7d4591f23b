'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useApi } from '@/app/_data/use-api'

/** Asks again for what is on screen of the given parts of the API; call it after a change. */
export const useRefresh = () => {
  const client = useQueryClient()
  const api = useApi()
  return useCallback(
    async (
      ...parts: ('workspaces' | 'documents' | 'members' | 'record' | 'terms' | 'offers' | 'participation')[]
    ): Promise<void> => {
      await Promise.all(parts.map((part) => client.invalidateQueries({ queryKey: api[part].pathKey() })))
    },
    [client, api],
  )
}
