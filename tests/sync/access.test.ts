import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/server/identity/actor'
import type { AccessScope } from '@/server/policy/access-scope'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
let clients: SyncClient[] = []

beforeAll(async () => {
  bed = await openSyncBed()
})
afterEach(() => {
  for (const client of clients) client.destroy()
  clients = []
})
afterAll(() => bed.close())

const open = (actor: Actor, sectionId: string) => {
  const client = openClient({ port: bed.port, sectionId, cookie: bed.cookieOf(actor) })
  clients.push(client)
  return client
}

/** A fresh editor of the hospital and a section for everyone: each case takes away something of its own. */
const scene = async () => {
  const { world, orgs, workspaceId, documentId, people } = bed.world
  const org = await world.org()
  const participationId = await world.participation(workspaceId, org)
  const personId = await world.person(org, { name: 'Eve Editor' })
  const membershipId = await world.membership(workspaceId, personId, 'editor')
  const eve = await world.actor(personId)
  const sectionId = await world.section(documentId, orgs.county, { begun: true })
  return { world, org, participationId, membershipId, eve, sectionId, workspaceId, documentId, people, orgs }
}
type Scene = Awaited<ReturnType<typeof scene>>

/** Changes access as an operation does: in one transaction with its publication. */
const change = (scope: AccessScope, statements: [string, unknown[]][]) =>
  bed.services.db.transaction(async (tx) => {
    for (const [text, values] of statements) await tx.query(text, values)
    await bed.services.accessChanges.publish(tx, scope)
  })

/** What is taken away, the code and the rule that follow, and how; `how` answers when it ends if that is not at once. */
const cases: [string, number, string, (scene: Scene) => Promise<unknown>][] = [
  [
    'a membership that ends',
    4404,
    'R7',
    ({ workspaceId, membershipId, eve }) =>
      change({ workspaceId, personId: eve.personId }, [
        ['update memberships set ended_at = now() where id = $1', [membershipId]],
      ]),
  ],
  [
    'a boundary that is narrowed',
    4404,
    'R5',
    async ({ workspaceId, sectionId, orgs }) => {
      await bed.world.world.boundary({ sectionId }, [{ kind: 'org', id: orgs.county, max: 'manage' }])
      await change({ workspaceId, sectionId }, [])
    },
  ],
  [
    'a person who is suspended',
    4401,
    'R1',
    ({ eve }) =>
      change({ personId: eve.personId }, [
        [`update people set state = 'suspended' where id = $1`, [eve.personId]],
      ]),
  ],
  [
    'an organisation that is suspended',
    4401,
    'R1',
    ({ org }) =>
      change({ orgId: org }, [[`update organisations set state = 'suspended' where id = $1`, [org]]]),
  ],
  [
    'a session that is revoked',
    4401,
    'R1',
    ({ eve }) =>
      change({ personId: eve.personId, sessionId: eve.sessionId }, [
        ['update sessions set ended_at = now() where id = $1', [eve.sessionId]],
      ]),
  ],
  [
    'a participation that is ended',
    4404,
    'R4',
    ({ workspaceId, org, participationId }) =>
      change({ workspaceId, orgId: org }, [
        ['update participations set ended_at = now() where id = $1', [participationId]],
      ]),
  ],
  [
    'a section that is frozen',
    4205,
    '',
    ({ workspaceId, sectionId }) =>
      change({ workspaceId, sectionId }, [
        ['update sections set frozen_at = now() where id = $1', [sectionId]],
      ]),
  ],
  [
    'a clause whose end is reached',
    4404,
    'R5',
    async ({ world, sectionId, workspaceId, orgs, org }) => {
      const until = Date.now() + 700
      await world.boundary({ sectionId }, [
        { kind: 'org', id: orgs.county, max: 'manage' },
        { kind: 'org', id: org, max: 'edit', until },
      ])
      await change({ workspaceId, sectionId }, [])
      return until
    },
  ],
]

const stored = async (sectionId: string): Promise<number> =>
  (
    await bed.services.db.query<{ n: number }>(
      'select count(*) as n from section_updates where section_id = $1',
      [sectionId],
    )
  ).rows[0]?.n ?? 0

describe('[R1] [R4] [R5] [R7] [R8] what is lost closes within a second, and no later update is accepted', () => {
  test.each(cases)('%s closes with %i %s', async (_what, code, rule, takeAway) => {
    const now = await scene()
    const eve = open(now.eve, now.sectionId)
    const clara = open(now.people.countyLead, now.sectionId)
    await Promise.all([eve.synced, clara.synced])
    eve.text.insert(0, 'Before. ')
    await untilDoc(clara.doc, () => clara.text.toString() === 'Before. ')

    const closed = eve.closed()
    const why = new Promise((resolve) => {
      eve.provider.on('connection-close', (event: CloseEvent | null) => resolve(event?.reason))
    })
    let others: number | null = null
    clara.provider.on('connection-close', (event: CloseEvent | null) => {
      others = event?.code ?? 0
    })
    const end = await takeAway(now)
    const over = typeof end === 'number' ? end : Date.now()
    const before = await stored(now.sectionId)
    if (over <= Date.now()) eve.text.insert(0, 'After. ')
    expect(await closed).toBe(code)
    expect(await why).toBe(rule)
    expect(Date.now() - over).toBeLessThan(1_000)

    if (code === 4205) {
      expect(await stored(now.sectionId)).toBe(before)
      return
    }
    // Whoever keeps access goes on, on the same socket.
    clara.text.insert(0, 'Still here. ')
    const carl = open(now.people.hospitalLead, now.sectionId)
    if (_what.startsWith('a boundary') || _what.startsWith('a clause')) {
      expect(await carl.closed()).toBe(4404)
    } else {
      await carl.synced
      await untilDoc(carl.doc, () => carl.text.toString().includes('Still here. '))
      expect(carl.text.toString()).not.toContain('After. ')
    }
    expect(others).toBeNull()
    const { rows } = await bed.services.db.query(
      `select rule from audit_inbox where section_id = $1 and actor_person_id = $2
       and type in ('section.access_lost', 'section.frame_refused')`,
      [now.sectionId, now.eve.personId],
    )
    expect(rows.length).toBeGreaterThan(0)
  })
})

test('[R8] after a freeze an editor comes back as a reader, and reads on', async () => {
  const now = await scene()
  const eve = open(now.eve, now.sectionId)
  const clara = open(now.people.countyLead, now.sectionId)
  await Promise.all([eve.synced, clara.synced])
  clara.text.insert(0, 'Agreed.')
  await untilDoc(eve.doc, () => eve.text.toString() === 'Agreed.')
  const resynced = new Promise<void>((resolve) => {
    const codes: number[] = []
    eve.provider.on('connection-close', (event: CloseEvent | null) => codes.push(event?.code ?? 0))
    eve.provider.on('sync', (state: boolean) => {
      if (state && codes[0] === 4205) resolve()
    })
  })
  await change({ workspaceId: now.workspaceId, sectionId: now.sectionId }, [
    ['update sections set frozen_at = now() where id = $1', [now.sectionId]],
  ])
  await resynced
  expect(eve.text.toString()).toBe('Agreed.')
  const closed = eve.closed()
  eve.text.insert(0, 'not ')
  expect(await closed).toBe(4403)
})

test('[R5] a section that one may not discover is refused like one that does not exist, on record', async () => {
  const { people, sections } = bed.world
  const hidden = open(people.weatherEditor, sections.closed)
  let said: string | undefined
  hidden.provider.on('connection-close', (event: CloseEvent | null) => {
    said = event?.reason
  })
  expect(await hidden.closed()).toBe(4404)
  expect(said).toBe('')
  const missing = open(people.weatherEditor, '01920000-0000-7000-8000-000000000000')
  expect(await missing.closed()).toBe(4404)
  const { rows } = await bed.services.db.query<{ outcome: string }>(
    `select outcome from audit_inbox where type = 'section.opened' and section_id = $1 and actor_person_id = $2`,
    [sections.closed, people.weatherEditor.personId],
  )
  expect(rows.map((row) => row.outcome)).toEqual(['denied'])
})

test('an update that is committed while the change waits is in, and the next one is not', async () => {
  const now = await scene()
  const eve = open(now.eve, now.sectionId)
  await eve.synced
  eve.text.insert(0, 'a')
  const closed = eve.closed()
  const typing = setInterval(() => eve.text.insert(0, 'x'), 1)
  let atCommit = 0
  await bed.services.db.transaction(async (tx) => {
    await tx.query('update memberships set ended_at = now() where id = $1', [now.membershipId])
    await bed.services.accessChanges.publish(tx, {
      workspaceId: now.workspaceId,
      personId: now.eve.personId,
    })
    // After the clocks are raised, just before COMMIT: what is stored now was committed before the change.
    tx.beforeCommit(
      'count',
      async () => {
        const { rows } = await tx.query<{ n: number }>(
          'select count(*) as n from section_updates where section_id = $1',
          [now.sectionId],
        )
        atCommit = rows[0]?.n ?? 0
        return undefined
      },
      'last',
    )
  })
  expect(await closed).toBe(4404)
  clearInterval(typing)
  expect(await stored(now.sectionId)).toBe(atCommit)
})
