import type { Id } from '@/lib/ids'
import { WireError } from '@/lib/sync/byte-reader'
import type { UpdateScan } from '@/lib/sync/scan-update'
import type { Access } from '@/server/sync/access'
import type { Room } from '@/server/sync/rooms/room'

/** Whether a steward lets open tabs bring back what a restored backup does not know (operations/sections/open-reseed). */
export const isReseeding = ({ reseedUntil }: Access, now: number): boolean =>
  reseedUntil !== null && now < reseedUntil

/**
 * New structs only under the writer's own clientIDs. While a section is re-seeded also under others': a tab that was
 * open all the time holds everybody's. Those of nobody stay nobody's, so that their author's own tab can go on with them.
 * @returns the clientIDs of new structs that are not the writer's own: empty, unless the section is re-seeded
 * @throws WireError W-12
 */
export const checkAuthors = (
  room: Room,
  { actor }: { actor: { personId: Id } },
  scan: UpdateScan,
  reseeds: boolean,
): number[] => {
  const foreign: number[] = []
  for (const { client, to } of scan.blocks) {
    if (to <= room.known.clockOf(client)) continue
    const owner = room.ownerOf(client)
    if (owner === actor.personId) continue
    if (reseeds) foreign.push(client)
    else if (owner !== undefined) throw new WireError('W-12', "somebody else's clientID")
  }
  return foreign
}
