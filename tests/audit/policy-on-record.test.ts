import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'
import { databaseOfPglite } from '@/server/db/open-embedded'
import { suspendPerson } from '@/server/operations/identity/suspend-person'
import { addMember } from '@/server/operations/members/add-member'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import { freezeSection } from '@/server/operations/sections/freeze-section'
import { renameSection } from '@/server/operations/sections/rename-section'
import { putPolicyOnRecord } from '@/server/upkeep/put-policy-on-record'
import { startUpkeep } from '@/server/upkeep/upkeep'
import { type TestServices, testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

interface PolicyEvent {
  type: string
  correlation?: string
  actor: { person?: string }
  object: { workspace?: string; document?: string; section?: string }
  details: { rows: { table: string; id: string; columns: Record<string, unknown> | null }[] }
}

let services: TestServices
let world: Awaited<ReturnType<typeof threeAgencies>>
const alarms: string[] = []
const log = pino({ level: 'error' }, { write: (line: string) => void alarms.push(line) })

beforeEach(async () => {
  alarms.length = 0
  services = await testServices({ log })
  world = await threeAgencies(services.db)
})
afterEach(() => services.close())

const eventsIn = async ({ db }: { db: Database }, like = 'policy.%') =>
  (
    await db.query<{ canonical: string }>(
      'select canonical from audit_inbox where type like $1 order by writer, writer_seq',
      [like],
    )
  ).rows.map(({ canonical }) => JSON.parse(canonical) as PolicyEvent)
const events = (like?: string) => eventsIn(services, like)
const doChore = async (of: TestServices = services) => {
  const upkeep = startUpkeep(of, [putPolicyOnRecord])
  await upkeep.runNow()
  await upkeep.stop()
}
const run = <In, Out>(who: keyof typeof world.people, operation: Operation<In, Out>, input: In) =>
  runOperation(services, world.people[who], operation, input)
const rowsOf = (event: PolicyEvent | undefined, table: string) =>
  event?.details.rows.filter((row) => row.table === table) ?? []
/** What the world was made of is put on record first: the rest of a test sees only its own. */
const settle = async () => {
  await doChore()
  await services.db.query('select 1')
  return (await events()).length
}

describe('rows of policy on record', () => {
  test('a change and what it changes stand in one transaction, under one name, where the object is', async () => {
    const before = await settle()
    const { countyLead } = world.people
    await run('countyLead', freezeSection, { sectionId: world.sections.open })
    const [changed, ...more] = (await events()).slice(before)
    expect(more).toEqual([])
    const [frozen] = await events('section.frozen')
    expect(changed).toMatchObject({
      type: 'policy.changed',
      actor: { person: countyLead.personId },
      correlation: frozen?.correlation,
      object: { workspace: world.workspaceId, document: world.documentId, section: world.sections.open },
    })
    expect(changed?.details.rows).toEqual([
      {
        table: 'sections',
        id: world.sections.open,
        columns: {
          document_id: world.documentId,
          originator_org_id: world.orgs.county,
          label: 'TLP:GREEN',
          frozen_at: expect.any(Number),
          removed_at: null,
        },
      },
    ])
    expect((await services.db.query('select 1 from policy_staged')).rows).toEqual([])
  })

  test('what decides nothing costs no query and is no event', async () => {
    const before = await settle()
    const asked: (string | undefined)[] = []
    const db: Database = Object.assign(Object.create(services.db) as Database, {
      transaction: <T>(run: Parameters<Database['transaction']>[0]) =>
        services.db.transaction((tx) => {
          const query = tx.query.bind(tx)
          const spied = ((text: string, values?: unknown[], name?: string) => {
            asked.push(name)
            return query(text, values, name)
          }) as typeof tx.query
          tx.query = spied
          return run(tx) as Promise<T>
        }),
    })
    const input = { sectionId: world.sections.open, title: 'Another title' }
    await runOperation({ ...services, db }, world.people.countyLead, renameSection, input)
    expect(asked.filter((name) => name === 'insert events')).toHaveLength(1)
    expect(asked).not.toContain('own staged policy')
    expect(await events()).toHaveLength(before)
    await runOperation({ ...services, db }, world.people.countyLead, freezeSection, input)
    expect(asked).toContain('own staged policy')
  })

  test('whoever is new to a workspace comes with what decides about them; a suspension stands in each of theirs', async () => {
    const { county } = world.orgs
    const personId = await world.world.person(county, { name: 'Cora Newcomer' })
    const groupId = await world.world.group(county)
    const inGroup = await world.world.inGroup(groupId, personId)
    const before = await settle()
    const { workspaceId } = world
    await run('countyLead', addMember, { workspaceId, personId, role: 'reader', until: null })
    const [joined] = (await events()).slice(before)
    expect(joined?.object).toEqual({ workspace: workspaceId })
    expect(rowsOf(joined, 'memberships')).toMatchObject([
      { columns: { person_id: personId, role: 'reader' } },
    ])
    expect(rowsOf(joined, 'people')).toEqual([
      { table: 'people', id: personId, columns: { org_id: county, state: 'active' } },
    ])
    expect(rowsOf(joined, 'organisations')).toEqual([
      { table: 'organisations', id: county, columns: { state: 'active' } },
    ])
    expect(rowsOf(joined, 'group_members')).toMatchObject([
      { id: inGroup, columns: { group_id: groupId, org_id: county, ended_at: null } },
    ])
    await run('countyLead', suspendPerson, { personId })
    const suspended = (await events()).slice(before + 1)
    expect(suspended.map(({ object }) => object.workspace ?? 'instance').sort()).toEqual(
      [workspaceId, 'instance'].sort(),
    )
    for (const event of suspended)
      expect(rowsOf(event, 'people')).toEqual([
        { table: 'people', id: personId, columns: { org_id: county, state: 'suspended' } },
      ])
  })

  test('a change that is rolled back leaves nothing', async () => {
    const before = await settle()
    await expect(
      services.db.transaction(async (tx) => {
        await tx.query('update sections set frozen_at = now() where id = $1', [world.sections.open])
        throw new Error('not to be')
      }),
    ).rejects.toThrow('not to be')
    await doChore()
    expect(await events()).toHaveLength(before)
  })

  test('what somebody changed in the database by hand is found, put on record and an alarm', async () => {
    const before = await settle()
    alarms.length = 0
    await doChore()
    expect(alarms).toEqual([])
    await services.db.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica')
      await tx.query(
        `insert into grants (id, section_id, subject_kind, subject_id, level) values ($1, $2, 'person', $3, 'manage')`,
        [newId(), world.sections.closed, world.people.countyReader.personId],
      )
    })
    await doChore()
    const [outside, ...more] = (await events()).slice(before)
    expect(more).toEqual([])
    expect(outside).toMatchObject({
      type: 'policy.changed_outside',
      actor: {},
      object: { section: world.sections.closed },
    })
    expect(rowsOf(outside, 'grants')).toMatchObject([
      {
        columns: {
          subject_id: world.people.countyReader.personId,
          level: 'manage',
          section_id: world.sections.closed,
        },
      },
    ])
    expect(alarms.join('')).toContain('changed past this server')
  })

  test('many rows are several events, each of them small', async () => {
    const before = await settle()
    const ids = Array.from({ length: 450 }, newId)
    await services.db.transaction(async (tx) => {
      await tx.query(
        `insert into denies (id, workspace_id, subject_kind, subject_id) select unnest($1::uuid[]), $2, 'person', $3`,
        [ids, world.workspaceId, newId()],
      )
      const actor = { personId: null, orgId: null, sessionId: null }
      services.recorder.append(tx, {
        type: 'deny.started',
        outcome: 'allowed',
        actor,
        object: { workspaceId: world.workspaceId },
      })
    })
    const changed = (await events()).slice(before)
    expect(changed.map(({ details }) => details.rows.length)).toEqual([200, 200, 50])
    expect(changed.flatMap(({ details }) => details.rows.map(({ id }) => id)).sort()).toEqual([...ids].sort())
  })

  test('nothing of it is personal: no name, no title, no address, no reason', async () => {
    await settle()
    await services.db.query(
      `insert into break_glass (id, section_id, person_id, session_id, reason) values ($1, $2, $3, $1, 'Water in the ward')`,
      [newId(), world.sections.closed, world.people.countyReader.personId],
    )
    await doChore()
    const text = JSON.stringify(await events())
    expect(text).toContain('break_glass')
    const names = await services.db.query<{ said: string }>(
      `select name as said from people union all select email from people union all select name from organisations
       union all select title from sections union all select title from documents union all select title from workspaces
       union all select 'Water in the ward'`,
    )
    expect(names.rows.length).toBeGreaterThan(15)
    for (const { said } of names.rows) expect(text).not.toContain(said)
  })
})

test('what was in force before rows came on record is put there as the state to begin from', async () => {
  const folder = fileURLToPath(new URL('../../server/db/migrations/', import.meta.url))
  const { entries } = JSON.parse(readFileSync(`${folder}meta/_journal.json`, 'utf8')) as {
    entries: { idx: number; tag: string }[]
  }
  const db = databaseOfPglite(await PGlite.create(), { warn: () => {} })
  const apply = async (which: (idx: number) => boolean) => {
    for (const { tag } of entries.filter(({ idx }) => which(idx)))
      for (const statement of readFileSync(`${folder}${tag}.sql`, 'utf8').split('--> statement-breakpoint'))
        await db.query(statement)
  }
  await apply((idx) => idx < 18)
  const old = await threeAgencies(db)
  await apply((idx) => idx >= 18)
  const of = await testServices({ db, log })
  await doChore(of)
  expect(alarms).toEqual([])
  const state = await eventsIn(of)
  expect(new Set(state.map(({ type }) => type))).toEqual(
    new Set(['policy.state', 'policy.changed', 'policy.labels_changed']),
  )
  const rows = state
    .filter(({ object }) => object.workspace === old.workspaceId)
    .flatMap(({ details }) => details.rows)
  for (const table of [
    'workspaces',
    'participations',
    'memberships',
    'people',
    'organisations',
    'documents',
    'sections',
    'boundaries',
    'boundary_clauses',
    'policy_labels',
  ]) {
    const { rows: stored } = await db.query<{ id: string }>(`select id from ${table}`)
    const found = rows.filter((row) => row.table === table).map(({ id }) => id)
    // Not everybody belongs to the workspace.
    if (table !== 'people' && table !== 'organisations')
      expect(found.sort(), table).toEqual(stored.map(({ id }) => id).sort())
  }
  // Of a section's own event nobody learns of another section.
  for (const { object, details } of state.filter((event) => event.object.section !== undefined))
    for (const { table, id, columns } of details.rows)
      expect(table === 'sections' ? id : (columns?.section_id ?? object.section)).toBe(object.section)
  await of.close()
})
