'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { filterOf, queryOf } from '@/app/w/_record/record-query'
import type { RecordFilter } from '@/lib/views/record'

/** The filter in the URL. Changing it makes a step in the browser's history, without asking the server for the page. */
export const useRecordFilter = () => {
  const query = useSearchParams()
  const filter = useMemo(() => filterOf(new URLSearchParams(query)), [query])
  const setFilter = (next: RecordFilter) =>
    window.history.pushState(null, '', `${window.location.pathname}${queryOf(next)}`)
  return { filter, setFilter }
}

/** The filter with some fields changed; undefined takes one away. */
export const changed = (
  filter: RecordFilter,
  change: { [Field in keyof RecordFilter]: RecordFilter[Field] | undefined },
): RecordFilter => {
  const entries = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as RecordFilter
}
