import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { hash } from '@node-rs/argon2'
import type { Id } from '@/lib/ids'
import { handleTrpc } from '@/server/api/handle-http'
import { serveExport } from '@/server/exports/serve-export'
import { createReadiness } from '@/server/http/health'
import { createFront, listen } from '@/server/http/listen'
import { createMetrics } from '@/server/http/metrics'
import { createRouter } from '@/server/http/router'
import { type AuthHandler, createAuthHandler } from '@/server/identity/auth-handler'
import { createSessions } from '@/server/identity/sessions'
import { createLog } from '@/server/log'
import type { AccessScope } from '@/server/policy/access-scope'
import { createSyncServer } from '@/server/sync/sync-server'
import { createWitnessDoor } from '@/server/witness/host/door'
import { testEnv, testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

/**
 * The server as `server/main` puts it together, in a process of its own, without Next's pages (they draw; what enters
 * passes everything that is here): front door, sign-in with passwords, sessions, API, sockets, record.
 * `node --import tsx front-node.ts <port>`; its log is its standard output.
 */
const [port = ''] = process.argv.slice(2)

const PASSWORD = 'heron under the old bridge'

export interface FrontReady {
  sectionId: Id
  hiddenId: Id
  orgs: Record<'county' | 'weather' | 'hospital', Id>
  people: Record<string, { personId: Id; email: string }>
}

/** What the test asks of the process: its memory, rows of the record, or a change of access that no operation makes yet. */
export type FrontQuestion =
  | { ask: 'memory' }
  | { ask: 'query'; sql: string; values: unknown[] }
  | { ask: 'change'; sql: string; values: unknown[]; scope: AccessScope }

const publicUrl = `http://localhost:${port}`
const env = { ...testEnv, port: Number(port), publicUrl, logLevel: 'debug' as const }
const node = randomBytes(6).toString('hex')
const log = createLog(env, node)
const metrics = createMetrics()
const router = createRouter(env, log, metrics)
const front = createFront().on('request', router.handle).on('upgrade', router.upgrade)
await listen(front, env)
const services = await testServices({ env, log, meter: metrics, node })
const { db } = services
const { people, sections, orgs } = await threeAgencies(db)
// Cheap on purpose: these tests sign in often, and the cost is tested elsewhere.
const passwordHash = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1 })
await db.query('update people set password_hash = $1', [passwordHash])

/** The one route handler that Next serves. */
const throughAuth = async (auth: AuthHandler, req: IncomingMessage, res: ServerResponse): Promise<void> => {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const headers = new Headers()
  for (const [name, value] of Object.entries(req.headers)) headers.set(name, String(value))
  const body = req.method === 'POST' ? { body: Buffer.concat(chunks) } : {}
  const answer = await auth(
    new Request(`http://inside${req.url}`, { method: req.method ?? 'GET', headers, ...body }),
  )
  for (const cookie of answer.headers.getSetCookie()) res.appendHeader('set-cookie', cookie)
  res.writeHead(answer.status)
  res.end(await answer.text())
}

const sessions = createSessions(services)
const sync = createSyncServer(services, sessions)
const auth = createAuthHandler(services, sessions)
router.open({
  pages: {
    handle: (req, res) => throughAuth(auth, req, res),
    upgrade: (_req, socket) => socket.destroy(),
    close: async () => undefined,
  },
  api: handleTrpc(services, sessions),
  witnesses: createWitnessDoor(services),
  live: (_req, res) => res.end(),
  exports: serveExport(services, sessions),
  collab: sync.upgrade,
  readiness: createReadiness({
    ping: () => db.query('select 1'),
    pendingMigrations: async () => 0,
    redis: () => 'none',
  }),
})

process.on('disconnect', () => process.exit(0))
process.on('message', async ({ id, question }: { id: number; question: FrontQuestion }) => {
  if (question.ask === 'memory') {
    process.send?.({ id, answer: process.memoryUsage().rss })
    return
  }
  const { sql, values } = question
  if (question.ask === 'query') {
    process.send?.({ id, answer: (await db.query(sql, values)).rows })
    return
  }
  await db.transaction(async (tx) => {
    await tx.query(sql, values)
    await services.accessChanges.publish(tx, question.scope)
  })
  process.send?.({ id, answer: null })
})

const { rows } = await db.query<{ id: Id; email: string }>('select id, email from people')
const known: FrontReady['people'] = {}
for (const [who, { personId }] of Object.entries(people)) {
  known[who] = { personId, email: rows.find(({ id }) => id === personId)?.email ?? '' }
}
const ready: FrontReady = { sectionId: sections.open, hiddenId: sections.closed, orgs, people: known }
process.send?.({ id: 0, answer: ready })
