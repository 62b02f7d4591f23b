import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { pino } from 'pino'
import type { Id } from '@/lib/ids'
import type { Actor } from '@/server/identity/actor'
import { Gate } from '@/server/sync/gate'
import { createSyncServer } from '@/server/sync/sync-server'
import { openServerTestDatabase, openTestDatabase } from '@/tests/support/database'
import { testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

/**
 * The server that is fuzzed, in a process of its own, so that the work of sending is not counted as its own.
 * `fuzz-node.ts <database url, or ""> <sections> <people who send>`
 */
const [databaseUrl = '', sectionCount = '4', peopleCount = '40'] = process.argv.slice(2)

export interface FuzzReady {
  port: number
  sections: Id[]
  /** Two who write honestly, then those who send what is broken. */
  honest: string[]
  senders: string[]
}

/** Milliseconds. */
export interface FuzzFigures {
  frames: number
  loop: { p99: number; max: number }
  /** Of that lag, what this process worked: the rest is others who had the machine. */
  own: { p99: number; max: number }
  receive: { p99: number; max: number }
  /** Errors that nobody caught. */
  escaped: string[]
  refused: number
}

/** How often the loop is looked at. */
const TURN_MS = 5

const escaped: string[] = []
process.on('uncaughtException', (error) => escaped.push(String(error.stack)))
process.on('unhandledRejection', (reason) => escaped.push(String(reason)))

const took: number[] = []
/** What one frame costs this thread: the clock, or the work, if others had the machine meanwhile. */
const judge = Gate.prototype.receive
Gate.prototype.receive = function (...args: Parameters<typeof judge>): void {
  const [begun, worked] = [performance.now(), process.cpuUsage()]
  judge.apply(this, args)
  const wall = performance.now() - begun
  const { user, system } = process.cpuUsage(worked)
  took.push(Math.min(wall, (user + system) / 1000))
}

const services = await testServices({
  log: pino({ level: 'silent' }),
  db: databaseUrl === '' ? await openTestDatabase() : await openServerTestDatabase(databaseUrl),
})
const { db } = services
const { world, documentId, orgs, people, workspaceId } = await threeAgencies(db)
const sections: Id[] = []
for (let i = 0; i < Number(sectionCount); i++) sections.push(await world.section(documentId, orgs.county))
const known = new Map<string, Actor>()
const cookieOf = (actor: Actor): string => {
  known.set(`test=${actor.sessionId}`, actor)
  return `test=${actor.sessionId}`
}
const senders: string[] = []
for (let i = 0; i < Number(peopleCount); i++) {
  const personId = await world.person(orgs.hospital)
  await world.membership(workspaceId, personId, 'editor')
  senders.push(cookieOf(await world.actor(personId)))
}
const sync = createSyncServer(services, {
  actorOfCookies: async (header) => known.get(header ?? '') ?? null,
  touch: async () => null,
  endRunOut: async () => 0,
})
const http = createServer().on('upgrade', (req, socket, head) => sync.upgrade(req, socket, head))
const lag: IntervalHistogram = monitorEventLoopDelay({ resolution: TURN_MS })

const own: number[] = []
let [turn, work] = [performance.now(), process.cpuUsage()]
setInterval(() => {
  const late = performance.now() - turn - TURN_MS
  const { user, system } = process.cpuUsage(work)
  own.push(Math.max(0, Math.min(late, (user + system) / 1000)))
  turn = performance.now()
  work = process.cpuUsage()
}, TURN_MS)

/** @returns the 99th of a hundred and the largest. */
const edges = (all: number[]): { p99: number; max: number } => {
  const sorted = all.slice().sort((a, b) => a - b)
  return { p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0, max: sorted.at(-1) ?? 0 }
}

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  lag.enable()
  own.length = 0
  const honest = [cookieOf(people.countyLead), cookieOf(people.weatherEditor)]
  process.send?.({ port, sections, honest, senders } satisfies FuzzReady)
})
process.on('disconnect', () => {
  void db.close().finally(() => process.exit(0))
})
process.on('message', async () => {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from audit_inbox where type = 'section.frame_refused'`,
  )
  process.send?.({
    frames: took.length,
    loop: { p99: lag.percentile(99) / 1e6, max: lag.max / 1e6 },
    own: edges(own),
    receive: edges(took),
    escaped,
    refused: rows[0]?.n ?? 0,
  } satisfies FuzzFigures)
})
