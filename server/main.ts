import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DomainError } from '@/lib/errors'
import { createCaller } from '@/server/api/caller'
import { explainStart } from '@/server/boot/explain-start'
import { greet } from '@/server/boot/greet'
import { handlersOf } from '@/server/boot/handlers'
import { openServices } from '@/server/boot/open-services'
import { startBackground } from '@/server/boot/start-background'
import { pendingMigrations } from '@/server/db/migrate'
import { readEnv, tellLibraries } from '@/server/env'
import { drainOnSignal } from '@/server/http/drain'
import { createReadiness } from '@/server/http/health'
import { createFront, listen } from '@/server/http/listen'
import { createMetrics } from '@/server/http/metrics'
import { startPages } from '@/server/http/next-pages'
import { createRouter } from '@/server/http/router'
import { createAuthHandler } from '@/server/identity/auth-handler'
import { createSessions } from '@/server/identity/sessions'
import { createLiveChannel } from '@/server/live/live-channel'
import { createLog } from '@/server/log'
import { openDoor } from '@/server/runtime'
import { createSyncServer } from '@/server/sync/sync-server'

/** The project's folder: both server/main.ts and dist/main.js lie one below it. */
const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Starts everything in order and passes state on; nothing below holds any of its own. */
const main = async (): Promise<void> => {
  const env = readEnv()
  tellLibraries(env)
  if (env.production && !existsSync(`${ROOT}.next/BUILD_ID`))
    throw new DomainError('unavailable', 'There is no finished build here. Run: npm run build')
  const node = randomBytes(6).toString('hex')
  const log = createLog(env, node)
  const metrics = createMetrics()

  // The port comes first: whoever finds it taken must not have touched the data.
  const router = createRouter(env, log, metrics)
  const front = createFront().on('request', router.handle).on('upgrade', router.upgrade)
  await listen(front, env)

  const services = await openServices(env, { log, meter: metrics, node })
  const { db } = services
  const sessions = createSessions(services)
  const sync = createSyncServer(services, sessions)
  const background = await startBackground(services, sessions)
  const live = createLiveChannel(services, sessions)
  metrics.watch({
    sockets: () => sync.stats().sockets,
    rooms: () => sync.stats().rooms,
    ...background.gauges,
    nodes: services.nodes,
  })
  openDoor({
    api: createCaller(services, sessions),
    auth: createAuthHandler(services, sessions),
    banner: env.banner,
    publicUrl: env.publicUrl,
    demonstration: env.demonstration,
  })
  const pages = await startPages({ ...env, root: ROOT })
  const readiness = createReadiness({
    ping: () => db.query('select 1'),
    pendingMigrations: () => pendingMigrations(db),
    redis: services.nodes.redis,
  })
  await greet(services)
  router.open({ pages, readiness, ...handlersOf(services, sessions, { sync, live }) })
  log.info({ publicUrl: env.publicUrl, database: db.kind }, 'ready')

  const then = [...background.stops, pages.close, services.nodes.stop, () => db.close()]
  const sockets = () => Promise.all([sync.drain(), live.stop()])
  drainOnSignal({ front, log, sockets, then, exit: process.exit })
}

main().catch(explainStart)
