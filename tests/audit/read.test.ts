import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventDraft } from '@/lib/audit/event'
import { type Id, newId } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'
import { createRecorder } from '@/server/audit/append'
import { readRecord } from '@/server/audit/read'
import { recordChoices } from '@/server/audit/record-choices'
import type { Database } from '@/server/db/client'
import { openTestDatabase, testPersonKeys } from '@/tests/support/database'

const [county, weather, ada, ben, workspace, elsewhere, plan, shelters, membership] = Array.from(
  { length: 9 },
  newId,
) as [Id, Id, Id, Id, Id, Id, Id, Id, Id]
const noon = Date.parse('2026-03-03T12:00:00.000Z')
const scope = { kind: 'whole' } as const
let db: Database
let ids: Id[]

/** One event a minute from noon, in this order. */
const told: Partial<EventDraft>[] = [
  { type: 'workspace.viewed', object: { workspaceId: workspace } },
  { type: 'section.opened', object: { workspaceId: workspace, documentId: plan, sectionId: shelters } },
  {
    type: 'section.opened',
    outcome: 'denied',
    actor: { personId: ben, orgId: weather, sessionId: null },
    object: { workspaceId: workspace, documentId: plan, sectionId: shelters },
    decision: { rule: 'R5', level: 'none', rows: [] },
  },
  { type: 'document.viewed', object: { workspaceId: workspace, documentId: plan } },
  {
    type: 'membership.started',
    object: { workspaceId: workspace, targetId: membership },
    details: { role: 'reader' },
  },
  { type: 'workspace.viewed', object: { workspaceId: elsewhere } },
  { type: 'session.started', object: {}, clear: { address: '192.0.2.7' } },
]

beforeAll(async () => {
  db = await openTestDatabase()
  await db.query(`
    insert into organisations (id, name, short_code, colour) values
      ('${county}', 'County Emergency Office', 'CEO', 0), ('${weather}', 'Weather Service', 'WX', 3);
    insert into people (id, org_id, email, name) values
      ('${ada}', '${county}', 'ada@county.example', 'Ada'), ('${ben}', '${weather}', 'ben@weather.example', 'Ben');
    insert into workspaces (id, title, host_org_id) values ('${workspace}', 'River', '${county}'), ('${elsewhere}', 'Fire', '${county}');
    insert into participations (id, workspace_id, org_id, ceiling) values ('${newId()}', '${workspace}', '${county}', 'manage');
    insert into memberships (id, workspace_id, person_id, role) values ('${membership}', '${workspace}', '${ada}', 'lead');
    insert into documents (id, workspace_id, owner_org_id, title, position, label)
      values ('${plan}', '${workspace}', '${county}', 'Flood plan', 'a0', 'TLP:GREEN');
    insert into sections (id, document_id, originator_org_id, title, position, label)
      values ('${shelters}', '${plan}', '${county}', 'Shelters', 'a0', 'TLP:GREEN');
  `)
  let minute = 0
  const recorder = createRecorder({
    node: 'a',
    keys: testPersonKeys(),
    now: () => new Date(noon + 60_000 * minute++),
  })
  ids = await db.transaction(async (tx) =>
    told.map((more) =>
      recorder.append(tx, {
        type: 'workspace.viewed',
        outcome: 'allowed',
        actor: { personId: ada, orgId: county, sessionId: null },
        object: {},
        ...more,
      }),
    ),
  )
})
afterAll(() => db.close())

const indexes = async (filter: RecordFilter) =>
  (await readRecord(db, { workspaceId: workspace, scope, filter })).rows.map((row) => ids.indexOf(row.id))

describe('a page of the record', () => {
  test('newest first, with names and sentences, of this workspace only', async () => {
    const page = await readRecord(db, { workspaceId: workspace, scope })
    expect(page.next).toBeNull()
    expect(page.rows.map((row) => [row.actor?.name, row.sentence, row.object.title, row.rule])).toEqual([
      ['Ada', 'added Ada as reader', 'River', null],
      ['Ada', 'opened “Flood plan”', 'Flood plan', null],
      ['Ben', 'was refused: opened “Shelters”', 'Shelters', 'R5'],
      ['Ada', 'opened “Shelters”', 'Shelters', null],
      ['Ada', 'opened the workspace', 'River', null],
    ])
    expect(page.rows[2]).toMatchObject({
      id: ids[2],
      at: '2026-03-03T12:02:00.000Z',
      type: 'section.opened',
      outcome: 'denied',
      actor: { id: ben, orgShortCode: 'WX', orgColour: 3 },
      object: { workspaceId: workspace, documentId: plan, sectionId: shelters },
    })
    expect(JSON.parse(page.rows[2]?.canonical ?? '')).toMatchObject({ v: 1, id: ids[2], outcome: 'denied' })
  })

  test('the instance has its own record', async () => {
    const page = await readRecord(db, { workspaceId: null, scope })
    expect(page.rows.map((row) => [row.sentence, row.object.title])).toEqual([['signed in', null]])
    expect(page.rows[0]?.canonical).not.toContain('192.0.2.7')
  })

  test.each<[string, RecordFilter, number[]]>([
    ['person', { personId: ben }, [2]],
    ['organisation', { orgId: county }, [4, 3, 1, 0]],
    ['document', { documentId: plan }, [3, 2, 1]],
    ['section', { sectionId: shelters }, [2, 1]],
    ['type', { type: 'section.opened' }, [2, 1]],
    ['outcome allowed', { outcome: 'allowed' }, [4, 3, 1, 0]],
    ['outcome denied', { outcome: 'denied' }, [2]],
    ['from, with that moment', { from: '2026-03-03T12:03:00.000Z' }, [4, 3]],
    ['until, without that moment', { until: '2026-03-03T12:01:00.000Z' }, [0]],
    [
      'all together',
      {
        personId: ada,
        orgId: county,
        sectionId: shelters,
        type: 'section.opened',
        outcome: 'allowed',
        from: '2026-03-03T12:00:00.000Z',
        until: '2026-03-03T13:00:00.000Z',
      },
      [1],
    ],
    ['nothing', { personId: ben, outcome: 'allowed' }, []],
  ])('filtered by %s', async (_, filter, expected) => {
    expect(await indexes(filter)).toEqual(expected)
  })

  test('pages join without a gap or a repeat, also where many events share one moment', async () => {
    const busy = newId()
    const recorder = createRecorder({ node: 'b', keys: testPersonKeys(), now: () => new Date(noon) })
    const written = await db.transaction(async (tx) =>
      Array.from({ length: 25 }, () =>
        recorder.append(tx, {
          type: 'workspace.viewed',
          outcome: 'allowed',
          actor: { personId: null, orgId: null, sessionId: null },
          object: { workspaceId: busy },
        }),
      ),
    )
    const read: Id[] = []
    let cursor: string | null = null
    let pages = 0
    do {
      const page: Awaited<ReturnType<typeof readRecord>> = await readRecord(db, {
        workspaceId: busy,
        scope,
        cursor,
        limit: 10,
      })
      read.push(...page.rows.map((row) => row.id))
      cursor = page.next
      pages++
    } while (cursor)
    expect(pages).toBe(3)
    expect(read).toEqual([...written].sort().reverse())
  })

  test.each([
    'x',
    Buffer.from('2026-03-03 1').toString('base64url'),
    Buffer.from(`no ${newId()}`).toString('base64url'),
  ])('a cursor that is none is refused: %s', async (cursor) => {
    await expect(readRecord(db, { workspaceId: workspace, scope, cursor })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

test('the choices hold everyone who belonged to the workspace or stands in its record', async () => {
  expect(await recordChoices(db, { workspaceId: workspace, scope })).toEqual({
    people: [
      { id: ada, name: 'Ada', orgShortCode: 'CEO' },
      { id: ben, name: 'Ben', orgShortCode: 'WX' },
    ],
    orgs: [
      { id: county, name: 'County Emergency Office' },
      { id: weather, name: 'Weather Service' },
    ],
    documents: [{ id: plan, title: 'Flood plan' }],
    sections: [{ id: shelters, title: 'Shelters', documentId: plan }],
  })
})
