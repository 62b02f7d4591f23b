import type { Logger } from 'pino'
import type { Recorder } from '@/server/audit/append'
import type { PersonKeys } from '@/server/audit/personal/person-keys'
import type { Database } from '@/server/db/client'
import type { Env } from '@/server/env'
import type { Meter } from '@/server/meter'
import type { Nodes } from '@/server/nodes/nodes'
import type { AccessChanges } from '@/server/policy/access-changes'

/** State of one running server, created in `main` (or by a test) and passed: nothing is a module-level singleton. */
export interface Services {
  env: Env
  db: Database
  recorder: Recorder
  /** The keys of the record's personal values. */
  personKeys: PersonKeys
  accessChanges: AccessChanges
  /** The other processes on this database, and whether it answers. */
  nodes: Nodes
  log: Logger
  /** Figures for /metrics; `silentMeter` in tests. */
  meter: Meter
  /** Name of this process in the record and in bursts: random at every start. */
  node: string
  now: () => Date
}
