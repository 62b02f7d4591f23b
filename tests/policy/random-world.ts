import fc from 'fast-check'
import type { Label } from '@/lib/marking/label'
import { TLP } from '@/lib/marking/tlp'
import type { Boundary, Facts, Request, Source, SubjectFacts, Validity } from '@/lib/policy/facts'
import { LEVELS, ROLES, type SubjectKind } from '@/lib/policy/vocabulary'

/**
 * Random facts about a small world: two organisations, four people, two groups. Most things are mostly in order, else
 * nearly everything is denied for a boring reason; the properties measure the share that is allowed.
 */
export const AT = 50
export const ORGS = ['County', 'Weather'] as const
export const PEOPLE = ['Ann', 'Bob', 'Cy', 'Di'] as const
export const orgOf = (person: string) => (person === 'Ann' || person === 'Bob' ? 'County' : 'Weather')

const mostly = <T>(usual: T, weight: number, ...others: T[]) =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

export const validity: fc.Arbitrary<Validity> = fc.oneof(
  { weight: 9, arbitrary: fc.constant({ from: 0, until: null }) },
  {
    weight: 3,
    arbitrary: fc.record({ from: fc.integer({ min: 0, max: 60 }), until: fc.integer({ min: 40, max: 100 }) }),
  },
)

const named: fc.Arbitrary<{ subjectKind: SubjectKind; subjectId: string }> = fc.oneof(
  fc.record({ subjectKind: fc.constant<SubjectKind>('org'), subjectId: fc.constantFrom<string>(...ORGS) }),
  fc.record({
    subjectKind: fc.constant<SubjectKind>('person'),
    subjectId: fc.constantFrom<string>(...PEOPLE),
  }),
  fc.record({ subjectKind: fc.constant<SubjectKind>('group'), subjectId: fc.constantFrom('Duty', 'Night') }),
)

let serial = 0
const id = fc.constant(null).map(() => `row-${serial++}`)
const level = fc.constantFrom(...LEVELS)
const on = fc.constantFrom('workspace', 'document', 'section')

export const clause = fc
  .record({ id, who: named, maxLevel: level, validity })
  .map(({ who, ...rest }) => ({ ...rest, ...who }))
export const grant = fc
  .record({ id, who: named, on, level, validity })
  .map(({ who, ...rest }) => ({ ...rest, ...who }))
export const deny = fc
  .record({ id, who: named, on, validity })
  .map(({ who, ...rest }) => ({ ...rest, ...who }))

export const look = fc.record({ id, validity })

export const boundary: fc.Arbitrary<Boundary | null> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.record({ id, clauses: fc.array(clause, { maxLength: 4 }) }) },
)

const groups: fc.Arbitrary<SubjectFacts['groups']> = fc.array(
  fc.record({ id, groupId: fc.constantFrom('Duty', 'Night'), validity }),
  { maxLength: 2 },
)

const role = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...ROLES) },
  { weight: 2, arbitrary: fc.constantFrom('lead', 'steward', 'editor') },
)

const label = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...TLP.slice(0, 3)) },
  { weight: 1, arbitrary: fc.constantFrom(...TLP.slice(3)) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...Object.fromEntries(Object.entries(TLP[1] as Label).map(([key, value]) => [key, fc.constant(value)])),
      orgs: fc.option(fc.subarray<string>([...ORGS])),
      people: fc.option(fc.subarray<string>([...PEOPLE])),
    }) as fc.Arbitrary<Label>,
  },
)

const limits = (name: string) => fc.record({ id: fc.constant(name), label, boundary })

export const source: fc.Arbitrary<Source> = fc.record({
  id,
  validity,
  originatorOrgId: fc.constantFrom<string>(...ORGS),
  document: limits('source document'),
  section: fc.option(limits('source section'), { freq: 4 }),
  denies: fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(deny, { maxLength: 2 }) },
  ),
}) as fc.Arbitrary<Source>

export const facts: fc.Arbitrary<Facts> = fc
  .record({
    person: fc.constantFrom(...PEOPLE),
    personState: mostly<'active' | 'suspended'>('active', 20, 'suspended'),
    orgState: mostly<'active' | 'suspended'>('active', 20, 'suspended'),
    groups,
    session: fc.record({
      id: fc.constant('session'),
      live: mostly(true, 20, false),
      strength: fc.integer({ min: 1, max: 3 }),
    }),
    workspace: fc.record({
      id: fc.constant('workspace'),
      state: mostly<'active' | 'archived'>('active', 9, 'archived'),
      minimumStrength: mostly(1, 8, 2, 3),
      termsVersion: mostly(0, 6, 1, 2),
    }),
    participation: fc.option(
      fc.record({
        id,
        state: mostly<'active' | 'suspended'>('active', 15, 'suspended'),
        ceiling: fc.oneof(
          { weight: 2, arbitrary: level },
          { weight: 3, arbitrary: fc.constantFrom('edit', 'manage') },
        ),
        mayExport: fc.boolean(),
        signedTermsVersion: fc.integer({ min: 0, max: 2 }),
        validity,
      }),
      { freq: 15 },
    ),
    membership: fc.option(fc.record({ id, role, validity }), { freq: 10 }),
    document: fc.record({
      id: fc.constant('document'),
      ownerOrgId: fc.constantFrom<string>(...ORGS),
      archived: mostly(false, 9, true),
      label,
      boundary,
    }),
    section: fc.record({
      id: fc.constant('section'),
      originatorOrgId: fc.constantFrom<string>(...ORGS),
      frozen: mostly(false, 9, true),
      label,
      boundary,
      sources: fc.oneof(
        { weight: 5, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(source, { maxLength: 2 }) },
      ),
    }),
    reach: mostly<'section' | 'document' | 'workspace'>('section', 5, 'document', 'workspace'),
    grants: fc.array(grant, { maxLength: 3 }),
    breakGlass: fc.oneof(
      { weight: 9, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(look, { maxLength: 2 }) },
    ),
    denies: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(deny, { maxLength: 2 }) },
    ),
  })
  .map(({ person, personState, orgState, groups: inGroups, session, participation, reach, ...rest }) => ({
    ...rest,
    at: AT,
    subject: { personId: person, personState, orgId: orgOf(person), orgState, groups: inGroups, session },
    participation: participation && { ...participation, orgId: orgOf(person) },
    document: reach === 'workspace' ? null : rest.document,
    section: reach === 'section' ? rest.section : null,
  })) as fc.Arbitrary<Facts>

const key = fc.constantFrom<string>(...PEOPLE).map((personId) => ({ personId, orgId: orgOf(personId) }))

export const contentRequest: fc.Arbitrary<Request> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ask: fc.constant('level' as const),
      needs: fc.constantFrom('read', 'read', 'comment', 'suggest', 'edit', 'manage'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ask: fc.constant('handle' as const),
      how: fc.constantFrom('export', 'print', 'copy'),
      reason: fc.constantFrom('', 'drill'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ask: fc.constant('approve' as const),
      requestedBy: fc.constantFrom<string>(...PEOPLE),
      firstKey: fc.option(key),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ ask: 'govern' as const }) },
) as fc.Arbitrary<Request>

export const request: fc.Arbitrary<Request> = fc.oneof(
  { weight: 9, arbitrary: contentRequest },
  { weight: 1, arbitrary: fc.constantFrom<Request>({ ask: 'enter' }, { ask: 'record' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ask: fc.constant('members' as const),
      orgId: fc.constantFrom<string>(...ORGS),
    }),
  },
)
