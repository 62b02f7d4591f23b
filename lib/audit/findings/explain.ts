import type { FindingRule } from '@/lib/audit/findings/finding-rules'
import type { Numbers } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'

const count = (n: number, one: string, many = `${one}s`) =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

const timesWords = (n: number): string =>
  n === 1 ? 'once' : n === 2 ? 'twice' : `${n.toLocaleString('en')} times`

const spanWords = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / 60_000)
  if (minutes < 1) return count(Math.max(1, Math.round(milliseconds / 1000)), 'second')
  return minutes < 120 ? count(minutes, 'minute') : count(Math.round(minutes / 60), 'hour')
}
const hourWords = (hour: number) =>
  `${String(hour).padStart(2, '0')}:00 and ${String((hour + 1) % 24).padStart(2, '0')}:00 UTC`

/** What was found, in a sentence with its numbers, without the person's name before it. @param nameOf who somebody is */
export const explain = (rule: FindingRule, numbers: Numbers, nameOf: (id: Id) => string | null): string => {
  const n = (name: string): number => Number(numbers[name] ?? 0)
  switch (rule) {
    case 'F-01':
      return `acted from a network that is new for them. Before: ${count(n('events'), 'entry', 'entries')} from ${count(n('known'), 'network')}.`
    case 'F-02':
      return `worked between ${hourWords(n('hour'))}. They did so, an hour more or less, on ${n('atThisHour')} of ${count(n('days'), 'day')} of work in ${count(n('history'), 'day')}.`
    case 'F-03':
      return `opened ${count(n('sections'), 'section')} in ${spanWords(n('span'))}; ${numbers.usual === undefined ? 'there is too little history to say what is usual for them' : `usual for them: ${n('usual')} a day, over ${count(n('days'), 'day')}`}.`
    case 'F-04':
      return `opened ${count(n('sections'), 'section')} in ${spanWords(n('span'))} and took content out ${spanWords(n('after'))} after the last of them.`
    case 'F-05':
      return `opened ${count(n('sections'), 'section')} in a day, ${n('daysBefore') === 0 ? 'the day' : count(n('daysBefore'), 'day')} ${n('daysBefore') === 0 ? 'on which they left' : 'before they left'}; usual until then: ${n('usual')} a day, over ${count(n('days'), 'day')}.`
    case 'F-06':
      return `was on record again after ${count(n('quiet'), 'day')} without an entry.`
    case 'F-07':
      return `was refused ${timesWords(n('times'))} and let in ${n('hours') < 1 ? 'within the hour' : `${count(n('hours'), 'hour')} later`}. ${changedBy(numbers, nameOf)}`
    case 'F-08':
      return `broke the glass. Before that: ${n('before') === 0 ? 'never' : timesWords(n('before'))} in this workspace.`
  }
}

const changedBy = ({ changedAt, by }: Numbers, nameOf: (id: Id) => string | null): string => {
  if (changedAt === undefined)
    return 'Nothing was changed on it itself in between: look at roles and agencies.'
  if (typeof by !== 'string') return 'In between it was opened by the clock.'
  return `In between ${nameOf(by) ?? 'somebody'} changed who may see it.`
}
