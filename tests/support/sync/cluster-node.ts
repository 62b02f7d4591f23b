import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { startSequencer } from '@/server/audit/sequence'
import { openServices } from '@/server/boot/open-services'
import { createSessions } from '@/server/identity/sessions'
import { silentMeter } from '@/server/meter'
import { createSyncServer } from '@/server/sync/sync-server'
import { testEnv } from '@/tests/support/services'

/**
 * One of several equal nodes as a process of its own: services, sessions, sequencer and sockets as `server/main` starts
 * them, without pages. Says where it listens to its parent, and does what its parent asks.
 */
export interface NodeSettings {
  databaseUrl: string
  redisUrl: string | null
}
export type NodeOrder = { signOut: string } | { leave: true }

const settings = JSON.parse(process.argv[2] ?? '{}') as NodeSettings
const log = pino({ level: 'info' })
const services = await openServices(
  { ...testEnv, ...settings },
  { log, meter: silentMeter, node: randomBytes(6).toString('hex') },
)
const sessions = createSessions(services)
const sync = createSyncServer(services, sessions)
const sequencer = startSequencer(services)
const http = createServer()
http.on('upgrade', (req, socket, head) => sync.upgrade(req, socket, head))
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }))

process.on('disconnect', () => process.exit(0))
process.on('message', async (order: NodeOrder) => {
  if ('signOut' in order) return sessions.signOut(order.signOut)
  await sync.drain()
  await sequencer.stop()
  await services.nodes.stop()
  await services.db.close()
  process.exit(0)
})
