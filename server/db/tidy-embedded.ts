import type { Database } from '@/server/db/client'

/** Tables that grow without end: the planner must learn their size, or it sorts a record where it could walk an index. */
const GROWING = ['audit_inbox', 'audit_log', 'audit_clear_values', 'section_updates']
/** Tables whose rows are replaced all the time. */
const CHURNING = ['audit_pending', 'audit_heads', 'access_clocks', 'sessions', 'edit_bursts', 'visits']

/**
 * What autovacuum does on a server, and what nothing does in the embedded database. Statistics are taken anew only when a
 * table has grown by half (about a second for a very large one, during which the process answers nobody).
 */
export async function tidyEmbedded(db: Database): Promise<void> {
  const { rows } = await db.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any($1)
     and pg_relation_size(oid) / current_setting('block_size')::int > 1.5 * relpages + 20`,
    [GROWING],
  )
  for (const { name } of rows) await db.query(`analyze ${name}`)
  await db.query(`vacuum ${CHURNING.join(', ')}`)
}
