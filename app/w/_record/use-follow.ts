'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useApiClient } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'
import type { RecordFilter, RecordRowView } from '@/lib/views/record'

const EVERY_MS = 3_000
const MOST_KEPT = 500

/**
 * New entries while the record is followed, newest first. The server puts the following on record, not every call.
 * @param known the entries that are shown already
 */
export const useFollow = (
  on: boolean,
  { workspaceId, filter, known }: { workspaceId: Id; filter: RecordFilter; known: readonly RecordRowView[] },
): { rows: RecordRowView[]; error: unknown } => {
  const server = useApiClient()
  const [fresh, setFresh] = useState<RecordRowView[]>([])
  const query = JSON.stringify(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter, another list
  useEffect(() => setFresh([]), [query])
  const since = (fresh[0] ?? known[0])?.at ?? null
  const tail = useQuery({
    queryKey: ['record', 'follow', workspaceId, query],
    queryFn: ({ signal }) => server.record.tail.query({ workspaceId, filter, since }, { signal }),
    enabled: on,
    refetchInterval: EVERY_MS,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  })
  const came = tail.data?.rows
  useEffect(() => {
    if (came === undefined) return
    setFresh((before) => {
      const have = new Set([...before, ...known].map(({ id }) => id))
      const added = came.filter(({ id }) => !have.has(id))
      return added.length === 0 ? before : [...added, ...before].slice(0, MOST_KEPT)
    })
  }, [came, known])
  return { rows: fresh, error: tail.error }
}
