'use client'

import { createTRPCContext } from '@trpc/tanstack-react-query'
import type { AppRouter } from '@/server/api/router'

/**
 * The API in client components: `const api = useApi()`, then `useQuery(api.members.get.queryOptions({ … }))` or
 * `useMutation(api.members.end.mutationOptions({ … }))`.
 */
export const {
  TRPCProvider: ApiContextProvider,
  useTRPC: useApi,
  /** Calls outside the cache; prefer `useApi`. */
  useTRPCClient: useApiClient,
} = createTRPCContext<AppRouter>()
