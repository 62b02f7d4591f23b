import type { ActivityKind } from '@/lib/audit/figures/activity-kinds'
import type { Span } from '@/lib/audit/figures/span'
import type { Id } from '@/lib/ids'

/** How many events of each kind; kinds without any are left out. */
export type KindCounts = Partial<Record<ActivityKind, number>>

/** Steps in which nothing happened are left out. */
export interface ActivityView {
  span: Span
  points: { at: string; counts: KindCounts }[]
}

/** Events on documents by the agency of who acted. Cells without any are left out. */
export interface HeatMapView {
  span: Span
  orgs: { id: Id; name: string; shortCode: string; colour: number }[]
  /** Those with the most events first; `more` counts the documents that are not listed. */
  documents: { id: Id; title: string }[]
  cells: { documentId: Id; orgId: Id; events: number }[]
  more: number
}

/** One person's day in UTC, by quarters of an hour. */
export interface PersonDayView {
  from: string
  until: string
  points: { at: string; counts: KindCounts }[]
}
