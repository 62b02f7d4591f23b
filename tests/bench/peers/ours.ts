import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { startSequencer } from '@/server/audit/sequence'
import { openServices } from '@/server/boot/open-services'
import { createMetrics } from '@/server/http/metrics'
import { createSessions } from '@/server/identity/sessions'
import { endMember } from '@/server/operations/members/end-member'
import { runOperation } from '@/server/operations/run-operation'
import { createSyncServer } from '@/server/sync/sync-server'
import { answerParent } from '@/tests/bench/peers/report'
import { stockOf } from '@/tests/bench/peers/stock'
import { testEnv } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

/**
 * Our server as it runs in production, without its pages: sessions and access from the database, gate, authorship,
 * durable commits, the record and its sequencer, figures for /metrics. `<folder> <database url, or ""> <people>`.
 */
const [folder = '', databaseUrl = '', people = '100'] = process.argv.slice(2)
const env = {
  ...testEnv,
  databaseUrl: databaseUrl === '' ? null : databaseUrl,
  dataDir: join(folder, 'data'),
}
const log = pino({ level: 'error' }, pino.destination(2))
const meter = createMetrics()
const services = await openServices(env, { log, meter, node: `bench-${process.pid}` })
const { db } = services
const sessions = createSessions(services)
const sync = createSyncServer(services, sessions)
const sequencer = startSequencer(services)
meter.watch({
  sockets: () => sync.stats().sockets,
  rooms: () => sync.stats().rooms,
  recordBacklog: () => sequencer.backlog(),
  recordStopped: () => sequencer.isStopped(),
  recordWarnings: async () => 0,
  streams: () => [],
})

const agencies = await threeAgencies(db)
const { world, orgs, workspaceId } = agencies
const leads = [agencies.people.countyLead, agencies.people.hospitalLead]
const members: { membershipId: string; cookie: string }[] = []
for (let i = 0; i < Number(people); i++) {
  const personId = await world.person(i % 2 === 0 ? orgs.county : orgs.hospital)
  const membershipId = await world.membership(workspaceId, personId, 'editor')
  const source = { address: '127.0.0.1', userAgent: 'bench', requestId: `bench-${i}` }
  const { token } = await db.transaction((tx) => sessions.start(tx, { personId, strength: 1, source }))
  members.push({ membershipId, cookie: `${sessions.cookieName}=${token}` })
}
const stock = stockOf(db, agencies)

const http = createServer()
http.on('upgrade', (req, socket, head) => sync.upgrade(req, socket, head))
answerParent({
  sections: ({ file, count }: { file: string; count: number }) => stock.sections(readFileSync(file), count),
  history: ({ file, updates }: { file: string; updates: number }) =>
    stock.history(readFileSync(file), updates),
  stored: () => stock.stored(),
  /** Ends a membership as a lead does on the members page. @returns when it was committed, on the machine's clock. */
  revoke: async ({ person }: { person: number }) => {
    const lead = leads[person % 2]
    const { membershipId } = members[person] ?? {}
    if (lead === undefined || membershipId === undefined) throw new Error(`no person ${person}`)
    let committed = 0n
    // The first listener after COMMIT: before any socket is looked at.
    const end = services.accessChanges.subscribe(() => {
      committed = process.hrtime.bigint()
    })
    await runOperation(services, lead, endMember, { membershipId })
    end()
    return Number(committed) / 1e6
  },
})
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  process.send?.({ port, cookies: members.map(({ cookie }) => cookie) })
})
