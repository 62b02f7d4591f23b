import type { Id } from '@/lib/ids'
import { scanStored, type UpdateScan } from '@/lib/sync/scan-update'
import type { Reader } from '@/server/db/client'
import { loadRowsAfter, readBindings } from '@/server/sync/order/rows'
import type { Room } from '@/server/sync/rooms/room'

/** What other nodes have written to a section, in order, and whom the clientIDs in it belong to. */
export interface ForeignRows {
  rows: readonly { seq: number; bytes: Uint8Array }[]
  bindings: ReadonlyMap<number, Id>
  /** Every clientID whose structs are in the rows. */
  clients: ReadonlySet<number>
  /** Whether an element is in them. */
  elements: boolean
}

/** Where only one element may stand, what another node wrote can make one too many of it. */
export const bringsElements = ({ nodes }: UpdateScan): boolean => nodes.some(({ kind }) => kind === 'node')

/** What stands behind these rooms in the database. One query, and one more for rooms in which new authors are. */
export const loadForeignRows = async (
  reader: Reader,
  spans: ReadonlyMap<Room, { seq: number; until?: number }>,
): Promise<Map<Room, ForeignRows>> => {
  const loaded = await loadRowsAfter(
    reader,
    [...spans].map(([room, span]) => ({ sectionId: room.sectionId, ...span })),
  )
  const found = new Map<Room, ForeignRows>()
  for (const room of spans.keys()) {
    const rows = loaded.get(room.sectionId)
    if (rows === undefined) continue
    const scans = rows.map(({ bytes }) => scanStored(bytes))
    const clients = new Set(scans.flatMap(({ blocks }) => blocks.map(({ client }) => client)))
    const unknown = [...clients].filter((client) => !room.bindings.has(client))
    const bindings =
      unknown.length === 0 ? new Map<number, Id>() : await readBindings(reader, room.sectionId, unknown)
    found.set(room, { rows, bindings, clients, elements: scans.some(bringsElements) })
  }
  return found
}

/** Into the room and out to everybody in it. What has come in another way meanwhile is left out. */
export const takeForeignRows = (room: Room, { rows, bindings }: ForeignRows): void => {
  for (const [client, personId] of bindings) room.bindings.set(client, personId)
  const news = rows.filter(({ seq }) => seq > room.seq)
  if (news.length > 0) room.commit(news.map(({ seq, bytes }) => ({ seq, author: null, bytes })))
}
