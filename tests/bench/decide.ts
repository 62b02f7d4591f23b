import { newId } from '@/lib/ids'
import { TLP } from '@/lib/marking/tlp'
import { decide } from '@/lib/policy/decide'
import type { Facts, Request } from '@/lib/policy/facts'
import { factsOf, requestOf, type Situation } from '@/tests/policy/case-language'

/** Nanoseconds per decision on facts that are loaded already; the best of several rounds, after warming up. */
export interface DecideFigure {
  world: string
  nanoseconds: number
}

const otherPeople = Array.from({ length: 7 }, (_, i) => `person P${i}: read`)

const WORLDS: [string, Situation, string][] = [
  ['an editor, no boundary', {}, 'edit'],
  [
    'a boundary of two agencies',
    { section: { boundary: ['org Weather: manage', 'org County: edit'] } },
    'edit',
  ],
  [
    'both boundaries, a group, a grant',
    {
      dutyOfficer: 'yes',
      document: { boundary: ['org Weather: edit', 'org County: edit'] },
      section: { boundary: ['org Weather: edit', 'group Duty officers: edit'] },
      grants: ['person Ann: suggest on section'],
      denies: ['person Bob on section'],
    },
    'edit',
  ],
  [
    'eight named people',
    { section: { label: 'TLP:RED', boundary: [...otherPeople, 'person Ann: edit'] } },
    'edit',
  ],
  ['a stranger to the section', { section: { boundary: ['org Weather: edit'] } }, 'read'],
]

/** @param rounds of 2,000 decisions each; the best counts */
export const benchDecide = (rounds = 150): DecideFigure[] => {
  const cases = WORLDS.map(([world, situation, ask]) => ({
    world,
    facts: asLoaded(factsOf(situation)),
    request: requestOf(ask),
  }))
  // All worlds first: one that is measured alone would profit from code that has seen nothing else.
  for (let round = 0; round < 3; round++)
    for (const { facts, request } of cases) measure(facts, request, rounds)
  return cases.map(({ world, facts, request }) => ({ world, nanoseconds: measure(facts, request, rounds) }))
}

/** With ids of the real length, each a string of its own, as a database driver hands them out. */
const asLoaded = (facts: Facts): Facts => {
  const ids = new Map<string, string>()
  const idOf = (name: string) => {
    const id = ids.get(name) ?? newId()
    ids.set(name, id)
    return Buffer.from(id).toString('latin1')
  }
  const visit = (value: object): void => {
    for (const [key, inner] of Object.entries(value)) {
      const isId = (key === 'id' || key.endsWith('Id')) && typeof inner === 'string'
      // In place: an object that is rebuilt by a parser is slower to read than those that the loader makes.
      if (isId) Object.assign(value, { [key]: idOf(inner) })
      else if (inner !== null && typeof inner === 'object' && !TLP.includes(inner)) visit(inner)
    }
  }
  visit(facts)
  return facts
}

const measure = (facts: Facts, request: Request, rounds: number): number => {
  // Short rounds, and the best of many: a busy machine interrupts some of them, not all.
  const turns = 2_000
  let best = Number.POSITIVE_INFINITY
  let levels = 0
  for (let round = 0; round < rounds; round++) {
    const begin = process.hrtime.bigint()
    for (let i = 0; i < turns; i++) levels += decide(facts, request).level.length
    best = Math.min(best, Number(process.hrtime.bigint() - begin) / turns)
  }
  // Uses the results, so that the loop cannot be optimised away.
  return levels === 0 ? Number.NaN : best
}
