import { describe, expect, test } from 'vitest'
import { explain } from '@/lib/audit/findings/explain'
import { FINDING_RULES } from '@/lib/audit/findings/finding-rules'
import { followEvent, type Profile } from '@/lib/audit/findings/follow-event'
import type { Found } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'
import { ann, bob, CASES, DAY, type Draft, daily, event, NINE, org } from '@/tests/audit/findings/cases'

const follow = (events: readonly Draft[]): Found[] => {
  const profiles = new Map<Id, Profile>()
  return events.flatMap((draft) => {
    const found = followEvent(profiles, event(draft))
    // What waits in the database between batches is JSON: nothing else may be needed.
    for (const [id, profile] of profiles) profiles.set(id, JSON.parse(JSON.stringify(profile)))
    return found
  })
}

describe('what must be found, and what must not', () => {
  test.each(CASES)('[$rule] $what', ({ rule, events, numbers }) => {
    const found = follow(events).filter((one) => one.rule === rule)
    if (numbers === null) expect(found).toEqual([])
    else {
      const last = found.at(-1)
      expect(last?.numbers).toEqual(numbers)
      expect(last).toMatchObject({ personId: ann, orgId: org })
      expect(new Set(found.map(({ episode }) => episode)).size).toBe(1)
      expect(explain(rule, numbers, () => 'Bob')).not.toMatch(/undefined|NaN|\{/)
    }
  })

  test('every rule is both found and not found', () => {
    for (const rule of FINDING_RULES) {
      const cases = CASES.filter((one) => one.rule === rule)
      expect(cases.some(({ numbers }) => numbers !== null)).toBe(true)
      expect(cases.some(({ numbers }) => numbers === null)).toBe(true)
    }
  })

  test('ordinary weeks of several people give no finding at all', () => {
    const weeks = [0, 1, 2, 3].flatMap((n) =>
      [ann, bob, 'carl'].flatMap((personId) =>
        daily(5, 6, NINE + n * 7 * DAY).map((draft) => ({ ...draft, personId })),
      ),
    )
    expect(follow(weeks)).toEqual([])
  })

  test('a finding of the record’s own search is not searched', () => {
    expect(follow([...daily(1), { at: NINE + 90 * DAY, type: 'finding.disposed' as never }])).toEqual([])
  })
})

test('numbers in words', () => {
  const said = explain('F-03', { sections: 41, span: 180_000, usual: 4, days: 6 }, () => null)
  expect(said).toBe('opened 41 sections in 3 minutes; usual for them: 4 a day, over 6 days.')
  expect(explain('F-07', { times: 1, hours: 0, changedAt: 1, by: 'bob' }, () => 'Bob')).toBe(
    'was refused once and let in within the hour. In between Bob changed who may see it.',
  )
})
