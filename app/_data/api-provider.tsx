'use client'

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { type ReactNode, useState } from 'react'
import superjson from 'superjson'
import { problemOf } from '@/app/_data/problem'
import { signInPath } from '@/app/_data/sign-in-path'
import { ApiContextProvider } from '@/app/_data/use-api'
import type { AppRouter } from '@/server/api/router'

/** A session that ended while someone worked: to the sign-in page, with the way back. */
const leaveIfSignedOut = (error: unknown): void => {
  if (problemOf(error).code !== 'signed_out' || location.pathname.startsWith('/sign-in')) return
  location.assign(signInPath(location.pathname + location.search, 'signed_out'))
}

const FINAL = new Set(['signed_out', 'denied', 'hidden', 'missing', 'conflict', 'invalid', 'too_large'])

const createQueryClient = (): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Every read is on record: none happens only because a window came to the front.
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && !FINAL.has(problemOf(error).code),
      },
    },
  })

/** In the root layout: the API client and its cache, one per open page. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient)
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [httpBatchLink({ url: '/api/trpc', transformer: superjson, maxItems: 10 })],
    }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <ApiContextProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </ApiContextProvider>
    </QueryClientProvider>
  )
}
