import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@/lib/ids'
import { startExports } from '@/server/exports/run-exports'
import { loadRecord } from '@/tests/bench/audit-rows'
import { insertExport } from '@/tests/exports/insert-export'
import { openServerTestDatabase } from '@/tests/support/database'
import { testEnv, testServices } from '@/tests/support/services'
import { worldIn } from '@/tests/support/world'

/**
 * `node --import tsx tests/bench/exports.ts <PostgreSQL url> [events] [formats]`: one export of each format of a long record, with the
 * process's memory all along. Constant memory means that the last tenth takes no more of it than the first.
 */
const [url = '', rows = '1000000', formats = 'bundle,csv,pdf'] = process.argv.slice(2)
const MIB = 1024 * 1024

const db = await openServerTestDatabase(url)
const dataDir = mkdtempSync(join(tmpdir(), 'liaison-bench-exports-'))
const services = await testServices({ db, env: { ...testEnv, dataDir } })
try {
  const { workspaceId, org } = await loadRecord(db, Number(rows))
  await db.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0')
    await tx.query(
      `insert into audit_log (tree, index, event_id, leaf_hash)
       select 'workspace:' || workspace_id, row_number() over (partition by workspace_id order by at, id) - 1, id,
         sha256('\\x00'::bytea || convert_to(canonical, 'UTF8')) from audit_inbox where workspace_id is not null`,
    )
    await tx.query(
      `insert into audit_heads (tree, size, at) select tree, count(*), now() from audit_log group by tree`,
    )
  })
  await db.query('analyze audit_log')
  const world = worldIn(db)
  const person = { personId: await world.person(org), orgId: org, sessionId: newId() }
  console.log(`Memory of the process before: ${Math.round(process.memoryUsage().rss / MIB)} MiB`)
  for (const format of formats.split(',')) {
    const id = await insertExport(db, person, workspaceId, { format, scope: 'whole' })
    const seen: { at: number; rss: number }[] = []
    const began = performance.now()
    const timer = setInterval(
      () => seen.push({ at: performance.now() - began, rss: process.memoryUsage().rss / MIB }),
      100,
    )
    const exports = startExports(services)
    await exports.runNow()
    await exports.stop()
    clearInterval(timer)
    const took = performance.now() - began
    const { rows: made } = await db.query('select state, total, bytes from record_exports where id = $1', [
      id,
    ])
    const tenth = (n: number) =>
      Math.round(
        Math.max(0, ...seen.filter(({ at }) => Math.floor((at / took) * 10) === n).map(({ rss }) => rss)),
      )
    console.log(
      JSON.stringify({
        format,
        ...made[0],
        seconds: Math.round(took / 100) / 10,
        'MiB at most, by tenths of the time': Array.from({ length: 10 }, (_, n) => tenth(n)),
      }),
    )
  }
} finally {
  await services.close()
  rmSync(dataDir, { recursive: true, force: true })
}
