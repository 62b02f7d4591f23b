'use client'

import { useQuery } from '@tanstack/react-query'
import { RequestRow } from '@/app/_asks/answer/request-row'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

/** The requests for one thing that I can answer, on top of its share dialog; nothing when there are none. */
export function RequestsHere({ workspaceId, on }: { workspaceId: Id; on: Id }) {
  const { data } = useQuery(useApi().requests.list.queryOptions({ workspaceId }, { retry: false }))
  const here = data?.requests.filter((one) => (one.on.sectionId ?? one.on.documentId) === on) ?? []
  if (here.length === 0) return null
  return (
    <section aria-labelledby="requests-here">
      <h3 id="requests-here" className="mb-2 font-semibold">
        Requests for access
      </h3>
      <ul className="divide-y rounded-lg border">
        {here.map((request) => (
          <RequestRow key={request.id} request={request} withPlace={false} />
        ))}
      </ul>
    </section>
  )
}
