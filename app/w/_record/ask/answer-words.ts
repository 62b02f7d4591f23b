import { eventWords } from '@/app/w/_record/event-words'
import { capital } from '@/app/w/_record/plain-words'
import type { Grouping } from '@/lib/audit/questions'
import type { RecordGroupsView, RecordGroupView } from '@/lib/views/desk'

/** Beyond so many kinds of events the rest is only counted. */
const MOST_SAID = 3

const times = (n: number): string =>
  n === 1 ? 'once' : n === 2 ? 'twice' : `${n.toLocaleString('en')} times`
const some = (n: number, one: string, many: string): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

const UNITS: Record<Grouping, [one: string, many: string]> = {
  person: ['person', 'people'],
  org: ['agency', 'agencies'],
  object: ['thing', 'things'],
  type: ['kind of event', 'kinds of events'],
  rule: ['rule', 'rules'],
}

/** "37 entries, by 5 people" */
export const totalWords = ({ entries, groups, isWhole }: RecordGroupsView, by: Grouping): string => {
  const of = by === 'person' || by === 'org' ? 'by' : by === 'object' ? 'on' : 'of'
  const total = some(entries, 'entry', 'entries')
  // What the clock and the server did is a group without anybody.
  const somebody = groups.filter(({ key }) => key !== null).length
  const counted = by === 'person' || by === 'org' ? somebody : groups.length
  const whole = isWhole ? total : `More than ${total}`
  return counted === 0 ? `${whole}.` : `${whole}, ${of} ${some(counted, ...UNITS[by])}.`
}

/** "Opened a section 14 times, edited a section twice, and 3 more." */
export const didWords = ({ types, entries }: RecordGroupView, by: Grouping): string => {
  if (by === 'type') return `${capital(times(entries))}.`
  const said = types.slice(0, MOST_SAID).map(({ type, entries: n }) => `${eventWords(type)} ${times(n)}`)
  const more = types.slice(MOST_SAID).reduce((sum, { entries: n }) => sum + n, 0)
  return `${capital(said.join(', '))}${more > 0 ? `, and ${more.toLocaleString('en')} more` : ''}.`
}
