import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { createRecorder } from '@/server/audit/append'
import type { Env } from '@/server/env'
import { silentMeter } from '@/server/meter'
import { ALONE } from '@/server/nodes/nodes'
import { createAccessChanges } from '@/server/policy/access-changes'
import type { Services } from '@/server/services'
import { openTestDatabase, testPersonKeys } from '@/tests/support/database'

export const testEnv: Env = {
  production: false,
  demonstration: false,
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://localhost:3000',
  databaseUrl: null,
  redisUrl: null,
  dataDir: '/nonexistent',
  logKeyFile: '/nonexistent/log-key',
  checkpointDir: '/nonexistent/checkpoints',
  authSecret: 'only for tests, and long enough for them',
  metricsToken: null,
  logLevel: 'silent',
  banner: 'What you do here is on record.',
  trustedProxies: 0,
  markingsFile: null,
  personKeysFile: null,
  streamsFile: null,
  smtpUrl: null,
  mailFrom: 'liaison@localhost',
  idleMinutes: 30,
  absoluteHours: 12,
}

export type TestServices = Services & { close(): Promise<void> }

/** Services on a fresh database of their own. Whatever is given replaces what would be made; `close` closes the database. */
export async function testServices(overrides: Partial<Services> = {}): Promise<TestServices> {
  const node = overrides.node ?? `test-${randomUUID()}`
  const now = overrides.now ?? (() => new Date())
  const personKeys = overrides.personKeys ?? testPersonKeys()
  const db = overrides.db ?? (await openTestDatabase())
  return {
    env: testEnv,
    recorder: createRecorder({ node, keys: personKeys, now }),
    personKeys,
    accessChanges: createAccessChanges(),
    nodes: ALONE,
    log: pino({ level: 'silent' }),
    meter: silentMeter,
    ...overrides,
    db,
    node,
    now,
    close: () => db.close(),
  }
}
