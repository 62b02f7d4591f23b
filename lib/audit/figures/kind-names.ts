/** What an event is about, for filters: each type belongs to exactly one. Apart from the catalogue, which pages need not fetch for it. */
export const EVENT_KINDS = {
  reads: 'Reading content',
  edits: 'Writing content',
  taken: 'Exports and copies',
  sharing: 'Who can see what',
  emergency: 'Emergency looks',
  requests: 'Requests and reviews',
  people: 'People and roles',
  agencies: 'Agencies and terms',
  looks: 'Looking at pages',
  audits: 'Looking at the record',
  integrity: 'Integrity of the record',
  account: 'Sign-in and accounts',
  upkeep: 'Mail, inbox and upkeep',
} as const

export type EventKind = keyof typeof EVENT_KINDS
