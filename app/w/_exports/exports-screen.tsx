'use client'

import { useQuery } from '@tanstack/react-query'
import { FileDown } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { announce } from '@/app/_components/feedback/announce'
import { Empty } from '@/app/_components/feedback/empty'
import { useApi } from '@/app/_data/use-api'
import { AskExport } from '@/app/w/_exports/ask-export'
import { ExportRow } from '@/app/w/_exports/export-row'
import { FORMATS } from '@/app/w/_exports/export-words'
import { StreamList } from '@/app/w/_exports/stream-list'
import type { Id } from '@/lib/ids'
import type { RecordChoicesView } from '@/lib/views/record'
import type { ExportsView } from '@/lib/views/record/record-export'

interface ExportsScreenProps {
  workspaceId: Id
  initial: ExportsView
  choices: RecordChoicesView
}

/** While one is being made the page asks every second; else only when it is opened. */
const WATCH_MS = 1_000
const underWay = ({ exports }: ExportsView) =>
  exports.some(({ state }) => state === 'waiting' || state === 'running')

export function ExportsScreen({ workspaceId, initial, choices }: ExportsScreenProps) {
  const { data } = useQuery({
    ...useApi().exports.list.queryOptions({ workspaceId }),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data !== undefined && underWay(state.data) ? WATCH_MS : false),
  })
  useSayWhatIsReady(data)
  return (
    <div className="flex flex-col gap-8 pt-3">
      <AskExport workspaceId={workspaceId} choices={choices} scope={data.scope} />
      <section aria-labelledby="exports-of-mine" className="flex flex-col gap-2">
        <h2 id="exports-of-mine" className="font-semibold text-lg">
          Your exports
        </h2>
        {data.exports.length === 0 ? (
          <Empty icon={<FileDown />} title="No export yet">
            What you ask for is made here, also while you are away. Only you can download it, for seven days,
            and only while you are an auditor.
          </Empty>
        ) : (
          <ul className="divide-y rounded-lg border bg-card">
            {data.exports.map((one) => (
              <ExportRow key={one.id} view={one} choices={choices} />
            ))}
          </ul>
        )}
      </section>
      <StreamList streams={data.streams} />
    </div>
  )
}

/** For who does not look at the list while one is being made. */
const useSayWhatIsReady = ({ exports }: ExportsView): void => {
  const before = useRef(new Map(exports.map(({ id, state }) => [id, state])))
  useEffect(() => {
    for (const { id, state, format } of exports) {
      const was = before.current.get(id)
      if (was !== undefined && was !== state && state === 'done')
        announce(`${FORMATS[format].label} is ready`)
      before.current.set(id, state)
    }
  }, [exports])
}
