import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from '@/lib/policy/decide'
import type { Facts, Grant, Request, Source } from '@/lib/policy/facts'
import { inForce, nextChange } from '@/lib/policy/validity'
import { HANDLINGS, rankOf } from '@/lib/policy/vocabulary'
import { factsOf, NOW, requestOf, type Situation } from '@/tests/policy/case-language'
import * as random from '@/tests/policy/random-world'

const RUNS = { numRuns: 2_000 }
const ALWAYS = { from: 0, until: null }
const seen: Request = { ask: 'level', needs: 'discover' }

/** The facts of the same person at the source, where everything is granted: what is left is the ceiling there. */
const atSource = (facts: Facts, source: Source): Facts => {
  const everything: Grant = {
    id: 'everything',
    on: 'workspace',
    subjectKind: 'person',
    subjectId: facts.subject.personId,
    level: 'manage',
    validity: ALWAYS,
  }
  const { document, section } = facts
  if (document === null || section === null) throw new Error('a copy is a section')
  return {
    ...facts,
    document: { ...document, ...source.document, archived: false },
    section: source.section && { ...section, ...source.section, frozen: false, sources: [] },
    grants: [everything],
    denies: [...facts.denies, ...source.denies],
  }
}

const copy = fc
  .tuple(random.facts, fc.array(random.source, { minLength: 1, maxLength: 3 }))
  .filter(([facts]) => facts.section !== null)
  .map(([facts, sources]) => {
    const section = facts.section as NonNullable<Facts['section']>
    return { facts: { ...facts, section: { ...section, sources } }, sources }
  })

describe('a copy, split, move, merge, import or template is never wider than its sources', () => {
  test('[R3] [R5] [R6] in any level, whatever is granted on it', () => {
    let narrowed = 0
    fc.assert(
      fc.property(copy, random.contentRequest, ({ facts: given, sources }, request) => {
        const facts = { ...given, breakGlass: [] }
        const level = rankOf(decide(facts, request).level)
        for (const source of sources.filter(({ validity }) => inForce(validity, facts.at))) {
          const there = rankOf(decide(atSource(facts, source), { ask: 'govern' }).level)
          expect(level).toBeLessThanOrEqual(there)
        }
        const alone = { ...facts, section: { ...facts.section, sources: [] } }
        const without = rankOf(decide(alone, request).level)
        expect(level).toBeLessThanOrEqual(without)
        if (level < without) narrowed++
      }),
      RUNS,
    )
    expect(narrowed).toBeGreaterThan(50)
  })

  test('[R9] in export, print and copying onwards', () => {
    fc.assert(
      fc.property(copy, fc.constantFrom(...HANDLINGS), fc.constantFrom('', 'drill'), (world, how, reason) => {
        const facts = { ...world.facts, breakGlass: [] }
        const request: Request = { ask: 'handle', how, reason }
        fc.pre(decide(facts, request).allowed)
        for (const source of world.sources.filter(({ validity }) => inForce(validity, facts.at)))
          expect(decide(atSource(facts, source), request).allowed).toBe(true)
      }),
      RUNS,
    )
  })

  test('[R5] an emergency look does not pass what another originator set on a source', () => {
    fc.assert(
      fc.property(copy, ({ facts: given, sources }) => {
        const facts = { ...given, breakGlass: [{ id: 'look', validity: ALWAYS }] }
        const level = rankOf(decide(facts, seen).level)
        for (const source of sources) {
          if (source.section === null || source.originatorOrgId === facts.section.originatorOrgId) continue
          if (!inForce(source.validity, facts.at)) continue
          const there = { ...atSource(facts, source), breakGlass: [] }
          expect(level).toBeLessThanOrEqual(rankOf(decide(there, seen).level))
        }
      }),
      RUNS,
    )
  })
})

test('a link that is over, or has not begun, says nothing; one more never raises', () => {
  fc.assert(
    fc.property(copy, random.source, random.contentRequest, ({ facts, sources }, source, request) => {
      const with_ = { ...facts, section: { ...facts.section, sources: [...sources, source] } }
      const before = decide(facts, request)
      const after = decide(with_, request)
      expect(rankOf(after.level)).toBeLessThanOrEqual(rankOf(before.level))
      if (after.allowed) expect(before.allowed).toBe(true)
      if (!inForce(source.validity, facts.at)) expect(after).toEqual(before)
    }),
    RUNS,
  )
})

test('[R0] a source of which something is not known denies', () => {
  const broken: unknown[] = [
    null,
    {},
    { ...factsOf({ sources: [{}] }).section?.sources[0], document: null },
    { ...factsOf({ sources: [{}] }).section?.sources[0], section: { id: 'x', boundary: null } },
    { ...factsOf({ sources: [{}] }).section?.sources[0], denies: undefined },
    { ...factsOf({ sources: [{}] }).section?.sources[0], originatorOrgId: null },
  ]
  for (const source of broken) {
    const facts = factsOf({})
    const section = { ...facts.section, sources: [source] } as unknown as Facts['section']
    expect(decide({ ...facts, section }, requestOf('read'))).toMatchObject({ allowed: false, rule: 'R0' })
  }
})

test('whatever begins or ends at a source is a moment at which the answer must be asked for again', () => {
  const moment = (situation: Situation) => nextChange(factsOf(situation))
  expect(moment({})).toBeNull()
  expect(moment({ sources: [{ linked: 'not yet' }] })).toBe(NOW + 1)
  expect(moment({ sources: [{ section: { boundary: ['org County: read, just begun'] } }] })).toBe(NOW + 1)
  expect(moment({ sources: [{ document: { boundary: ['org County: read, not yet'] } }] })).toBe(NOW + 1)
})

const CASES: [string, Situation, string, boolean][] = [
  ['[R3] who is blocked at the source', { sources: [{ denies: ['person Ann on section'] }] }, 'read', false],
  [
    '[R5] who is not in its boundary',
    { sources: [{ section: { boundary: ['org Weather: edit'] } }] },
    'read',
    false,
  ],
  [
    '[R5] who only reads there',
    { sources: [{ section: { boundary: ['org County: read'] } }] },
    'edit',
    false,
  ],
  ['[R5] who only reads there', { sources: [{ section: { boundary: ['org County: read'] } }] }, 'read', true],
  [
    "[R5] who is not in its document's boundary",
    { sources: [{ document: { boundary: [] } }] },
    'read',
    false,
  ],
  [
    '[R5] who is not in that of the document it was moved from',
    { sources: [{ section: 'none', document: { boundary: [] } }] },
    'read',
    false,
  ],
  ['[R6] whom its label does not name', { sources: [{ section: { label: 'TLP:RED' } }] }, 'read', false],
  [
    '[R6] whom its label names one by one',
    { sources: [{ section: { label: 'TLP:RED', boundary: ['person Ann: edit'] } }] },
    'edit',
    true,
  ],
  [
    '[R5] who would rule over the copy',
    { role: 'lead', sources: [{ section: { boundary: ['org County: edit'] } }] },
    'govern',
    false,
  ],
  [
    '[R9] who would print it',
    { mayExport: true, section: { label: 'TLP:CLEAR' }, sources: [{ section: { label: 'TLP:AMBER' } }] },
    'print',
    false,
  ],
  ['after a release', { sources: [{ linked: 'over', section: { boundary: [] } }] }, 'edit', true],
]
test.each(CASES)('%s: %j, %s', (_, situation, ask, allowed) => {
  expect(decide(factsOf(situation), requestOf(ask)).allowed).toBe(allowed)
})
