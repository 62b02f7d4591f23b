import type { IntegrityView } from '@/lib/views/sealing/integrity'
import { INSTANCE_SCOPE } from '@/server/audit/record-query'
import { workspaceOf } from '@/server/audit/sealing/quorum'
import type { Seal } from '@/server/audit/sealing/seal'
import type { Reader } from '@/server/db/client'

/** The last read that was made to see that the record works, and how far it has come. */
export async function readCanary(
  reader: Reader,
  tree: string,
  seal: Pick<Seal, 'size' | 'sealed'> | null,
): Promise<IntegrityView['canary']> {
  const { rows } = await reader.query<{ at: Date; index: number | null }>(
    `select i.at, l.index from audit_inbox i left join audit_log l on l.event_id = i.id
     where i.scope_id = $1 and i.type = 'record.canary' order by i.at desc, i.id desc limit 1`,
    [workspaceOf(tree) ?? INSTANCE_SCOPE],
  )
  const last = rows[0]
  if (last === undefined) return null
  return { at: last.at.toISOString(), in: reached(last.index, seal) }
}

/** @param index of an event in its tree; null: in none yet */
export const reached = (
  index: number | null,
  seal: Pick<Seal, 'size' | 'sealed'> | null,
): 'sealed' | 'signed' | null => {
  if (index === null || seal === null) return null
  if (seal.sealed !== null && index < seal.sealed.size) return 'sealed'
  return index < seal.size ? 'signed' : null
}
