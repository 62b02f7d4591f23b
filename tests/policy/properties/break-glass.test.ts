import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenGlass } from '@/lib/policy/break-glass'
import { decide } from '@/lib/policy/decide'
import type { Facts, Request } from '@/lib/policy/facts'
import { nextChange } from '@/lib/policy/validity'
import { rankOf } from '@/lib/policy/vocabulary'
import { factsOf, NOW, requestOf, type Situation } from '@/tests/policy/case-language'
import * as random from '@/tests/policy/random-world'

const RUNS = { numRuns: 2_000 }
const seen: Request = { ask: 'level', needs: 'read' }
const withGlass = (facts: Facts): Facts => ({
  ...facts,
  breakGlass: [{ id: 'look', validity: { from: 0, until: facts.at + 1 } }],
})
const whole = (facts: Facts): Facts => ({ ...facts, breakGlass: [] })

describe('an emergency look on random worlds', () => {
  test('[R5] [R6] [R7] gives read where only those stood in the way, and nothing above read to anybody', () => {
    fc.assert(
      fc.property(random.facts, (given) => {
        // What another originator set on a source stays: sources.test.ts.
        const facts = { ...given, section: given.section && { ...given.section, sources: [] } }
        const before = decide(whole(facts), seen)
        const after = decide(withGlass(facts), seen)
        if (rankOf(before.level) >= rankOf('read')) expect(after).toEqual(before)
        else expect(rankOf(after.level)).toBeLessThanOrEqual(rankOf('read'))
        expect(rankOf(after.level)).toBeGreaterThanOrEqual(rankOf(before.level))
        if (['R1', 'R2', 'R3'].includes(before.rule) && before.level === 'none') expect(after).toEqual(before)
        if (facts.participation)
          expect(rankOf(after.level)).toBeLessThanOrEqual(rankOf(facts.participation.ceiling))
        const isMember = brokenGlass(withGlass(facts)).length > 0
        const isThere = ['R5', 'R6', 'R7'].includes(before.rule) && before.level === 'none' && isMember
        const ceiling = rankOf(facts.participation?.ceiling ?? 'none')
        if (isThere && ceiling >= rankOf('read')) {
          expect(after).toMatchObject({ allowed: true, level: 'read' })
          expect(after.rows).toContain('look')
        }
      }),
      RUNS,
    )
  })

  test('[R9] takes nothing out: no export, print or copy while it is in force', () => {
    fc.assert(
      fc.property(random.facts, fc.constantFrom('export', 'print', 'copy'), (facts, how) => {
        fc.pre(brokenGlass(withGlass(facts)).length > 0)
        expect(decide(withGlass(facts), { ask: 'handle', how, reason: 'needed' } as Request).allowed).toBe(
          false,
        )
      }),
      RUNS,
    )
  })

  test('[R2] [R7] turns no key, rules over nothing and gives no duty', () => {
    fc.assert(
      fc.property(random.facts, random.request, (facts, request) => {
        fc.pre(request.ask !== 'level' && request.ask !== 'handle')
        expect(decide(withGlass(facts), request)).toEqual(decide(whole(facts), request))
      }),
      RUNS,
    )
  })

  test('is nothing before it begins, when it is over, on a document, and for whoever is no member any more', () => {
    fc.assert(
      fc.property(random.facts, random.contentRequest, (facts, request) => {
        const over = [{ id: 'look', validity: { from: 0, until: facts.at } }]
        const early = [{ id: 'look', validity: { from: facts.at + 1, until: null } }]
        for (const breakGlass of [over, early])
          expect(decide({ ...facts, breakGlass }, request)).toEqual(decide(whole(facts), request))
        const document = { ...facts, section: null }
        expect(decide(withGlass(document), request)).toEqual(decide(whole(document), request))
        const left = { ...facts, membership: null }
        expect(decide(withGlass(left), request)).toEqual(decide(whole(left), request))
      }),
      RUNS,
    )
  })
})

test('its end is the next moment at which the answer must be asked for again', () => {
  const facts = factsOf({ section: { boundary: [] } })
  expect(nextChange(withGlass(facts))).toBe(NOW + 1)
})

const DENIED: [string, Situation, string][] = [
  ['[R1] a suspended person', { person: 'suspended' }, 'read'],
  ['[R2] an auditor', { role: 'auditor' }, 'read'],
  ['[R3] whoever is blocked', { denies: ['person Ann on section'] }, 'read'],
  ['[R4] beyond the ceiling of the organisation', { ceiling: 'discover' }, 'read'],
  ['[R4] an organisation that is suspended', { participation: 'suspended' }, 'read'],
  ['[R5] writing', {}, 'comment'],
  ['[R9] printing', { mayExport: true, section: { label: 'TLP:CLEAR' } }, 'print saying why'],
  ['[R7] a membership that is over', { membership: 'over' }, 'read'],
]
test.each(DENIED)('%s gets nothing by it', (_, situation, ask) => {
  const section = situation.section ?? { boundary: ['org Weather: edit'] }
  const facts = factsOf({ ...situation, section, brokenGlass: 'now' })
  expect(decide(facts, requestOf(ask)).allowed).toBe(false)
})
