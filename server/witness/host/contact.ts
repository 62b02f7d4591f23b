import type { Id } from '@/lib/ids'
import type { Database } from '@/server/db/client'

/** A witness was heard. Written at most every few seconds: the panel shows seconds, the alarm goes by minutes. */
export const touchContact = async (db: Database, witnessId: Id, at: Date): Promise<void> => {
  await db.write(
    `insert into audit_witness_contacts as c (witness_id, seen_at) values ($1, $2)
     on conflict (witness_id) do update set seen_at = excluded.seen_at where c.seen_at < excluded.seen_at - interval '2 seconds'`,
    [witnessId, at],
    'touch witness',
  )
}
