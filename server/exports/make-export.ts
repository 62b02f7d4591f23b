import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { beginDraft, type Draft } from '@/server/exports/export-folder'
import { type ExportRow, keepExport } from '@/server/exports/export-rows'
import { countRecord, queryOf, readReport } from '@/server/exports/pdf/read-report'
import { writeReport } from '@/server/exports/pdf/write-report'
import { writeBundle } from '@/server/exports/write-bundle'
import { csvChunks } from '@/server/exports/write-csv'
import { filterOnRecord } from '@/server/operations/record/asked'
import type { Services } from '@/server/services'

/** Days that a finished file stays. */
export const KEPT_DAYS = 7
/** How often the row says how far it is, at most; each says as well that this node is at it. */
const TELL_MS = 1_000

/** Called off, taken over, or this node stops: nothing is wrong with the export itself. */
export class NoLongerOurs extends Error {
  override readonly name = 'NoLongerOurs'
}

type Told = (done: number) => Promise<void>

const WRITERS: Record<
  ExportRow['format'],
  (services: Services, row: ExportRow, path: string, told: Told) => Promise<void>
> = {
  bundle: writeBundle,
  async csv({ db }, row, path, told) {
    async function* texts(): AsyncGenerator<Buffer> {
      let done = 0
      for await (const { text, rows } of csvChunks(db, queryOf(row))) {
        yield Buffer.from(text)
        done += rows
        await told(done)
      }
    }
    await pipeline(texts, createWriteStream(path))
  },
  async pdf({ db, now }, row, path, told) {
    const report = await readReport(db, row, now())
    await told(report.total)
    await writeReport(report, now(), path)
  },
}

/**
 * Makes a claimed export: on record before its first byte is written, then written under another name, and only when all of it is
 * on disk given its own. What is interrupted leaves nothing that looks whole.
 * @throws NoLongerOurs
 */
export const makeExport = async (
  services: Services,
  row: ExportRow,
  stopping: () => boolean,
): Promise<void> => {
  const { db, env } = services
  let done = 0
  let told = performance.now()
  const tell = async (): Promise<void> => {
    if (stopping() || !(await keepExport(db, row, done))) throw new NoLongerOurs()
    told = performance.now()
  }
  // Counting, and the figures of a report, are each one long question: the lease must not run out meanwhile.
  const heart = setInterval(() => void keepExport(db, row, done).catch(() => undefined), 5_000)
  const note: Told = async (so) => {
    done = so
    if (stopping() || performance.now() - told >= TELL_MS) await tell()
  }
  let draft: Draft | null = null
  try {
    await begin(services, row, await countRecord(db, queryOf(row)))
    draft = await beginDraft(env, row)
    await WRITERS[row.format](services, row, draft.path, note)
    await tell()
    await finish(services, row, await draft.keep(), done)
  } catch (error) {
    await draft?.drop()
    throw error
  } finally {
    clearInterval(heart)
  }
}

const actorOf = ({ askedBy, orgId, sessionId }: ExportRow) => ({ personId: askedBy, orgId, sessionId })

const begin = ({ db, recorder }: Services, row: ExportRow, total: number): Promise<void> =>
  db.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      `update record_exports set total = $3 where id = $1 and attempts = $2 and state = 'running'`,
      [row.id, row.attempts, total],
    )
    if (rowCount !== 1) throw new NoLongerOurs()
    recorder.append(tx, {
      type: 'record.exported',
      outcome: 'allowed',
      actor: actorOf(row),
      object: { workspaceId: row.workspaceId, targetId: row.id },
      correlation: row.id,
      details: { format: row.format, scope: row.scope, filter: filterOnRecord(row.filter) },
      volume: { events: total, attempt: row.attempts },
    })
  })

const finish = async (
  { db, now }: Services,
  row: ExportRow,
  { bytes, hash }: { bytes: number; hash: string },
  done: number,
): Promise<void> => {
  const at = now()
  const { rowCount } = await db.write(
    `update record_exports set state = 'done', bytes = $3, hash = $4, done = $5, lease_until = null, finished_at = $6, expires_at = $7
     where id = $1 and attempts = $2 and state = 'running'`,
    [row.id, row.attempts, bytes, hash, done, at, new Date(at.getTime() + KEPT_DAYS * 86_400_000)],
    'finish an export',
  )
  if (rowCount !== 1) throw new NoLongerOurs()
}

/** It cannot be made, on record; whoever asked is told to ask again. */
export const failExport = ({ db, recorder, now }: Services, row: ExportRow): Promise<void> =>
  db.transaction(async (tx) => {
    const { rowCount } = await tx.query(
      `update record_exports set state = 'failed', lease_until = null, finished_at = $3
       where id = $1 and attempts = $2 and state = 'running'`,
      [row.id, row.attempts, now()],
    )
    if (rowCount !== 1) return
    recorder.append(tx, {
      type: 'record.export_failed',
      outcome: 'failed',
      actor: actorOf(row),
      object: { workspaceId: row.workspaceId, targetId: row.id },
      correlation: row.id,
      details: { format: row.format },
      volume: { attempts: row.attempts },
    })
  })
