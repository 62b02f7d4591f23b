'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { TextArea } from '@/app/_components/controls/text-area'
import { announce } from '@/app/_components/feedback/announce'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Skeleton } from '@/app/_components/feedback/skeleton'
import { Card } from '@/app/_components/layout/card'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { FORMATS } from '@/app/w/_exports/export-words'
import type { Id } from '@/lib/ids'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'
import { EXPORT_FORMATS, type ExportFormat, type ExportsView } from '@/lib/views/record/record-export'

// Fetched when a format is chosen that can be narrowed.
const NarrowExport = lazy(() =>
  import('@/app/w/_exports/narrow-export').then((m) => ({ default: m.NarrowExport })),
)

interface AskExportProps {
  workspaceId: Id
  choices: RecordChoicesView
  scope: ExportsView['scope']
}

/** What to take along, as what, and what for. The filter is in the address, as on the page of entries, which sends along what it shows (`?as=csv&…`). */
export function AskExport({ workspaceId, choices, scope }: AskExportProps) {
  const api = useApi()
  const client = useQueryClient()
  /** Null until it is known: what was not narrowed yet must not go out as everything. */
  const [filter, setFilter] = useState<RecordFilter | null>(null)
  const asked = useSearchParams().get('as')
  const [format, setFormat] = useState<ExportFormat>(EXPORT_FORMATS.find((one) => one === asked) ?? 'bundle')
  const [reason, setReason] = useState('')
  const ask = useMutation(
    api.exports.ask.mutationOptions({
      onSuccess: async () => {
        setReason('')
        announce('Asked for. It is being made.')
        await client.invalidateQueries({ queryKey: api.exports.pathKey() })
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const narrowed = format === 'bundle' ? {} : filter
    if (!ask.isPending && narrowed !== null) ask.mutate({ workspaceId, format, filter: narrowed, reason })
  }
  return (
    <Card aria-labelledby="ask-export" className="p-4">
      <h2 id="ask-export" className="mb-3 font-semibold text-lg">
        Ask for an export
      </h2>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <fieldset className="grid gap-2 md:grid-cols-3">
          <legend className="mb-1 font-medium text-sm">As what</legend>
          {EXPORT_FORMATS.map((one) => (
            <label
              key={one}
              className="flex cursor-pointer gap-2.5 rounded-md border p-2.5 has-checked:border-primary has-checked:bg-primary-soft"
            >
              <input
                type="radio"
                name="format"
                value={one}
                checked={format === one}
                onChange={() => setFormat(one)}
                aria-describedby={`says-${one}`}
                className="mt-1 size-4 shrink-0 accent-primary"
              />
              <span className="min-w-0">
                <span className="font-medium">{FORMATS[one].label}</span>
                <span id={`says-${one}`} className="block text-muted-foreground text-sm">
                  {FORMATS[one].says}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        {format === 'bundle' ? null : (
          <Suspense fallback={<Skeleton className="h-40 w-full" />}>
            <NarrowExport workspaceId={workspaceId} choices={choices} onFilter={setFilter} />
          </Suspense>
        )}
        <Field
          label="What it is for"
          hint={`On record with your name. ${
            scope === 'whole'
              ? 'It holds the whole record of this workspace.'
              : 'It holds what your agency may see: what its people did, what was done to its documents and sections, and workspace policy.'
          }`}
        >
          {(control) => (
            <TextArea
              {...control}
              rows={2}
              required
              minLength={3}
              maxLength={2_000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {ask.error ? <ProblemView problem={problemOf(ask.error)} /> : null}
        <Button type="submit" variant="primary" busy={ask.isPending} className="self-start">
          Make it
        </Button>
      </form>
    </Card>
  )
}
