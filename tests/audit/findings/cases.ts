import type { FindingRule } from '@/lib/audit/findings/finding-rules'
import type { SeenEvent } from '@/lib/audit/findings/types'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** A Monday, nine in the morning. */
export const NINE = Date.parse('2026-03-02T09:00:00Z')
export const [ann, bob, org, plan] = ['ann', 'bob', 'org', 'plan'] as const

export type Draft = Partial<SeenEvent> & { at: number }
let made = 0
export const event = (draft: Draft): SeenEvent => ({
  id: `e${++made}`,
  type: 'section.opened',
  outcome: 'allowed',
  personId: ann,
  orgId: org,
  documentId: plan,
  sectionId: 's0',
  targetId: null,
  network: 'k:0',
  ...draft,
})

/** `each` a day, at nine, on so many days from the first. */
export const daily = (days: number, sections = 4, from = NINE): Draft[] =>
  Array.from({ length: days }, (_, day) =>
    Array.from({ length: sections }, (_, n) => ({ at: from + day * DAY + n * MINUTE, sectionId: `s${n}` })),
  ).flat()
const reads = (at: number, sections: number, apart: number): Draft[] =>
  Array.from({ length: sections }, (_, n) => ({ at: at + n * apart, sectionId: `r${n}` }))

interface Case {
  rule: FindingRule
  what: string
  events: Draft[]
  /** Null: must not be found. */
  numbers: Record<string, number | string> | null
}
const week = NINE + 7 * DAY

export const CASES: Case[] = [
  {
    rule: 'F-01',
    what: 'a second network after 20 entries',
    events: [...daily(5), { at: week, network: 'k:1' }],
    numbers: { known: 1, events: 20 },
  },
  { rule: 'F-01', what: 'the same network', events: [...daily(6)], numbers: null },
  {
    rule: 'F-01',
    what: 'a network that is known already',
    events: [{ at: NINE - DAY, network: 'k:1' }, ...daily(6), { at: week, network: 'k:1' }],
    numbers: null,
  },
  {
    rule: 'F-01',
    what: 'too few entries to know',
    events: [...daily(4), { at: week, network: 'k:1' }],
    numbers: null,
  },
  {
    rule: 'F-01',
    what: 'a network that is not known any more',
    events: [...daily(6), { at: week, network: null }],
    numbers: null,
  },
  {
    rule: 'F-01',
    what: 'a refusal from elsewhere',
    events: [...daily(6), { at: week, network: 'k:1', outcome: 'denied' }],
    numbers: null,
  },

  {
    rule: 'F-02',
    what: 'three at night after three weeks of mornings',
    events: [...daily(21), { at: NINE + 21 * DAY + 18 * HOUR }],
    numbers: { hour: 3, atThisHour: 0, days: 21, history: 21 },
  },
  {
    rule: 'F-02',
    what: 'an hour beside a usual one',
    events: [...daily(21), { at: NINE + 21 * DAY + HOUR }],
    numbers: null,
  },
  {
    rule: 'F-02',
    what: 'less than two weeks of history',
    events: [...daily(13), { at: NINE + 13 * DAY + 3 * HOUR }],
    numbers: null,
  },
  {
    rule: 'F-02',
    what: 'two weeks, but hardly any work in them',
    events: [...daily(1), ...daily(1, 4, NINE + 15 * DAY), { at: NINE + 16 * DAY + 18 * HOUR }],
    numbers: null,
  },
  {
    rule: 'F-02',
    what: 'a look at a page, which is no work',
    events: [...daily(21), { at: NINE + 21 * DAY + 18 * HOUR, type: 'members.viewed' as never }],
    numbers: null,
  },

  {
    rule: 'F-03',
    what: '41 sections in 3 minutes, usually 4 a day',
    events: [...daily(6), ...reads(week, 41, 4_500)],
    numbers: { sections: 41, span: 180_000, usual: 4, days: 6 },
  },
  {
    rule: 'F-03',
    what: 'the same section 100 times',
    events: [...daily(6), ...Array.from({ length: 100 }, (_, n) => ({ at: week + n * 1_000 }))],
    numbers: null,
  },
  {
    rule: 'F-03',
    what: '41 sections over an afternoon',
    events: [...daily(6), ...reads(week, 41, 5 * MINUTE)],
    numbers: null,
  },
  {
    rule: 'F-03',
    what: '41 sections by somebody who opens 40 every day',
    events: [...daily(6, 40), ...reads(week, 41, 4_500)],
    numbers: null,
  },
  { rule: 'F-03', what: '41 sections on the first day', events: reads(NINE, 41, 4_500), numbers: null },
  {
    rule: 'F-03',
    what: '61 sections on the first day',
    events: reads(NINE, 61, 4_500),
    numbers: { sections: 61, span: 270_000 },
  },

  {
    rule: 'F-04',
    what: 'twelve sections, then a print',
    events: [...reads(NINE, 12, MINUTE), { at: NINE + 15 * MINUTE, type: 'document.printed' as never }],
    numbers: { sections: 12, span: 15 * MINUTE, after: 4 * MINUTE },
  },
  {
    rule: 'F-04',
    what: 'an export of what was hardly read',
    events: [...reads(NINE, 9, MINUTE), { at: NINE + 15 * MINUTE, type: 'review.exported' }],
    numbers: null,
  },
  {
    rule: 'F-04',
    what: 'an export two hours later',
    events: [...reads(NINE, 12, MINUTE), { at: NINE + 2 * HOUR, type: 'review.exported' }],
    numbers: null,
  },
  {
    rule: 'F-04',
    what: 'an export that was refused',
    events: [
      ...reads(NINE, 12, MINUTE),
      { at: NINE + 15 * MINUTE, type: 'review.exported', outcome: 'denied' },
    ],
    numbers: null,
  },

  {
    rule: 'F-05',
    what: 'removed two days after a day of 15',
    events: [
      ...daily(6),
      ...reads(week, 15, 5 * MINUTE),
      { at: week + 2 * DAY, type: 'membership.ended', personId: bob, targetId: ann },
    ],
    numbers: { sections: 15, usual: 4, days: 6, daysBefore: 2 },
  },
  {
    rule: 'F-05',
    what: 'the agency leaves the same day',
    events: [
      ...daily(6),
      ...reads(week, 15, 5 * MINUTE),
      { at: week + 3 * HOUR, type: 'participation.left', personId: bob, orgId: org, targetId: org },
    ],
    numbers: { sections: 15, usual: 4, days: 6, daysBefore: 0 },
  },
  {
    rule: 'F-05',
    what: 'removed two weeks later',
    events: [
      ...daily(6),
      ...reads(week, 15, 5 * MINUTE),
      { at: week + 14 * DAY, type: 'membership.ended', personId: bob, targetId: ann },
    ],
    numbers: null,
  },
  {
    rule: 'F-05',
    what: 'somebody else is removed',
    events: [
      ...daily(6),
      ...reads(week, 15, 5 * MINUTE),
      { at: week + DAY, type: 'membership.ended', personId: bob, targetId: 'carl' },
    ],
    numbers: null,
  },
  {
    rule: 'F-05',
    what: 'removed after days as ever',
    events: [...daily(6, 12), { at: week, type: 'membership.ended', personId: bob, targetId: ann }],
    numbers: null,
  },

  {
    rule: 'F-06',
    what: 'back after 30 days',
    events: [...daily(1), { at: NINE + 3 * MINUTE + 30 * DAY }],
    numbers: { quiet: 30, last: NINE + 3 * MINUTE },
  },
  { rule: 'F-06', what: 'back after 29 days', events: [...daily(1), { at: NINE + 29 * DAY }], numbers: null },
  { rule: 'F-06', what: 'never here before', events: [{ at: NINE + 300 * DAY }], numbers: null },

  {
    rule: 'F-07',
    what: 'refused twice, let in by Bob',
    events: [
      { at: NINE, outcome: 'denied' },
      { at: NINE + HOUR, outcome: 'denied' },
      { at: NINE + 2 * HOUR, type: 'boundary.widened', personId: bob },
      { at: NINE + 3 * HOUR },
    ],
    numbers: { times: 2, hours: 3, changedAt: NINE + 2 * HOUR, by: bob },
  },
  {
    rule: 'F-07',
    what: 'let in by something on the document',
    events: [
      { at: NINE, outcome: 'denied' },
      { at: NINE + HOUR, type: 'grant.started', personId: bob, sectionId: null },
      { at: NINE + 2 * HOUR },
    ],
    numbers: { times: 1, hours: 2, changedAt: NINE + HOUR, by: bob },
  },
  {
    rule: 'F-07',
    what: 'nothing on the section was changed in between',
    events: [
      { at: NINE - HOUR, type: 'grant.started', personId: bob },
      { at: NINE, outcome: 'denied' },
      { at: NINE + HOUR },
    ],
    numbers: { times: 1, hours: 1 },
  },
  {
    rule: 'F-07',
    what: 'refused once, and let into another section',
    events: [
      { at: NINE, outcome: 'denied' },
      { at: NINE + HOUR, sectionId: 's1' },
    ],
    numbers: null,
  },
  {
    rule: 'F-07',
    what: 'three weeks later',
    events: [{ at: NINE, outcome: 'denied' }, { at: NINE + 21 * DAY }],
    numbers: null,
  },
  {
    rule: 'F-07',
    what: 'another person was refused',
    events: [{ at: NINE, outcome: 'denied', personId: bob }, { at: NINE + HOUR }],
    numbers: null,
  },

  {
    rule: 'F-08',
    what: 'a broken glass',
    events: [{ at: NINE, type: 'break_glass.opened' }],
    numbers: { before: 0 },
  },
  {
    rule: 'F-08',
    what: 'a glass that could not be broken',
    events: [{ at: NINE, type: 'break_glass.opened', outcome: 'denied' }],
    numbers: null,
  },
]
