'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { addressOf, type FilterField, filterOf, questionOf } from '@/app/w/_record/record-query'
import type { QuestionId } from '@/lib/audit/questions'
import type { RecordFilter } from '@/lib/views/record'

/**
 * Filter and question in the URL. Changing them makes a step in the browser's history, without asking the server for the
 * page. A filter that is changed by hand is no longer the question's answer, unless it is said that it is.
 */
export const useRecordFilter = () => {
  const query = useSearchParams()
  const filter = useMemo(() => filterOf(new URLSearchParams(query)), [query])
  const question = questionOf(new URLSearchParams(query))
  const setFilter = (next: RecordFilter, asked: QuestionId | null = null) =>
    window.history.pushState(null, '', `${window.location.pathname}${addressOf(next, asked)}`)
  return { filter, question, setFilter }
}

/** The filter with some fields changed; undefined takes one away. */
export const changed = (
  filter: RecordFilter,
  change: { [Field in keyof RecordFilter]: RecordFilter[Field] | undefined },
): RecordFilter => {
  const entries = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as RecordFilter
}

/** What was asked for is left out from now on. */
export const turnedAround = (filter: RecordFilter, field: FilterField): RecordFilter => {
  const value = filter[field]
  if (value === undefined) return filter
  const left = [...new Set([...(filter.not?.[field] ?? []), value])]
  return { ...changed(filter, { [field]: undefined }), not: { ...filter.not, [field]: left } }
}

/** Something that was left out is no longer. */
export const letIn = (filter: RecordFilter, field: FilterField, value: string): RecordFilter => {
  const left = (filter.not?.[field] ?? []).filter((one) => one !== value)
  const not = Object.fromEntries(
    Object.entries({ ...filter.not, [field]: left }).filter(([, values]) => values.length > 0),
  )
  return changed(filter, { not: Object.keys(not).length > 0 ? not : undefined })
}
