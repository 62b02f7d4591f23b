import { queryOf } from '@/app/w/_record/record-query'
import { type ActivityKind, kindsWithin } from '@/lib/audit/figures/activity-kinds'
import { EVENT_KINDS, type EventKind } from '@/lib/audit/figures/kind-names'
import type { Id } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'

const ALL = Object.keys(EVENT_KINDS) as EventKind[]

/** What shows exactly the entries that a figure counted as one kind. */
const filterFor = (kind: ActivityKind): RecordFilter => {
  if (kind === 'denied') return { outcome: 'denied' }
  const within = kindsWithin(kind)
  const outcome: RecordFilter['not'] = { outcome: ['denied'] }
  const [only, ...more] = within
  if (only !== undefined && more.length === 0) return { kind: only, not: outcome }
  return { not: { ...outcome, kind: ALL.filter((one) => !within.includes(one)) } }
}

/** The entries behind a number. @param kind left out: all of them */
export const rowsLink = (workspaceId: Id, filter: RecordFilter, kind?: ActivityKind): string =>
  `/w/${workspaceId}/record${queryOf({ ...filter, ...(kind === undefined ? {} : filterFor(kind)) })}`
