import type { Outcome } from '@/lib/audit/catalogue'
import type { EventKind } from '@/lib/audit/figures/kind-names'

/**
 * What a figure tells apart. A refusal counts as a refusal, whatever was asked for; everything else by what it is about. The
 * numbers are entries: opening a section and closing it again are two.
 */
export const ACTIVITY_KINDS = ['reads', 'writes', 'policy', 'denied', 'other'] as const
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

const OF: Record<EventKind, Exclude<ActivityKind, 'denied'>> = {
  reads: 'reads',
  taken: 'reads',
  edits: 'writes',
  sharing: 'policy',
  emergency: 'policy',
  requests: 'policy',
  people: 'policy',
  agencies: 'policy',
  looks: 'other',
  audits: 'other',
  integrity: 'other',
  account: 'other',
  upkeep: 'other',
}

export const activityKind = (kind: EventKind, outcome: Outcome): ActivityKind =>
  outcome === 'denied' ? 'denied' : OF[kind]

/** The kinds of events that a figure counts as one; for `denied` every kind. */
export const kindsWithin = (activity: ActivityKind): EventKind[] =>
  (Object.keys(OF) as EventKind[]).filter((kind) => activity === 'denied' || OF[kind] === activity)
