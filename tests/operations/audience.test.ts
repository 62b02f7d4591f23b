import { describe, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import type { Boundary } from '@/lib/policy/facts'
import { audienceOf } from '@/server/operations/shaping/audience'

const [county, weather, mara] = [newId(), newId(), newId()]
const NOW = Date.UTC(2026, 10, 30)

const label = (conditions: Partial<Label>): Label => ({
  id: 'CRISIS CELL',
  rank: 3,
  colours: { text: '#000000', background: '#FFB000' },
  meaning: 'Only for the people of the crisis cell.',
  named: null,
  orgs: null,
  people: null,
  export: 'no',
  print: 'no',
  copy: 'no',
  ...conditions,
})

const agencies = new Map([
  [county, { id: county, name: 'County', shortCode: 'COUNTY', colour: 0 }],
  [weather, { id: weather, name: 'Weather', shortCode: 'METEO', colour: 1 }],
])

const boundary = (...subjects: ['org' | 'person', string][]) =>
  ({
    clauses: subjects.map(([subjectKind, subjectId]) => ({
      id: newId(),
      subjectKind,
      subjectId,
      maxLevel: 'edit',
      validity: { from: NOW - 1, until: null, revokedAt: null },
    })),
  }) as unknown as Boundary

const chip = (found: Boundary | null, conditions: Partial<Label>) =>
  audienceOf(found, label(conditions), agencies as never, NOW).text

describe('[R6] the chip never says more than the marking lets in', () => {
  it.each([
    [null, {}, 'Everyone here'],
    [null, { people: [mara] }, 'Whom CRISIS CELL lets in'],
    [null, { orgs: [county] }, 'Whom CRISIS CELL lets in'],
    [null, { named: 'orgs' }, 'Nobody'],
    [boundary(['org', county], ['org', weather]), {}, 'COUNTY · METEO'],
    [boundary(['org', county]), { people: [mara] }, 'COUNTY, within CRISIS CELL'],
    [boundary(['org', county], ['person', mara]), { named: 'people' }, '1 person'],
  ] as const)('case %#', (found, conditions, text) => {
    expect(chip(found, conditions as Partial<Label>)).toBe(text)
  })
})
