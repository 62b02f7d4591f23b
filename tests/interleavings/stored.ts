import type { Id } from '@/lib/ids'
import { scanUpdate } from '@/lib/sync/scan-update'
import type { Reader } from '@/server/db/client'

/** A row with the transaction that wrote it: on the embedded database they are numbered as they commit. */
const XID = 'xmin::text::bigint as xid'

export const readUpdates = async (reader: Pick<Reader, 'query'>, sectionId: Id) => {
  const { rows } = await reader.query<{ xid: number; person_id: Id; bytes: Uint8Array }>(
    `select ${XID}, person_id, bytes from section_updates where section_id = $1 order by seq`,
    [sectionId],
  )
  return rows
}

/** Keystrokes of a client among rows: the clock behind the last one. */
export const clockOf = (rows: readonly { bytes: Uint8Array }[], client: number): number =>
  Math.max(
    0,
    ...rows.flatMap(({ bytes }) =>
      scanUpdate(bytes)
        .blocks.filter((block) => block.client === client)
        .map(({ to }) => to),
    ),
  )

export const readEvents = async (reader: Pick<Reader, 'query'>, sectionId: Id, personId: Id) => {
  const { rows } = await reader.query<{ xid: number; type: string; outcome: string }>(
    `select ${XID}, type, outcome from audit_inbox where section_id = $1 and actor_person_id = $2`,
    [sectionId, personId],
  )
  return rows
}

/** The transaction of the newest change of access. */
export const lastChange = async (reader: Pick<Reader, 'query'>): Promise<number> => {
  const { rows } = await reader.query<{ xid: number }>(
    'select coalesce(max(tx::text::bigint), 0) as xid from access_changes',
  )
  return rows[0]?.xid ?? 0
}
