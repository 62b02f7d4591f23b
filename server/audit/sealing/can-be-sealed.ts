import type { Id } from '@/lib/ids'
import type { Quorum } from '@/server/audit/sealing/quorum'
import type { Reader } from '@/server/db/client'

/**
 * Since when enough of the organisations have a witness for a seal to come about. Null: too few have one; that is a state to show,
 * not one to raise an alarm about.
 */
export async function couldSealSince(reader: Reader, { of, needed }: Quorum): Promise<Date | null> {
  if (needed === 0) return null
  const { rows } = await reader.query<{ org_id: Id; since: Date }>(
    `select org_id, min(valid_from) as since from audit_witnesses where org_id = any($1) and ended_at is null
     group by org_id order by since`,
    [of],
  )
  return rows[needed - 1]?.since ?? null
}
