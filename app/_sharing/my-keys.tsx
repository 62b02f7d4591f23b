'use client'

import { useQuery } from '@tanstack/react-query'
import { useApi } from '@/app/_data/use-api'
import { WaitingReleases } from '@/app/_sharing/waiting-releases'
import type { Id } from '@/lib/ids'

/** The releases of a workspace that wait for a key, for those who may turn one or asked. Nothing when there are none. */
export function MyKeys({ workspaceId }: { workspaceId: Id }) {
  const { data = [] } = useQuery(useApi().releases.list.queryOptions({ workspaceId }, { retry: false }))
  return <WaitingReleases releases={data} titled />
}
