import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Id, newId } from '@/lib/ids'
import { type KeptCheckpoints, openKeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { signGrown } from '@/server/audit/trees/sign-checkpoints'
import type { Database, Tx } from '@/server/db/client'
import { sequenceAll } from '@/tests/support/record/sequence-all'
import { type TestServices, testEnv, testServices } from '@/tests/support/services'

export interface RecordBed {
  services: TestServices
  db: Database
  kept: KeptCheckpoints
  /** Accepts events of a workspace (null: of the instance), in one transaction. */
  accept(workspaceId: Id | null, times?: number): Promise<void>
  /** Moves until nothing is pending. @returns how many were taken off the list */
  sequence(): Promise<number>
  sign(): ReturnType<typeof signGrown>
  /** As somebody who may do everything in the database: triggers are off while it runs. */
  asSuperuser(run: (tx: Tx) => Promise<unknown>): Promise<void>
  rows<Row extends object = Record<string, never>>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

const GUARDED = ['audit_inbox', 'audit_log', 'audit_tiles', 'audit_checkpoints', 'audit_log_keys']

/** A database with a key and a folder for checkpoints of its own. */
export const openRecordBed = async (
  overrides: Parameters<typeof testServices>[0] = {},
): Promise<RecordBed> => {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-record-'))
  const env = { ...testEnv, logKeyFile: join(folder, 'log-key'), checkpointDir: join(folder, 'checkpoints') }
  const services = await testServices({ env, ...overrides })
  const { db, recorder } = services
  const kept = await openKeptCheckpoints(services.env.checkpointDir)
  return {
    services,
    db,
    kept,
    accept: (workspaceId, times = 1) =>
      db.transaction(async (tx) => {
        for (let i = 0; i < times; i++)
          recorder.append(tx, {
            type: 'workspace.viewed',
            outcome: 'allowed',
            actor: { personId: null, orgId: null, sessionId: null },
            object: workspaceId === null ? {} : { workspaceId },
            correlation: newId(),
          })
      }),
    sequence: () => sequenceAll(services, kept),
    sign: () => signGrown(services, kept),
    asSuperuser: (run) =>
      db.transaction(async (tx) => {
        for (const table of GUARDED) await tx.query(`alter table ${table} disable trigger all`)
        await run(tx)
        for (const table of GUARDED)
          await tx.query(`alter table ${table} enable always trigger ${table}_kept`)
      }),
    async rows<Row extends object>(text: string, values?: unknown[]) {
      return (await db.query(text, values)).rows as Row[]
    },
    async close() {
      await services.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
