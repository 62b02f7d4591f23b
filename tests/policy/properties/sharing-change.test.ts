import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TLP } from '@/lib/marking/tlp'
import { decide } from '@/lib/policy/decide'
import type { Facts, Request } from '@/lib/policy/facts'
import { LEVELS, rankOf } from '@/lib/policy/vocabulary'
import type { SharingChange } from '@/lib/views/sharing'
import { compareLevels } from '@/server/operations/sharing/compare-levels'
import { hypothesisOf, type Planned, planOf } from '@/server/operations/sharing/hypothesis'
import type { Concerned } from '@/server/policy/who-can'
import { AT, facts, ORGS, orgOf, PEOPLE } from '@/tests/policy/random-world'

/** The same object for everybody: facts differ by who is asked about, and by the moment. */
const everybody = (world: Facts, at: number): Facts[] =>
  PEOPLE.map((personId) => ({
    ...world,
    at,
    subject: { ...world.subject, personId, orgId: orgOf(personId) },
    participation: world.participation && { ...world.participation, orgId: orgOf(personId) },
  }))

const concerned = (world: Facts, at: number): Concerned[] => [
  {
    documentId: 'document',
    sectionId: 'section',
    originatorOrgId: 'County',
    people: everybody(world, at).map((own) => ({
      personId: own.subject.personId,
      name: own.subject.personId,
      orgId: own.subject.orgId,
      orgName: own.subject.orgId,
      decision: decide(own, { ask: 'govern' }),
      facts: own,
    })),
  },
]

const levelOf = (of: Facts, request: Request) => rankOf(decide(of, request).level)
const judge = (world: Facts, planned: Planned, moments: readonly number[]) =>
  compareLevels(
    moments.map((at) => concerned(world, at)),
    hypothesisOf(planned),
    planned,
  )

const onSection = facts.filter(({ section }) => section !== null)
const ref = { sectionId: 'section' }
const plan = (world: Facts, change: SharingChange): Planned => {
  const label = TLP.find(({ id }) => id === change.label)
  return planOf(ref, change, label, world.at)
}
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
const subject = fc.oneof(
  fc.record({ subjectKind: fc.constant('org' as const), subjectId: fc.constantFrom<string>(...ORGS) }),
  fc.record({ subjectKind: fc.constant('person' as const), subjectId: fc.constantFrom<string>(...PEOPLE) }),
)
const until = fc.option(fc.integer({ min: AT + 1, max: AT + 40 })).map(iso)
const clause = fc.record({ who: subject, maxLevel: fc.constantFrom(...LEVELS.slice(1)), until })
const someChange: fc.Arbitrary<SharingChange> = fc.record(
  {
    boundary: fc.option(
      fc.array(
        clause.map(({ who, ...rest }) => ({ ...who, ...rest })),
        { maxLength: 3 },
      ),
    ),
    grants: fc.record({
      add: fc.array(
        fc
          .record({ who: subject, level: fc.constantFrom(...LEVELS.slice(1)), until })
          .map(({ who, ...rest }) => ({ ...who, ...rest })),
        { maxLength: 2 },
      ),
      end: fc.constant([]),
    }),
    denies: fc.record({
      add: fc.array(
        fc.record({ who: subject, until }).map(({ who, ...rest }) => ({ ...who, ...rest })),
        { maxLength: 2 },
      ),
      end: fc.constant([]),
    }),
    label: fc.constantFrom(...TLP.map(({ id }) => id)),
    frozen: fc.boolean(),
  },
  { requiredKeys: [] },
)

/** Moments all over these small worlds. */
const ALL_MOMENTS = Array.from({ length: 30 }, (_, step) => AT + 2 * step)

describe('a change of sharing', () => {
  it('[R5] finds everybody who would have more at any moment, and nobody else', () => {
    let gainers = 0
    fc.assert(
      fc.property(onSection, someChange, (world, change) => {
        const planned = plan({ ...world, at: AT }, change)
        const { gain } = judge(world, planned, ALL_MOMENTS)
        const after = hypothesisOf(planned)
        for (const personId of PEOPLE) {
          const has = ALL_MOMENTS.some((at) => {
            const own = everybody(world, at).find((one) => one.subject.personId === personId)
            if (own === undefined) return false
            const requests: Request[] =
              change.frozen === undefined
                ? [{ ask: 'govern' }]
                : [{ ask: 'govern' }, { ask: 'level', needs: 'discover' }]
            return requests.some((request) => levelOf(after(own), request) > levelOf(own, request))
          })
          const listed = gain.find((row) => row.personId === personId)
          if (has) gainers++
          if (has) expect(listed).toBeDefined()
          // Whoever is listed without a higher level could take it out in a way that was shut before (R9).
          if (!has && listed !== undefined) expect(listed.handling).not.toEqual([])
        }
      }),
      { numRuns: 400 },
    )
    expect(gainers).toBeGreaterThan(10)
  })

  it('never lets anybody gain by what only takes away', () => {
    const narrowing = fc.tuple(onSection, fc.constantFrom('deny', 'freeze', 'drop', 'lower', 'end'), subject)
    fc.assert(
      fc.property(narrowing, ([world, how, who]) => {
        const clauses = (world.section?.boundary?.clauses ?? []).map(
          ({ subjectKind, subjectId, maxLevel, validity }) => ({
            subjectKind,
            subjectId,
            maxLevel,
            until: iso(validity.until),
          }),
        )
        // A clause that begins later would begin at once if it were written again: such a boundary is left alone.
        const rewritable =
          world.section?.boundary?.clauses.every(({ validity }) => validity.from <= AT) === true
        const changes: Record<string, SharingChange> = {
          deny: { denies: { add: [{ ...who, until: null }], end: [] } },
          freeze: { frozen: true },
          drop: rewritable ? { boundary: clauses.slice(1) } : { frozen: true },
          lower: rewritable
            ? { boundary: clauses.map((one) => ({ ...one, maxLevel: 'discover' as const })) }
            : { frozen: true },
          end: { grants: { add: [], end: world.grants.map(({ id }) => id) } },
        }
        const lowered = clauses.some(({ maxLevel }) => rankOf(maxLevel) < rankOf('discover'))
        if (how === 'lower' && lowered) return
        const { gain } = judge(world, plan({ ...world, at: AT }, changes[how] ?? {}), ALL_MOMENTS)
        expect(gain).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('[R6] by a stricter label nobody gains, by a laxer one nobody loses', () => {
    fc.assert(
      fc.property(onSection, fc.constantFrom(...TLP), (world, to) => {
        const from = world.section?.label
        if (from === undefined || from.orgs !== null || from.people !== null) return
        if (from.id === to.id) return
        const { gain, lose } = judge(world, plan({ ...world, at: AT }, { label: to.id }), [AT])
        if (to.rank > from.rank) expect(gain).toEqual([])
        if (to.rank < from.rank) expect(lose).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
