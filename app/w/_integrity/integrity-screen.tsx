'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Time } from '@/app/_components/marks/time'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { AgencyStandings } from '@/app/w/_integrity/agency-standings'
import { warningWords } from '@/app/w/_integrity/integrity-words'
import { TreeCard } from '@/app/w/_integrity/tree-card'
import { VerifyNow } from '@/app/w/_integrity/verify-now'
import type { Id } from '@/lib/ids'
import type { IntegrityPageView } from '@/lib/views/sealing/integrity'

const AGAIN_MS = 5_000
/** While the record is computed again. */
const SOON_MS = 1_000

/** How the record stands, now and while one looks. */
export function IntegrityScreen({ workspaceId, initial }: { workspaceId: Id; initial: IntegrityPageView }) {
  const api = useApi()
  const { data, error, dataUpdatedAt } = useQuery(
    api.record.integrity.queryOptions(
      { workspaceId },
      {
        initialData: initial,
        refetchInterval: ({ state }) => (state.data?.workspace.verifying ? SOON_MS : AGAIN_MS),
      },
    ),
  )
  const { workspace, instance } = data
  const now = useServerClock(workspace.at, dataUpdatedAt)
  const demonstration = workspace.agencies.some(({ witnesses }) => witnesses.some((one) => one.demonstration))
  return (
    <div className="flex flex-col gap-6">
      {error ? <ProblemView problem={problemOf(error)} /> : null}
      {demonstration ? (
        <Notice tone="warn" title="A demonstration">
          These witnesses run on the same machine as the record. They show how sealing works and prove
          nothing: whoever changes the one can change the other.
        </Notice>
      ) : null}
      <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
        {workspace.warnings.map((warning) => {
          const { title, text } = warningWords(warning)
          return (
            <Notice key={`${warning.why} ${warning.witness} ${warning.since}`} tone="danger" title={title}>
              {text} Since <Time at={warning.since} />.
            </Notice>
          )
        })}
      </div>
      <TreeCard title="Record of this workspace" view={workspace} now={now}>
        <VerifyNow workspaceId={workspaceId} view={workspace} now={now} />
      </TreeCard>
      <AgencyStandings agencies={workspace.agencies} now={now} />
      <TreeCard title="Record of the instance: sign-ins, people, organisations" view={instance} now={now} />
    </div>
  )
}

/** The server's clock, as far as this browser can tell: its own may be wrong by minutes. Ticks once a second. */
const useServerClock = (at: string, receivedAt: number): number => {
  const [elapsed, setElapsed] = useState(0)
  useEffect(() => {
    const tick = () => setElapsed(Math.max(0, Date.now() - receivedAt))
    tick()
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [receivedAt])
  return Date.parse(at) + elapsed
}
