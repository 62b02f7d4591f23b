import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { TLP_SET } from '@/lib/marking/label-set'
import type { Database } from '@/server/db/client'
import { EnvProblems } from '@/server/env'
import { useLabels } from '@/server/marking/labels-in-use'
import { readMarkings } from '@/server/marking/read-markings'
import { authorize } from '@/server/policy/authorize'
import { whoCan } from '@/server/policy/who-can'
import { openTestDatabase } from '@/tests/support/database'
import { threeAgencies } from '@/tests/support/three-agencies'

const folder = mkdtempSync(join(tmpdir(), 'markings-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fileOf = (content: unknown): string => {
  const path = join(folder, `${Math.random()}.json`)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const own = {
  id: 'INTERNAL',
  colours: { text: '#FFFFFF', background: '#000000' },
  meaning: 'For us.',
  export: 'no',
  print: 'yes',
  copy: 'reason',
}
const problemsOf = (content: unknown): string => {
  try {
    readMarkings(fileOf(content))
  } catch (problem) {
    if (problem instanceof EnvProblems) return problem.sentences.join(' ')
    throw problem
  }
  return ''
}

describe('a file of one\u2019s own', () => {
  test('without one there is TLP 2.0', () => expect(readMarkings(null)).toBe(TLP_SET))

  test('the documented example works, in its order', () => {
    const set = readMarkings(fileURLToPath(new URL('../../docs/markings.example.json', import.meta.url)))
    expect(set.offered.map(({ id }) => id)).toEqual([
      'TLP:CLEAR',
      'INTERNAL',
      'LAW ENFORCEMENT',
      'CRISIS CELL',
      'TLP:RED',
    ])
    expect(set.first).toBe('INTERNAL')
    expect(set.byId('LAW ENFORCEMENT')).toMatchObject({ rank: 2, orgCodes: ['CEM', 'SHF'], addresses: null })
    // What carries an unlisted label of the protocol stays understood, and stays the strictest.
    expect(set.byId('TLP:AMBER')?.rank).toBeGreaterThan(set.byId('TLP:RED')?.rank ?? 99)
    expect(set.byId('SECRET')).toBeUndefined()
  })

  test.each<[string, unknown, string]>([
    ['no JSON', '{ labels: ', 'not JSON'],
    ['no list', { first: 'x' }, 'labels'],
    ['an empty list', { labels: [] }, 'lists no label'],
    ['an unknown field', { labels: ['TLP:AMBER'], colour: 'red' }, 'colour'],
    ['a name that TLP does not know', { labels: ['TLP:AMBER', 'SECRET'] }, 'describe it in full'],
    ['one name twice', { labels: ['TLP:AMBER', 'TLP:AMBER'] }, 'listed twice'],
    ['a first label that is not listed', { first: 'INTERNAL', labels: ['TLP:AMBER'] }, 'not listed'],
    [
      'a colour by name',
      { first: 'INTERNAL', labels: [{ ...own, colours: { text: 'white', background: '#000000' } }] },
      '#RRGGBB',
    ],
    [
      'colours that nobody can tell apart',
      { first: 'INTERNAL', labels: [{ ...own, colours: { text: '#777777', background: '#666666' } }] },
      '4.5:1',
    ],
    [
      'a handling that is none',
      { first: 'INTERNAL', labels: [{ ...own, print: 'maybe' }] },
      'labels[0].print',
    ],
    [
      'a condition that is none',
      { first: 'INTERNAL', labels: [{ ...own, named: 'groups' }] },
      'labels[0].named',
    ],
    ['an empty list of agencies', { first: 'INTERNAL', labels: [{ ...own, orgs: [] }] }, 'names nobody'],
    ['an agency by its name', { first: 'INTERNAL', labels: [{ ...own, orgs: ['County'] }] }, 'short code'],
    ['a person without an address', { first: 'INTERNAL', labels: [{ ...own, people: ['Mara'] }] }, 'e-mail'],
    [
      'an invisible name',
      { first: 'INTERNAL', labels: [{ ...own, id: 'IN\u200bTERNAL' }] },
      'plain characters',
    ],
  ])('%s stops the start and says why', (_, content, sentence) => {
    expect(problemsOf(content)).toContain(sentence)
  })

  test('a file that is not there', () => {
    expect(() => readMarkings(join(folder, 'nowhere.json'))).toThrow('cannot be read')
  })
})

describe('its conditions, asked of the database', () => {
  let db: Database
  let plan: Awaited<ReturnType<typeof threeAgencies>>
  beforeAll(async () => {
    db = await openTestDatabase()
    plan = await threeAgencies(db)
  })
  afterAll(() => db.close())
  afterEach(() => useLabels(TLP_SET))

  const marked = async (condition: object, id = 'INTERNAL') => {
    const { rows } = await db.query<{ id: string; code: string }>(
      'select id, short_code as code from organisations',
    )
    const codes = new Map(rows.map((row) => [row.id, row.code]))
    const text = JSON.stringify({ first: 'INTERNAL', labels: [{ ...own, ...condition }] })
    const named = text.replaceAll('CEM', codes.get(plan.orgs.county) ?? '')
    useLabels(readMarkings(fileOf(named)))
    await db.query('update sections set label = $1 where id = $2', [id, plan.sections.open])
    const levels = await whoCan(db, { sectionId: plan.sections.open })
    return { levels: new Map(levels.map((one) => [one.name, one.decision])) }
  }

  test('[R6] a label for one agency shuts out everyone else, its leads and grants too', async () => {
    const { levels } = await marked({ orgs: ['CEM'] })
    expect(levels.get('Clara County')?.level).toBe('manage')
    expect(levels.get('Carl County')?.level).toBe('read')
    expect(levels.get('Hanna Hospital')).toMatchObject({ level: 'none', rule: 'R6' })
    await plan.world.grant(
      { sectionId: plan.sections.open },
      'person',
      plan.people.hospitalLead.personId,
      'edit',
    )
    const ask = authorize(
      db,
      plan.people.hospitalLead,
      { sectionId: plan.sections.open },
      { ask: 'level', needs: 'read' },
    )
    await expect(ask).rejects.toMatchObject({ code: 'hidden' })
  })

  test('[R6] a label for an agency and a person that nobody is lets nobody in', async () => {
    const nobody = await marked({ orgs: ['ZZZZZZ'] })
    expect([...nobody.levels.values()].map(({ level }) => level)).toEqual(Array(8).fill('none'))
    const stranger = await marked({ people: ['nobody@example.test'] })
    expect([...stranger.levels.values()].map(({ level }) => level)).toEqual(Array(8).fill('none'))
  })

  test('[R0] a label that no set knows lets nobody in', async () => {
    const { levels } = await marked({}, 'OF ANOTHER SET')
    expect(new Set([...levels.values()].map(({ level, rule }) => `${rule} ${level}`))).toEqual(
      new Set(['R0 none']),
    )
  })
})
