import { describe, expect, test } from 'vitest'
import { actWords, byAgency, doneWords } from '@/app/_boundary/change-words'
import { boundaryOf, draftOf, inMode, sameBoundary, withLevel, withUntil } from '@/app/_boundary/draft'
import { levelChoices } from '@/app/_boundary/level-choices'
import { dayOfEnd, endOfDay } from '@/app/_boundary/until-input'
import type { Level } from '@/lib/policy/vocabulary'
import type { BoundaryChangeView, BoundaryView } from '@/lib/views/boundary'

const county = { id: 'county', name: 'County', shortCode: 'CEM', colour: 0 }
const weather = { id: 'weather', name: 'Weather', shortCode: 'NWS', colour: 1 }
const person = (id: string, org = county) => ({ id, name: id, org })

const view = (clauses: BoundaryView['clauses']): BoundaryView => ({
  sectionId: 's',
  title: 'Shelters',
  originator: county,
  clauses,
  agencies: [county, weather],
  people: [person('ana'), person('ben'), person('wim', weather)],
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
  can: { set: true, why: null },
})
const clause = (subjectKind: 'org' | 'group' | 'person', subjectId: string, maxLevel: Level = 'edit') => ({
  subjectKind,
  subjectId,
  maxLevel,
  until: null,
  name: subjectId,
  agency: county,
})

describe('the draft of a boundary', () => {
  test.each([
    ['everyone', null],
    ['agencies', []],
    ['agencies', [clause('org', 'county')]],
    ['agencies', [clause('org', 'county'), clause('person', 'wim')]],
    ['agencies', [clause('group', 'g')]],
    ['people', [clause('person', 'ana')]],
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
    draft = withLevel(draft, 'org', 'weather', 'read')
    const added = draft.clauses[1]
    if (added === undefined) throw new Error('nothing was added')
    draft = withUntil(draft, added, '2026-12-01T00:00:00.000Z')
    draft = withLevel(draft, 'org', 'weather', 'edit')
    expect(draft.clauses[1]).toEqual({
      subjectKind: 'org',
      subjectId: 'weather',
      maxLevel: 'edit',
      until: '2026-12-01T00:00:00.000Z',
    })
    expect(withLevel(draft, 'org', 'weather', 'none').clauses).toHaveLength(1)
  })

  test('order makes no difference, nobody is not everybody', () => {
    const [a, b] = [clause('org', 'county'), clause('org', 'weather')]
    expect(sameBoundary([a, b], [b, a])).toBe(true)
    expect(sameBoundary([a], [a, b])).toBe(false)
    expect(sameBoundary([], null)).toBe(false)
  })

  test('the level that is set is always among the choices, and only the originator’s people may decide', () => {
    const values = (current: Level, own: boolean) => levelChoices(current, own).map((one) => one.value)
    expect(values('read', false)).toEqual(['none', 'read', 'edit'])
    expect(values('suggest', false)).toEqual(['none', 'read', 'suggest', 'edit'])
    expect(values('none', true)).toEqual(['none', 'read', 'edit', 'manage'])
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

describe('the words of a change', () => {
  const row = (id: string, from: Level, to: Level, org = county) => ({ person: person(id, org), from, to })
  const change = (
    gain: BoundaryChangeView['gain'],
    lose: BoundaryChangeView['lose'],
  ): BoundaryChangeView => ({
    hash: 'h',
    widens: gain.length > 0,
    gain,
    lose,
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
    expect(doneWords(change([row('a', 'none', 'read')], [row('b', 'edit', 'read')]))).toBe(
      'Done: 1 person lost access or some of it, 1 person gained access.',
    )
    expect(doneWords(change([], []))).toMatch(/Nobody/)
  })

  test('people stand below their agency, by name', () => {
    const groups = byAgency([
      row('zoe', 'none', 'read', weather),
      row('ben', 'none', 'read'),
      row('ana', 'none', 'read'),
    ])
    expect(groups.map((one) => [one.agency.id, one.rows.map((entry) => entry.person.id)])).toEqual([
      ['county', ['ana', 'ben']],
      ['weather', ['zoe']],
    ])
  })
})
