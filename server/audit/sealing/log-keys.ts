import { parseVerifierKey } from '@/lib/audit/signed-note'
import type { Reader } from '@/server/db/client'

/** Verifier keys of this installation's log, the one in use first, then the older ones, newest first. Empty before the first signature. */
export async function readLogKeys(reader: Reader): Promise<string[]> {
  const { rows } = await reader.query<{ verifier_key: string }>(
    'select verifier_key from audit_log_keys order by ended_at desc nulls first, begun_at desc',
  )
  return rows.map((row) => row.verifier_key)
}

/** What the origins of this installation's checkpoints begin with; null before the first signature. */
export async function readLogName(reader: Reader): Promise<string | null> {
  const [key] = await readLogKeys(reader)
  return key === undefined ? null : parseVerifierKey(key).name
}
