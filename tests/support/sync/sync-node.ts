import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { createRecorder } from '@/server/audit/append'
import { migrate } from '@/server/db/migrate'
import { openDatabase } from '@/server/db/open-database'
import type { Actor } from '@/server/identity/actor'
import { silentMeter } from '@/server/meter'
import { joinNodes } from '@/server/nodes/nodes'
import { createAccessChanges } from '@/server/policy/access-changes'
import { createSyncServer } from '@/server/sync/sync-server'
import { storeSnapshot } from '@/server/sync/update-log'
import { testPersonKeys } from '@/tests/support/database'
import { testEnv } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

/**
 * A server process of its own with the real sync server, so that it can be killed or measured: `node --import tsx
 * sync-node.ts <folder> <database url, or ""> [file with a Yjs state] [how many sections hold it]`. The first start puts the three agencies in; later ones find them. Says where it
 * listens, and the people's cookies, to its parent.
 */
const [folder = '', databaseUrl = '', stateFile = '', copies = '0'] = process.argv.slice(2)

export interface NodeReady {
  port: number
  sectionId: string
  cookies: string[]
  /** Sections that hold the given state and were not opened yet. */
  filled: string[]
}

const log = pino({ level: 'silent' })
const db = await openDatabase({
  databaseUrl: databaseUrl === '' ? null : databaseUrl,
  dataDir: join(folder, 'data'),
  log,
})
await migrate(db)
const seedFile = join(folder, 'world.json')
if (!existsSync(seedFile)) {
  const { people, sections, world, documentId, orgs } = await threeAgencies(db)
  const filled: string[] = []
  for (let i = 0; i < Number(copies); i++) {
    const id = await world.section(documentId, orgs.county)
    await storeSnapshot(db, id, 0, readFileSync(stateFile))
    filled.push(id)
  }
  const actors = [people.countyLead, people.weatherEditor, people.hospitalEditor, people.hospitalLead]
  writeFileSync(seedFile, JSON.stringify({ sectionId: sections.open, actors, filled }))
}
const { sectionId, actors, filled } = JSON.parse(readFileSync(seedFile, 'utf8')) as {
  sectionId: string
  actors: Actor[]
  filled: string[]
}
const known = new Map(actors.map((actor) => [`test=${actor.sessionId}`, actor]))
const node = randomBytes(6).toString('hex')
const accessChanges = createAccessChanges()
const env = { ...testEnv, databaseUrl: databaseUrl === '' ? null : databaseUrl }
const personKeys = testPersonKeys()
const services = {
  env,
  db,
  recorder: createRecorder({ node, keys: personKeys }),
  personKeys,
  accessChanges,
  nodes: await joinNodes(env, { db, log, node, accessChanges }),
  log,
  meter: silentMeter,
  node,
  now: () => new Date(),
}
const sync = createSyncServer(services, {
  actorOfCookies: async (header) => known.get(header ?? '') ?? null,
  touch: async () => null,
  endRunOut: async () => 0,
})
const http = createServer()
http.on('upgrade', (req, socket, head) => sync.upgrade(req, socket, head))
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  process.send?.({ port, sectionId, cookies: [...known.keys()], filled } satisfies NodeReady)
})
process.on('disconnect', () => process.exit(0))
process.on('message', () => {
  void sync.drain().then(async () => {
    await services.nodes.stop()
    await db.close()
    process.exit(0)
  })
})
