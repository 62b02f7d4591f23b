import { describe, expect, test } from 'vitest'
import { actWords, byAgency, doneWords } from '@/app/_sharing/change/change-words'
import {
  boundaryOf,
  changeOf,
  draftOf,
  inMode,
  sameBoundary,
  withAdded,
  withBlock,
  withEnded,
  withLevel,
  withoutBlock,
  withRegiven,
  withUntil,
} from '@/app/_sharing/change/draft'
import { levelChoices } from '@/app/_sharing/rows/level-choices'
import { dayOfEnd, endOfDay } from '@/app/_sharing/rows/until-input'
import type { Level } from '@/lib/policy/vocabulary'
import type { SharingChangeView, SharingView } from '@/lib/views/sharing'

const county = { id: 'county', name: 'County', shortCode: 'CEM', colour: 0 }
const weather = { id: 'weather', name: 'Weather', shortCode: 'NWS', colour: 1 }
const person = (id: string, org = county) => ({ id, name: id, org })

const green = { id: 'TLP:GREEN', rank: 1, colours: { text: '', background: '' }, meaning: '' }
const given = {
  id: 'g1',
  subjectKind: 'person' as const,
  subjectId: 'lena',
  name: 'Lena',
  agency: county,
  level: 'read' as const,
  until: null,
  since: '2026-01-01T00:00:00.000Z',
  by: null,
}

const view = (clauses: SharingView['clauses']): SharingView => ({
  on: { sectionId: 's' },
  workspaceId: 'w',
  documentId: 'd',
  title: 'Shelters',
  originator: county,
  clauses,
  inherited: null,
  ceilings: [],
  grants: [given],
  denies: [],
  label: green,
  labels: [green],
  frozen: false,
  agencies: [county, weather],
  groups: [],
  people: [person('ana'), person('ben'), person('wim', weather)].map((one) => ({ ...one, byRole: 'edit' })),
  releases: [],
  who: [
    {
      agency: county,
      people: [
        { person: person('ana'), level: 'manage', rule: 'R7' },
        { person: person('ben'), level: 'edit', rule: 'R7' },
      ],
    },
    { agency: weather, people: [{ person: person('wim', weather), level: 'manage', rule: 'R7' }] },
  ],
  can: { change: true, why: null },
})
const clause = (subjectKind: 'org' | 'group' | 'person', subjectId: string, maxLevel: Level = 'edit') => ({
  subjectKind,
  subjectId,
  maxLevel,
  until: null,
  name: subjectId,
  agency: county,
})

const nws = { subjectKind: 'org', subjectId: 'weather' } as const

describe('the draft of a boundary', () => {
  test.each([
    ['everyone', null],
    ['agencies', []],
    ['agencies', [clause('org', 'county')]],
    ['agencies', [clause('org', 'county'), clause('person', 'wim')]],
    ['agencies', [clause('org', 'county'), clause('group', 'g')]],
    ['people', [clause('person', 'ana')]],
    ['people', [clause('group', 'g')]],
    ['people', [clause('person', 'ana'), clause('group', 'g')]],
  ] as const)('opens as %s and, untouched, says what is in force', (mode, clauses) => {
    const now = view(clauses === null ? null : [...clauses])
    const draft = draftOf(now)
    expect(draft.mode).toBe(mode)
    const plain = clauses?.map(({ name: _name, agency: _agency, ...rest }) => rest) ?? null
    expect(boundaryOf(draft)).toEqual(plain)
  })

  test('agencies begin with the originator, people with those of its people who manage the section now', () => {
    const open = draftOf(view(null))
    expect(boundaryOf(inMode(open, 'agencies', view(null)))).toEqual([
      { subjectKind: 'org', subjectId: 'county', maxLevel: 'manage', until: null },
    ])
    expect(boundaryOf(inMode(open, 'people', view(null)))).toEqual([
      { subjectKind: 'person', subjectId: 'ana', maxLevel: 'manage', until: null },
    ])
  })

  test('trying another mode and coming back loses nothing', () => {
    const now = view([clause('org', 'county', 'manage'), clause('org', 'weather', 'read')])
    const draft = draftOf(now)
    const back = inMode(inMode(inMode(draft, 'people', now), 'everyone', now), 'agencies', now)
    expect(boundaryOf(back)).toEqual(expect.arrayContaining(boundaryOf(draft) ?? []))
    expect(boundaryOf(inMode(draft, 'people', now))?.every((one) => one.subjectKind === 'person')).toBe(true)
    expect(boundaryOf(inMode(draft, 'everyone', now))).toBeNull()
  })

  test('a level adds, changes and takes out; an end stays when the level changes', () => {
    let draft = draftOf(view([clause('org', 'county', 'manage')]))
    draft = withLevel(draft, nws, 'read')
    const added = draft.clauses[1]
    if (added === undefined) throw new Error('nothing was added')
    draft = withUntil(draft, added, '2026-12-01T00:00:00.000Z')
    draft = withLevel(draft, nws, 'edit')
    expect(draft.clauses[1]).toEqual({
      subjectKind: 'org',
      subjectId: 'weather',
      maxLevel: 'edit',
      until: '2026-12-01T00:00:00.000Z',
    })
    expect(withLevel(draft, nws, 'none').clauses).toHaveLength(1)
  })

  test('order makes no difference, nobody is not everybody', () => {
    const [a, b] = [clause('org', 'county'), clause('org', 'weather')]
    expect(sameBoundary([a, b], [b, a])).toBe(true)
    expect(sameBoundary([a], [a, b])).toBe(false)
    expect(sameBoundary([], null)).toBe(false)
  })

  test('the level that is set is always among the choices, and only the originator’s people may decide', () => {
    const values = (current: Level, own: boolean) => levelChoices(current, own).map((one) => one.value)
    expect(values('read', false)).toEqual(['none', 'discover', 'read', 'edit'])
    expect(values('suggest', false)).toEqual(['none', 'discover', 'read', 'suggest', 'edit'])
    expect(values('none', true)).toEqual(['none', 'discover', 'read', 'edit', 'manage'])
    expect(values('manage', false)).toContain('manage')
  })

  test('a last day goes there and back, and ends when the day is over', () => {
    const end = endOfDay('2026-03-31')
    expect(end).not.toBeNull()
    expect(dayOfEnd(end)).toBe('2026-03-31')
    expect(new Date(end ?? '').getTime()).toBe(new Date(2026, 3, 1).getTime())
    expect(endOfDay('')).toBeNull()
    expect(dayOfEnd(null)).toBe('')
  })
})

describe('what the server is asked', () => {
  const now = view([clause('org', 'county', 'manage')])
  const lena = { subjectKind: 'person', subjectId: 'lena' } as const
  const wim = { subjectKind: 'person', subjectId: 'wim', level: 'read', until: null } as const

  test('nothing, as long as nothing differs', () => {
    expect(changeOf(draftOf(now), now)).toBeNull()
    expect(changeOf(withEnded(withEnded(draftOf(now), 'g1', true), 'g1', false), now)).toBeNull()
    expect(changeOf(withoutBlock(withBlock(draftOf(now), lena, null), lena), now)).toBeNull()
  })

  test('only what differs', () => {
    expect(changeOf({ ...draftOf(now), label: 'TLP:AMBER' }, now)).toEqual({ label: 'TLP:AMBER' })
    expect(changeOf({ ...draftOf(now), frozen: true }, now)).toEqual({ frozen: true })
    expect(changeOf(withEnded(draftOf(now), 'g1', true), now)).toEqual({ grants: { add: [], end: ['g1'] } })
    expect(changeOf(withBlock(draftOf(now), lena, null), now)).toEqual({
      denies: { add: [{ ...lena, until: null }], end: [] },
    })
  })

  test('whoever is let in comes through the boundary, and by a grant where their role falls short', () => {
    expect(changeOf(withAdded(draftOf(now), wim, 'reaches'), now)).toEqual({
      boundary: [
        { subjectKind: 'org', subjectId: 'county', maxLevel: 'manage', until: null },
        { subjectKind: 'person', subjectId: 'wim', maxLevel: 'read', until: null },
      ],
    })
    expect(changeOf(withAdded(draftOf(now), wim, 'falls short'), now)).toMatchObject({
      boundary: expect.any(Array),
      grants: { add: [wim], end: [] },
    })
    const open = view(null)
    expect(changeOf(withAdded(draftOf(open), wim, 'falls short'), open)).toEqual({
      grants: { add: [wim], end: [] },
    })
    expect(changeOf(withAdded(draftOf(open), wim, 'reaches'), open)).toBeNull()
  })

  test('another level for what was given ends the row and begins another', () => {
    expect(changeOf(withRegiven(draftOf(now), given, { level: 'edit' }), now)).toEqual({
      grants: { add: [{ ...lena, level: 'edit', until: null }], end: ['g1'] },
    })
  })
})

describe('the words of a change', () => {
  const row = (id: string, from: Level, to: Level, org = county) => ({
    person: person(id, org),
    sectionId: 's',
    title: 'Shelters',
    from,
    to,
    handling: [],
  })
  const change = (gain: SharingChangeView['gain'], lose: SharingChangeView['lose']): SharingChangeView => ({
    hash: 'h',
    widens: gain.length > 0,
    gain,
    lose,
    keys: { originators: [], second: false },
    allowed: true,
    why: null,
  })

  test.each([
    [[], [row('a', 'edit', 'none'), row('b', 'read', 'none')], 'Remove access for 2 people now'],
    [[], [row('a', 'edit', 'none')], 'Remove access for 1 person now'],
    [[], [row('a', 'edit', 'read')], 'Lower access for 1 person now'],
    [[row('a', 'none', 'read')], [], 'Give access to 1 person …'],
    [
      [row('a', 'none', 'read')],
      [row('b', 'edit', 'none')],
      'Remove access for 1 person and give access to 1 person …',
    ],
    [[], [], 'Set it; nobody gains or loses'],
  ])('the button says what happens (%#)', (gain, lose, words) =>
    expect(actWords(change(gain, lose))).toBe(words),
  )

  test('the toast counts both', () => {
    expect(doneWords(change([row('a', 'none', 'read')], [row('b', 'edit', 'read')]), { applied: true })).toBe(
      'Done: 1 person lost access or some of it, 1 person gained access.',
    )
    expect(doneWords(change([], []), { applied: true })).toMatch(/Nobody/)
    expect(doneWords(change([], []), { applied: false, releaseId: 'r' })).toMatch(/^Nothing has changed yet/)
  })

  test('says when it is a release that is asked for', () => {
    const waits = { ...change([row('a', 'none', 'read')], []), keys: { originators: [county], second: true } }
    expect(actWords(waits)).toBe('Ask for a release to 1 person …')
  })

  test('of a document, a person is counted once and the sections are named or counted', () => {
    const of = (sectionId: string | null, title: string | null) => ({
      ...row('ana', 'none', 'read'),
      sectionId,
      title,
    })
    const rows = [of(null, null), of('s', 'Shelters'), of('t', 'Routes'), of('u', 'Calls')]
    expect(actWords(change(rows, []))).toBe('Give access to 1 person …')
    expect(byAgency(rows)[0]?.people[0]?.lines.map(({ where }) => where)).toEqual([
      'the document, 3 sections',
    ])
    expect(byAgency(rows.slice(1, 3))[0]?.people[0]?.lines[0]?.where).toBe('“Shelters”, “Routes”')
    expect(byAgency(rows.slice(1, 2))[0]?.people[0]?.lines[0]?.where).toBeNull()
  })

  test('people stand below their agency, by name', () => {
    const groups = byAgency([
      row('zoe', 'none', 'read', weather),
      row('ben', 'none', 'read'),
      row('ana', 'none', 'read'),
    ])
    expect(groups.map((one) => [one.agency.id, one.people.map((entry) => entry.person.id)])).toEqual([
      ['county', ['ana', 'ben']],
      ['weather', ['zoe']],
    ])
  })
})
