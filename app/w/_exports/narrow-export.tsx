'use client'

import { useEffect, useState } from 'react'
import { FilterChips } from '@/app/w/_record/filter/filter-chips'
import { FilterPanel } from '@/app/w/_record/filter/filter-panel'
import { useRecordFilter } from '@/app/w/_record/use-record-filter'
import type { Id } from '@/lib/ids'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

interface NarrowExportProps {
  workspaceId: Id
  choices: RecordChoicesView
  /** Told at first and whenever it changes. */
  onFilter: (filter: RecordFilter) => void
}

/** The desk's own filter, in the page's address as there. */
export function NarrowExport({ workspaceId, choices, onFilter }: NarrowExportProps) {
  const { filter, setFilter } = useRecordFilter()
  const [found, setFound] = useState<ReadonlyMap<string, string>>(new Map())
  useEffect(() => onFilter(filter), [filter, onFilter])
  return (
    <div className="flex flex-col gap-2">
      <FilterPanel
        workspaceId={workspaceId}
        choices={choices}
        filter={filter}
        onChange={(next) => setFilter(next)}
        onFound={({ id, name }) => setFound((before) => new Map(before).set(id, name))}
      />
      <FilterChips filter={filter} choices={choices} found={found} onChange={setFilter} />
    </div>
  )
}
