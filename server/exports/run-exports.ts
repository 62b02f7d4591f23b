import { sweepFolder } from '@/server/exports/export-folder'
import { claimExport, type ExportRow, leaveExport, MOST_ATTEMPTS } from '@/server/exports/export-rows'
import { failExport, makeExport, NoLongerOurs } from '@/server/exports/make-export'
import type { Services } from '@/server/services'

const LOOK_MS = 1_000
const SWEEP_MS = 60_000

export interface Exports {
  /** Makes what waits, without waiting for the next look. For tests. */
  runNow(): Promise<void>
  stop(): Promise<void>
}

/**
 * Makes exports one after the other, on every node. A node that stops puts its own back; one that dies is found out when its
 * lease runs out. Files that belong to no export are deleted, here where they lie.
 */
export const startExports = (services: Services): Exports => {
  const { db, env, log, node } = services
  let stopped = false
  let swept = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  const make = async (row: ExportRow): Promise<void> => {
    if (row.attempts > MOST_ATTEMPTS) return failExport(services, row)
    try {
      await makeExport(services, row, () => stopped)
    } catch (error) {
      if (error instanceof NoLongerOurs) {
        if (stopped) await leaveExport(db, row)
        return
      }
      log.error({ err: error, exportId: row.id }, 'an export could not be made')
      await failExport(services, row)
    }
  }

  const sweep = async (): Promise<void> => {
    if (performance.now() - swept < SWEEP_MS) return
    swept = performance.now()
    const { rows } = await db.query<{ id: string }>(
      `select id from record_exports where state in ('running', 'done')`,
    )
    await sweepFolder(env, new Set(rows.map(({ id }) => id)))
  }

  const round = async (): Promise<void> => {
    try {
      for (let row = await claimExport(db, node); row !== null; row = await claimExport(db, node)) {
        await make(row)
        if (stopped) return
      }
      await sweep()
    } catch (error) {
      log.error({ err: error }, 'exports could not be looked for')
    }
  }
  let under: Promise<void> = Promise.resolve()
  const runNow = (): Promise<void> => {
    under = under.then(round)
    return under
  }
  const schedule = (): void => {
    if (stopped) return
    timer = setTimeout(() => void runNow().then(schedule), LOOK_MS)
    timer.unref()
  }
  schedule()
  return {
    runNow,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await under
    },
  }
}
