import type { Tx } from '@/server/db/client'

/** One sequencer at a time in a database, whatever the number of nodes. */
const LOCK = 6_013_428
/** A node that is stopped while it holds the lock is cut off after this, and another goes on. */
const PATIENCE = '5s'

/**
 * Takes the sequencers' lock for the rest of the transaction, if it is free.
 * @returns `alarm`: the record contradicts what was signed, nothing may be sequenced
 */
export async function lockSequencing(tx: Tx): Promise<{ mine: boolean; alarm: boolean }> {
  const { rows } = await tx.query<{ mine: boolean; alarm: boolean }>(
    `select pg_try_advisory_xact_lock($1) as mine, exists (select 1 from audit_alarms) as alarm,
       set_config('idle_in_transaction_session_timeout', '${PATIENCE}', true)`,
    [LOCK],
    'lock sequencing',
  )
  return rows[0] ?? { mine: false, alarm: false }
}
