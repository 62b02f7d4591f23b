'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { type Problem, problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'
import type { DocumentView } from '@/lib/views/document'

/** How often an open, visible page asks what the document is for me now. The server coalesces these on record. */
const EVERY_MS = 4_000

interface UseDocument {
  view: DocumentView
  /** The last refresh failed. Final ones mean that there is nothing here for me any more. */
  problem: Problem | null
  /** Ask again now: after my own change, or when a connection says that access has changed. */
  refresh: () => Promise<void>
  /** Shows a change before the server has answered; the next refresh has the last word. */
  show: (change: (view: DocumentView) => DocumentView) => void
}

export const useDocument = (documentId: Id, initial: DocumentView): UseDocument => {
  const api = useApi()
  const client = useQueryClient()
  const options = api.documents.get.queryOptions({ documentId })
  const { data, error } = useQuery({
    ...options,
    initialData: initial,
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: false,
    // A page that was in the background was not asking: what it shows may be long out of date.
    refetchOnWindowFocus: true,
    retry: false,
  })
  const key = options.queryKey
  const refresh = useCallback(() => client.invalidateQueries({ queryKey: key }), [client, key])
  const show = useCallback(
    (change: (view: DocumentView) => DocumentView) => {
      // A refresh under way would bring the old state back for a moment.
      void client.cancelQueries({ queryKey: key })
      client.setQueryData(key, (view: DocumentView | undefined) => (view ? change(view) : view))
    },
    [client, key],
  )
  return { view: data, problem: error ? problemOf(error) : null, refresh, show }
}

/** The document is no longer there for me: nothing of it may stay on screen. */
export const isOver = (problem: Problem | null): problem is Problem =>
  problem !== null && ['hidden', 'missing', 'denied', 'signed_out'].includes(problem.code)
