import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from '@/lib/policy/decide'
import type { Boundary, Facts, Request } from '@/lib/policy/facts'
import { names } from '@/lib/policy/naming'
import { nextChange } from '@/lib/policy/validity'
import { LEVELS, lower, RULES, rankOf } from '@/lib/policy/vocabulary'
import * as random from '@/tests/policy/random-world'

const RUNS = { numRuns: 800 }
const levelOf = (facts: Facts, request: Request = { ask: 'level', needs: 'discover' }) =>
  rankOf(decide(facts, request).level)

test('10-15 % of the random worlds allow what is asked, so that both answers are tried', () => {
  const sample = fc.sample(fc.tuple(random.facts, random.request), { numRuns: 4_000, seed: 7 })
  const share = sample.filter(([facts, request]) => decide(facts, request).allowed).length / sample.length
  expect(share).toBeGreaterThanOrEqual(0.1)
  expect(share).toBeLessThanOrEqual(0.15)
  const rules = new Set(sample.map(([facts, request]) => decide(facts, request).rule))
  expect([...rules].sort()).toEqual(RULES.filter((rule) => rule !== 'R0'))
})

describe('total', () => {
  test('[R0] every decision has a known level and rule, and allowed content has a level', () => {
    fc.assert(
      fc.property(random.facts, random.contentRequest, (facts, request) => {
        const { allowed, level, rule } = decide(facts, request)
        expect(LEVELS).toContain(level)
        expect(RULES).toContain(rule)
        if (allowed) expect(level).not.toBe('none')
      }),
      RUNS,
    )
  })

  test('[R0] any fact taken away, or made nonsense, gives no more than was there: R0 or the same denial', () => {
    const paths = (value: unknown, path: string[] = []): string[][] =>
      value !== null && typeof value === 'object'
        ? [
            ...(path.length > 0 ? [path] : []),
            ...Object.entries(value).flatMap(([k, v]) => paths(v, [...path, k])),
          ]
        : [path]
    const nonsense = fc.constantFrom<unknown>(
      undefined,
      Number.NaN,
      '',
      'superuser',
      'constructor',
      {},
      [],
      () => 1,
    )
    /** What `decide` does not look at: ids of rows, and of labels all but the conditions. */
    const unread = /(^|\.)(id|rank|colours|meaning|text|background)(\.|$)/
    fc.assert(
      fc.property(random.facts, random.request, nonsense, fc.nat(), (facts, request, value, pick) => {
        const all = paths(facts).filter((path) => !unread.test(path.join('.')))
        const path = all[pick % all.length] ?? []
        const broken = structuredClone(facts) as unknown as Record<string, unknown>
        let at = broken
        for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>
        at[path.at(-1) as string] = value
        const before = decide(facts, request)
        const after = decide(broken as unknown as Facts, request)
        const isName = /(Id|groups|grants|clauses|denies|sources|breakGlass|orgs|people)(\.\d+)?$/.test(
          path.join('.'),
        )
        if (after.rule !== 'R0' && !isName) expect.fail(`${path.join('.')} = ${String(value)}: ${after.rule}`)
        if (after.rule !== 'R0' && !/denies|clauses|sources/.test(path.join('.'))) {
          expect(rankOf(after.level)).toBeLessThanOrEqual(rankOf(before.level))
        }
      }),
      RUNS,
    )
  })

  test('[R0] never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (facts, request) => {
        expect(decide(facts as Facts, request as Request)).toMatchObject({ allowed: false, rule: 'R0' })
      }),
      RUNS,
    )
    const trap = new Proxy({}, { get: () => expect.fail('a getter that throws') })
    expect(decide(trap as Facts, { ask: 'enter' }).rule).toBe('R0')
  })
})

test('order of rows does not matter, and the facts are not touched', () => {
  const reversed = (boundary: Boundary | null) =>
    boundary && { ...boundary, clauses: boundary.clauses.toReversed() }
  fc.assert(
    fc.property(random.facts, random.request, (facts, request) => {
      const copy = structuredClone(facts)
      const turned: Facts = {
        ...facts,
        grants: facts.grants.toReversed(),
        denies: facts.denies.toReversed(),
        subject: { ...facts.subject, groups: facts.subject.groups.toReversed() },
        document: facts.document && { ...facts.document, boundary: reversed(facts.document.boundary) },
        section: facts.section && {
          ...facts.section,
          boundary: reversed(facts.section.boundary),
          sources: facts.section.sources.toReversed(),
        },
      }
      expect(decide(turned, request)).toEqual(decide(facts, request))
      expect(facts).toEqual(copy)
    }),
    RUNS,
  )
})

describe('more and less', () => {
  test('[R3] adding a deny never raises', () => {
    fc.assert(
      fc.property(random.facts, random.contentRequest, random.deny, (facts, request, deny) => {
        const with_ = { ...facts, denies: [...facts.denies, deny as Facts['denies'][number]] }
        expect(levelOf(with_, request)).toBeLessThanOrEqual(levelOf(facts, request))
        if (decide(with_, request).allowed) expect(decide(facts, request).allowed).toBe(true)
      }),
      RUNS,
    )
  })

  test('[R3] a matching deny always wins', () => {
    fc.assert(
      fc.property(random.facts, random.request, random.deny, (facts, request, deny) => {
        const row = deny as Facts['denies'][number]
        fc.pre(names(row, facts.subject, facts.at))
        const decision = decide({ ...facts, denies: [...facts.denies, row] }, request)
        expect(decision).toMatchObject({ allowed: false, level: 'none' })
        expect(['R1', 'R2', 'R3']).toContain(decision.rule)
      }),
      RUNS,
    )
  })

  test('[R7] adding a grant never lowers', () => {
    fc.assert(
      fc.property(random.facts, random.contentRequest, random.grant, (facts, request, grant) => {
        const with_ = { ...facts, grants: [...facts.grants, grant as Facts['grants'][number]] }
        expect(levelOf(with_, request)).toBeGreaterThanOrEqual(levelOf(facts, request))
        if (decide(facts, request).allowed) expect(decide(with_, request).allowed).toBe(true)
      }),
      RUNS,
    )
  })

  test('[R5] removing a clause never widens; adding one never narrows what is not there', () => {
    const without = (boundary: Boundary | null, pick: number) =>
      boundary && {
        ...boundary,
        clauses: boundary.clauses.filter((_, i) => i !== pick % boundary.clauses.length),
      }
    fc.assert(
      fc.property(random.facts, random.contentRequest, fc.nat(), (facts, request, pick) => {
        const less: Facts = {
          ...facts,
          document: facts.document && { ...facts.document, boundary: without(facts.document.boundary, pick) },
          section: facts.section && { ...facts.section, boundary: without(facts.section.boundary, pick) },
        }
        expect(levelOf(less, request)).toBeLessThanOrEqual(levelOf(facts, request))
      }),
      RUNS,
    )
  })

  test('[R4] [R5] nothing passes a ceiling, whatever is granted', () => {
    const ceilingOf = (boundary: Boundary | null | undefined, facts: Facts) =>
      boundary
        ? boundary.clauses
            .filter((clause) => names(clause, facts.subject, facts.at))
            .reduce((max, clause) => Math.max(max, rankOf(clause.maxLevel)), 0)
        : rankOf('manage')
    fc.assert(
      fc.property(random.facts, random.contentRequest, (facts, request) => {
        const row = { subjectKind: 'person', subjectId: facts.subject.personId, level: 'manage' } as const
        const all = { ...row, id: 'everything', on: 'workspace', validity: { from: 0, until: null } } as const
        const most = { ...facts, grants: [...facts.grants, all] }
        expect(levelOf(most, request)).toBeLessThanOrEqual(rankOf(facts.participation?.ceiling ?? 'none'))
        // An emergency look passes boundaries, up to read: break-glass.test.ts.
        const level = levelOf({ ...most, breakGlass: [] }, request)
        expect(level).toBeLessThanOrEqual(ceilingOf(facts.document?.boundary, facts))
        expect(level).toBeLessThanOrEqual(ceilingOf(facts.section?.boundary, facts))
      }),
      RUNS,
    )
  })

  test('[R8] a freeze and an archive never raise, and leave at most read', () => {
    fc.assert(
      fc.property(random.facts, (facts) => {
        const archived = { ...facts, workspace: { ...facts.workspace, state: 'archived' as const } }
        expect(levelOf(archived)).toBe(Math.min(levelOf(facts), rankOf('read')))
        const frozen = { ...facts, section: facts.section && { ...facts.section, frozen: true } }
        if (facts.section) expect(levelOf(frozen)).toBe(Math.min(levelOf(facts), rankOf('read')))
        expect(decide(frozen, { ask: 'govern' }).allowed).toBe(decide(facts, { ask: 'govern' }).allowed)
      }),
      RUNS,
    )
  })
})

describe('duties', () => {
  test('[R2] an auditor has level none on content, whatever is granted', () => {
    fc.assert(
      fc.property(random.facts, random.contentRequest, (facts, request) => {
        fc.pre(facts.membership !== null)
        const membership = { id: 'm', role: 'auditor' as const, validity: { from: 0, until: null } }
        expect(decide({ ...facts, membership }, request)).toMatchObject({ allowed: false, level: 'none' })
      }),
      RUNS,
    )
  })

  test('[R2] no two keys of one person or organisation, and none for the own request', () => {
    fc.assert(
      fc.property(random.facts, random.contentRequest, (facts, request) => {
        if (request.ask !== 'approve' || !decide(facts, request).allowed) return
        expect(request.requestedBy).not.toBe(facts.subject.personId)
        expect(request.firstKey?.personId).not.toBe(facts.subject.personId)
        expect(request.firstKey?.orgId).not.toBe(facts.subject.orgId)
      }),
      { numRuns: 3_000 },
    )
  })

  test('[R4] own administrators cannot lift: no role and no own grant passes what the others gave', () => {
    fc.assert(
      fc.property(random.facts, fc.constantFrom('lead', 'steward', 'editor'), (facts, role) => {
        fc.pre(facts.membership !== null && facts.membership.role !== 'auditor')
        const membership = { ...(facts.membership as NonNullable<Facts['membership']>), role } as const
        const lifted = rankOf(
          decide({ ...facts, membership } as Facts, { ask: 'level', needs: 'read' }).level,
        )
        expect(lifted).toBeLessThanOrEqual(rankOf(lower('manage', facts.participation?.ceiling ?? 'none')))
        const foreign = facts.section?.originatorOrgId ?? facts.document?.ownerOrgId
        const noGrants = { ...facts, membership, grants: [] } as Facts
        if (foreign !== facts.subject.orgId) expect(levelOf(noGrants)).toBeLessThanOrEqual(rankOf('edit'))
      }),
      RUNS,
    )
  })
})

describe('time and standing', () => {
  test('after any validity ends: none', () => {
    fc.assert(
      fc.property(
        random.facts,
        random.request,
        fc.constantFrom('membership', 'participation'),
        (facts, request, which) => {
          const row = facts[which as 'membership']
          fc.pre(row !== null)
          const over = { ...facts, [which]: { ...row, validity: { from: 0, until: facts.at } } }
          expect(decide(over as Facts, request)).toMatchObject({ allowed: false, level: 'none' })
        },
      ),
      RUNS,
    )
  })

  test('nothing changes before nextChange', () => {
    fc.assert(
      fc.property(random.facts, random.request, fc.integer({ min: 1, max: 120 }), (facts, request, later) => {
        const next = nextChange(facts) ?? Number.POSITIVE_INFINITY
        const at = Math.min(facts.at + later, next - 1)
        fc.pre(at >= facts.at)
        expect(decide({ ...facts, at }, request)).toEqual(decide(facts, request))
      }),
      RUNS,
    )
  })

  test('[R1] suspending one organisation changes exactly its people', () => {
    fc.assert(
      fc.property(random.facts, random.request, fc.constantFrom(...random.ORGS), (facts, request, org) => {
        const orgState = facts.subject.orgId === org ? ('suspended' as const) : facts.subject.orgState
        const after = decide({ ...facts, subject: { ...facts.subject, orgState } }, request)
        if (facts.subject.orgId === org) expect(after).toMatchObject({ allowed: false, rule: 'R1' })
        else expect(after).toEqual(decide(facts, request))
      }),
      RUNS,
    )
  })

  test('operator and administrator rights, and a pending release, change nobody: they are no facts', () => {
    fc.assert(
      fc.property(random.facts, random.request, (facts, request) => {
        const more = { ...facts, release: { to: 'manage' } }
        const subject = { ...facts.subject, isOperator: true, isAdministrator: true }
        expect(decide({ ...more, subject }, request)).toEqual(decide(facts, request))
      }),
      RUNS,
    )
  })
})
