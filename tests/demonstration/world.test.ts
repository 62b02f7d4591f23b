import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Id } from '@/lib/ids'
import { type Level, rankOf } from '@/lib/policy/vocabulary'
import { verifyRecord } from '@/server/audit/verify-record'
import { DOCUMENTS } from '@/server/demonstration/documents'
import { emailOf, PASSPHRASE, PEOPLE, type PersonKey } from '@/server/demonstration/people'
import { startDemonstration } from '@/server/demonstration/start-demonstration'
import { passwordWork } from '@/server/identity/sign-in/password-work'
import { authorizeEach } from '@/server/policy/authorize'
import { sequenceAll } from '@/tests/support/record/sequence-all'
import { type TestServices, testServices } from '@/tests/support/services'
import { committedRows } from '@/tests/support/sync/committed-rows'
import { worldIn } from '@/tests/support/world'

const KEYS = Object.keys(PEOPLE) as PersonKey[]

let services: TestServices
let greeting = ''
beforeAll(async () => {
  services = await testServices()
  greeting = await startDemonstration(services)
})
afterAll(() => services.close())

const count = async (table: string): Promise<number> =>
  (await services.db.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0

/** Titles that this person may at least read, with the level. */
const shown = async (key: PersonKey): Promise<Record<string, Level>> => {
  const { rows: people } = await services.db.query<{ id: Id }>('select id from people where email = $1', [
    emailOf(key),
  ])
  const { rows: workspaces } = await services.db.query<{ id: Id }>('select id from workspaces')
  const { rows: titles } = await services.db.query<{ id: Id; title: string }>(
    'select id, title from sections',
  )
  const actor = await worldIn(services.db).actor(people[0]?.id ?? '')
  const { sections } = await authorizeEach(
    services.db,
    actor,
    { workspaceId: workspaces[0]?.id ?? '' },
    { ask: 'level', needs: 'read' },
  )
  return Object.fromEntries(
    sections
      .filter(({ decision }) => rankOf(decision.level) > 0)
      .map(({ sectionId, decision }) => [
        titles.find(({ id }) => id === sectionId)?.title ?? '',
        decision.level,
      ]),
  )
}

it('every sign-in shows a different document', async () => {
  const seen = new Map<PersonKey, Record<string, Level>>()
  for (const key of KEYS) seen.set(key, await shown(key))
  const writers = KEYS.filter((key) => !['ruth', 'sam'].includes(key))
  const pictures = writers.map((key) => JSON.stringify(Object.entries(seen.get(key) ?? {}).sort()))
  expect(new Set(pictures).size).toBe(writers.length)
  expect(seen.get('ruth')).toEqual({})
  expect(seen.get('sam')).toEqual({})
  expect(seen.get('lena')).toEqual({ 'Shelters and capacity': 'edit', 'What the public is told': 'read' })
  expect(seen.get('amara')?.['River forecasts for planning']).toBe('read')
  expect(seen.get('ines')).not.toHaveProperty('Hospital surge and patient transfer')
  const red = KEYS.filter((key) => 'Residents who need help to leave' in (seen.get(key) ?? {}))
  expect(red.sort()).toEqual(['amara', 'mara'])
})

it('every role there is has somebody', () => {
  const roles = new Set(KEYS.map((key) => PEOPLE[key].role))
  expect([...roles].sort()).toEqual(
    ['auditor', 'editor', 'guest', 'lead', 'reader', 'reviewer', 'steward', null].sort(),
  )
})

it('everything that was written is on record, in chains and trees that hold', async () => {
  await sequenceAll(services)
  const kept = { get: () => null, all: () => [] }
  const { faults, events } = await verifyRecord(services.db, { only: null, kept })
  expect(faults).toEqual([])
  expect(events).toBe(await count('audit_inbox'))
  for (const [table, type] of [
    ['documents', 'document.created'],
    ['sections', 'section.created'],
    ['memberships', 'membership.started'],
    ['participations', 'participation.started'],
    ['boundaries', 'boundary.narrowed'],
    ['grants', 'grant.started'],
    ['people', 'person.created'],
    ['edit_bursts', 'section.edit_closed'],
  ] as const) {
    const rows = await count(table)
    expect(rows, table).toBeGreaterThan(0)
    expect(await count(`audit_inbox where type = '${type}'`), type).toBe(rows)
  }
  expect(await count('edit_bursts where closed_at is null')).toBe(0)
  for (const { said, stored } of await committedRows(services.db)) expect(said).toEqual(stored)
})

it('nobody is signed in by it, and the passphrase works', async () => {
  expect(await count("sessions where user_agent = 'Liaison demonstration'")).toBe(KEYS.length)
  expect(await count("sessions where ended_at is null and user_agent = 'Liaison demonstration'")).toBe(0)
  const { rows } = await services.db.query<{ password_hash: string }>(
    'select password_hash from people limit 1',
  )
  expect(await passwordWork(services).verify(rows[0]?.password_hash ?? null, PASSPHRASE, '')).toBe(true)
})

it('says that it is a demonstration, and lists every account', () => {
  expect(greeting).toContain('DEMONSTRATION')
  expect(greeting).toContain(PASSPHRASE)
  for (const key of KEYS) expect(greeting).toContain(emailOf(key))
})

it('a second start leaves the data as they are', async () => {
  const before = [await count('audit_inbox'), await count('sections'), await count('people')]
  expect(await startDemonstration(services)).toBe(greeting)
  expect([await count('audit_inbox'), await count('sections'), await count('people')]).toEqual(before)
  expect(DOCUMENTS.length).toBeGreaterThan(0)
})

it('what let somebody in is on record at the moment from which it holds', async () => {
  const { rows } = await services.db.query<{ person: string; from: Date; at: Date | null }>(
    `select m.person_id as person, m.valid_from as from, i.at from memberships m
     left join audit_inbox i on i.type = 'membership.started' and i.canonical like '%' || m.id || '%'`,
  )
  expect(rows.length).toBeGreaterThan(5)
  for (const { from, at } of rows) expect(at).toEqual(from)
})
