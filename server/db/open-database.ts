import type { Logger } from 'pino'
import type { Database } from '@/server/db/client'
import { openEmbedded } from '@/server/db/open-embedded'
import { openPostgresql } from '@/server/db/open-postgresql'

export interface OpenOptions {
  /** PostgreSQL, or null for the embedded database under `dataDir`. */
  databaseUrl: string | null
  dataDir: string
  log: Pick<Logger, 'warn'>
}

/**
 * @throws DomainError `unavailable` with one sentence for the operator: a folder that cannot be written or is in use,
 * a server that cannot be reached or is too old.
 */
export function openDatabase({ databaseUrl, dataDir, log }: OpenOptions): Promise<Database> {
  return databaseUrl === null ? openEmbedded(dataDir, log) : openPostgresql(databaseUrl, log)
}
