'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Button } from '@/app/_components/controls/button'
import { buttonClass } from '@/app/_components/controls/button-class'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { Time } from '@/app/_components/marks/time'
import { useApi } from '@/app/_data/use-api'
import { countWords, FORMATS, STATES, sizeWords } from '@/app/w/_exports/export-words'
import type { RecordChoicesView } from '@/lib/views/record'
import { EXPORT_PATH, type ExportView } from '@/lib/views/record/record-export'

// The words of the catalogue are a good part of what a page may load.
const FilterSaid = lazy(() => import('@/app/w/_exports/filter-said').then((m) => ({ default: m.FilterSaid })))

/** One export: what was asked for, how far it is, and the file once it is there. */
export function ExportRow({ view, choices }: { view: ExportView; choices: RecordChoicesView }) {
  const api = useApi()
  const client = useQueryClient()
  const cancel = useMutation(
    api.exports.cancel.mutationOptions({
      onError: toastProblem,
      onSettled: () => client.invalidateQueries({ queryKey: api.exports.pathKey() }),
    }),
  )
  const { id, format, state, filter, reason, askedAt, done, total, bytes, hash, expiresAt } = view
  const underWay = state === 'waiting' || state === 'running'
  return (
    <li className="flex flex-col gap-1.5 px-3 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 font-medium">
          {FORMATS[format].label}
          <span className="font-normal text-muted-foreground"> · {STATES[state]}</span>
        </p>
        {state === 'done' ? (
          <a href={`${EXPORT_PATH}${id}`} download className={buttonClass({ size: 'sm' })}>
            <Download aria-hidden />
            Download{bytes === null ? '' : ` ${sizeWords(bytes)}`}
          </a>
        ) : null}
        {underWay ? (
          <Button size="sm" busy={cancel.isPending} onClick={() => cancel.mutate({ exportId: id })}>
            Call off
          </Button>
        ) : null}
      </div>
      {underWay ? <Progress done={done} total={total} /> : null}
      <p className="text-muted-foreground text-sm">
        {format === 'bundle' ? (
          'Everything'
        ) : (
          <Suspense fallback="…">
            <FilterSaid filter={filter} choices={choices} />
          </Suspense>
        )}
        {state === 'done' && total !== null ? ` · ${countWords(done, 'entry', 'entries')}` : ''}
      </p>
      <p className="break-words text-sm">{reason}</p>
      <p className="text-muted-foreground text-sm">
        Asked for <Time at={askedAt} as="minute" />
        {state === 'done' && expiresAt !== null ? (
          <>
            , deleted <Time at={expiresAt} as="minute" />
          </>
        ) : null}
      </p>
      {state === 'done' && hash !== null ? (
        <p className="break-all font-mono text-muted-foreground text-xs">SHA-256 {hash}</p>
      ) : null}
    </li>
  )
}

function Progress({ done, total }: { done: number; total: number | null }) {
  const words =
    total === null
      ? 'Counting the entries'
      : `${done.toLocaleString('en-GB')} of ${countWords(total, 'entry', 'entries')}`
  return (
    <div className="flex items-center gap-3">
      <progress
        aria-label="How far it is"
        className="h-2 min-w-0 flex-1 accent-primary"
        {...(total === null ? {} : { value: Math.min(done, total), max: Math.max(1, total) })}
      />
      <span className="text-muted-foreground text-sm tabular-nums">{words}</span>
    </div>
  )
}
