import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Id } from '@/lib/ids'
import type { Actor } from '@/server/identity/actor'
import { openClient, type SyncClient } from '@/tests/support/sync/sync-client'
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

interface Scene {
  org: Id
  personId: Id
  sectionId: Id
  /** When what is given ends, or the block begins. */
  until: number
}

const participates = ({ org }: Scene, until: number | null = null) =>
  bed.world.world.participation(bed.world.workspaceId, org, { until })
const isMember = ({ personId }: Scene, role: 'editor' | 'guest', until: number | null = null) =>
  bed.world.world.membership(bed.world.workspaceId, personId, role, { until })
/** Nobody but whom the clause names, until then. */
const onlyFor = async (scene: Scene, kind: 'org' | 'group' | 'person', id: Id, until: number | null) =>
  bed.world.world.boundary({ sectionId: scene.sectionId }, [
    { kind: 'org', id: bed.world.orgs.county, max: 'manage' },
    { kind, id, max: 'edit', until },
  ])

/** Each gives access by one row that ends by itself; no operation, and nobody who tells the server. */
const CASES: [string, string, (scene: Scene) => Promise<unknown>][] = [
  [
    'a membership',
    'R7',
    async (scene) => [await participates(scene), await isMember(scene, 'editor', scene.until)],
  ],
  [
    'a participation',
    'R4',
    async (scene) => [await participates(scene, scene.until), await isMember(scene, 'editor')],
  ],
  [
    'a grant',
    'R7',
    async (scene) => {
      await participates(scene)
      await isMember(scene, 'guest')
      const { sectionId, personId, until } = scene
      await bed.world.world.grant({ sectionId }, 'person', personId, 'edit', { until })
    },
  ],
  [
    'a grant to a group',
    'R7',
    async (scene) => {
      await participates(scene)
      await isMember(scene, 'guest')
      const groupId = await bed.world.world.group(scene.org)
      await bed.world.world.inGroup(groupId, scene.personId)
      const { sectionId, until } = scene
      await bed.world.world.grant({ sectionId }, 'group', groupId, 'edit', { until })
    },
  ],
  [
    'a clause of a boundary',
    'R5',
    async (scene) => {
      await participates(scene)
      await isMember(scene, 'editor')
      await onlyFor(scene, 'person', scene.personId, scene.until)
    },
  ],
  [
    'a place in a group',
    'R5',
    async (scene) => {
      await participates(scene)
      await isMember(scene, 'editor')
      const groupId = await bed.world.world.group(scene.org)
      await bed.world.world.inGroup(groupId, scene.personId, { until: scene.until })
      await onlyFor(scene, 'group', groupId, null)
    },
  ],
  [
    'the time before a block begins',
    'R3',
    async (scene) => {
      await participates(scene)
      await isMember(scene, 'editor')
      const { sectionId, personId, until } = scene
      await bed.world.world.deny({ sectionId }, 'person', personId, { from: until })
    },
  ],
]

test.each(CASES)('%s ends on an open socket by itself, within a second (%s)', async (_what, rule, give) => {
  const { world, orgs, documentId } = bed.world
  const org = await world.org()
  const personId = await world.person(org)
  const sectionId = await world.section(documentId, orgs.county, { begun: true })
  const until = Date.now() + 4_000
  await give({ org, personId, sectionId, until })
  const eve = open(await world.actor(personId), sectionId)
  await eve.synced
  const closed = eve.closed()
  const why = new Promise((resolve) => {
    eve.provider.on('connection-close', (event: CloseEvent | null) => resolve(event?.reason))
  })
  expect(await closed).toBe(4404)
  expect(await why).toBe(rule)
  const late = Date.now() - until
  expect(late).toBeGreaterThanOrEqual(0)
  expect(late).toBeLessThan(1_000)
})
