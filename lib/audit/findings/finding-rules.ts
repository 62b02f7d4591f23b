const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const FINDING_STATES = ['open', 'expected', 'follow_up', 'escalated'] as const
export type FindingState = (typeof FINDING_STATES)[number]

export type Severity = 'low' | 'medium' | 'high'

/**
 * Everything that the record is searched for, with the limits at which something counts. All times are UTC, all spans in
 * milliseconds. They are guesses of what is unusual among people who plan together, not measurements: who changes one changes
 * it here, and the page says the new one.
 */
export const LIMITS = {
  'F-01': { knownEvents: 20 },
  'F-02': { history: 14 * DAY, activeDays: 5, usualShare: 0.1 },
  'F-03': { window: 10 * MINUTE, sections: 30, sectionsWithoutHistory: 60, timesUsual: 5, activeDays: 3 },
  'F-04': { window: HOUR, sections: 10 },
  'F-05': { before: 7 * DAY, sections: 10, timesUsual: 3, activeDays: 3 },
  'F-06': { quiet: 30 * DAY },
  'F-07': { within: 14 * DAY },
  'F-08': {},
} as const

export type FindingRule = keyof typeof LIMITS
export const FINDING_RULES = Object.keys(LIMITS) as [FindingRule, ...FindingRule[]]

const L = LIMITS
const days = (span: number) => span / DAY
const minutes = (span: number) => span / MINUTE

/** What each rule is called, and what it looks for, in words with its limits. */
export const RULE_WORDS: Record<FindingRule, { title: string; looksFor: string; severity: Severity }> = {
  'F-01': {
    title: 'First access from a new network',
    looksFor: `Somebody who has at least ${L['F-01'].knownEvents} entries on record here acts from a network (the first 24 bits of an IPv4 address, the first 48 of an IPv6 address) from which they never acted here. Only a keyed hash of the network is remembered; no address.`,
    severity: 'low',
  },
  'F-02': {
    title: 'Outside usual hours',
    looksFor: `Somebody reads or writes at an hour (UTC) that, with the hours beside it, was theirs on less than ${L['F-02'].usualShare * 100}% of their days so far. Needs ${days(L['F-02'].history)} days of their own history with at least ${L['F-02'].activeDays} days of work in it; before that nothing is found. At most once a day.`,
    severity: 'low',
  },
  'F-03': {
    title: 'Sweep over many sections',
    looksFor: `Somebody opens at least ${L['F-03'].sections} different sections within ${minutes(L['F-03'].window)} minutes, and at least ${L['F-03'].timesUsual} times as many as they usually open in a whole day. With fewer than ${L['F-03'].activeDays} days of history: at least ${L['F-03'].sectionsWithoutHistory} sections.`,
    severity: 'high',
  },
  'F-04': {
    title: 'Read, then exported',
    looksFor: `Somebody takes content out within ${minutes(L['F-04'].window)} minutes after opening at least ${L['F-04'].sections} different sections.`,
    severity: 'medium',
  },
  'F-05': {
    title: 'Unusual reading shortly before leaving',
    looksFor: `A membership or an agency’s part ends, and on a day of the ${days(L['F-05'].before)} before, the person opened at least ${L['F-05'].sections} different sections and at least ${L['F-05'].timesUsual} times as many as on their days until then (at least ${L['F-05'].activeDays} of them).`,
    severity: 'high',
  },
  'F-06': {
    title: 'Dormant account wakes',
    looksFor: `Somebody acts who has not been on record here for at least ${days(L['F-06'].quiet)} days.`,
    severity: 'medium',
  },
  'F-07': {
    title: 'Refused, then let in',
    looksFor: `Somebody opens a section or document that they were refused within the ${days(L['F-07'].within)} days before. Says who changed what in between, if it was changed on the section or document itself.`,
    severity: 'medium',
  },
  'F-08': {
    title: 'Break-glass',
    looksFor: 'Somebody opens a section by breaking the glass. Every time.',
    severity: 'high',
  },
}
