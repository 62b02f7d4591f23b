import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Label } from '@/lib/marking/label'
import { decide } from '@/lib/policy/decide'
import type { Facts } from '@/lib/policy/facts'
import { rankOf } from '@/lib/policy/vocabulary'
import * as random from '@/tests/policy/random-world'

const RUNS = { numRuns: 1_500 }
const lists = fc.record({
  orgs: fc.option(fc.subarray<string>([...random.ORGS])),
  people: fc.option(fc.subarray<string>([...random.PEOPLE])),
})
const on = (facts: Facts, what: 'document' | 'section', more: Partial<Label>): Facts => {
  const object = facts[what]
  return object === null ? facts : { ...facts, [what]: { ...object, label: { ...object.label, ...more } } }
}

test('[R6] a list of a label lets nobody in who is not on it, whatever is granted, and never raises', () => {
  fc.assert(
    fc.property(
      random.facts,
      fc.constantFrom('document', 'section'),
      lists,
      (given, what, { orgs, people }) => {
        const facts = { ...given, breakGlass: [] }
        fc.pre(facts[what as 'section'] !== null)
        const free = on(facts, what as 'section', { orgs: null, people: null })
        const listed = on(facts, what as 'section', { orgs, people })
        const before = decide(free, { ask: 'level', needs: 'read' })
        const after = decide(listed, { ask: 'level', needs: 'read' })
        expect(rankOf(after.level)).toBeLessThanOrEqual(rankOf(before.level))
        const isOn =
          (orgs === null || orgs.includes(facts.subject.orgId)) &&
          (people === null || people.includes(facts.subject.personId))
        if (isOn) expect(after).toEqual(before)
        else expect(after.level).toBe('none')
      },
    ),
    RUNS,
  )
})

test('[R0] a list that is no list is an unknown fact', () => {
  fc.assert(
    fc.property(
      random.facts,
      fc.constantFrom<unknown>(undefined, 'County', [''], [7], {}),
      (facts, nonsense) => {
        fc.pre(facts.section !== null)
        const broken = on(facts, 'section', { orgs: nonsense as string[] })
        expect(decide(broken, { ask: 'level', needs: 'discover' })).toMatchObject({
          allowed: false,
          rule: 'R0',
        })
      },
    ),
    RUNS,
  )
})
