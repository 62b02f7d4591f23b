import { WireError } from '@/lib/sync/byte-reader'
import { alsoDeleting, type Deletes } from '@/lib/sync/delete-set'
import type { UpdateScan } from '@/lib/sync/scan-update'
import type { Connection } from '@/server/sync/connection'
import { bringsElements, type ForeignRows } from '@/server/sync/order/foreign-rows'
import type { Room } from '@/server/sync/rooms/room'
import { checkAuthors, isReseeding } from '@/server/sync/rooms/whose-client'
import type { Waiting } from '@/server/sync/write-batch'

/**
 * Another node has written structs of an author for whom something waits here: one person on two nodes, as after a node was
 * lost, or somebody who tries it. The rows hold; what waits must be judged against them.
 */
export class OthersFirst extends Error {
  override readonly name = 'OthersFirst'
  constructor(readonly found: ReadonlyMap<Room, ForeignRows>) {
    super('another node wrote to the same authors first')
  }
}

/**
 * Whether rows of others can change what the gate has said about updates that wait. More clocks and more deletions only
 * make an update fit better; what counts is whose clientIDs they are, structs of the same author, and two elements in a
 * place for one.
 */
export const bearsOn = ({ clients, elements }: ForeignRows, scans: Iterable<UpdateScan>): boolean => {
  for (const scan of scans) {
    if (scan.blocks.some(({ client }) => clients.has(client)) || (elements && bringsElements(scan)))
      return true
  }
  return false
}

type Kept = { scan: UpdateScan; takenBack: Deletes | null }[]

export interface Judged {
  /** What is still news, by connection; nothing is left of what another node has stored already. */
  kept: Map<Connection, Kept>
  refused: Map<Connection, WireError>
}

/**
 * Says of everything that waits in a room whether it still fits, now that the room holds what other nodes wrote, and puts
 * what does into the room's `known`. An update may hang on one that another connection sent: so in rounds, each
 * connection's in its own order, until nothing more fits.
 */
export const judgeAgain = (room: Room, waiting: ReadonlyMap<Connection, readonly UpdateScan[]>): Judged => {
  room.rebuildKnown([])
  const kept: Judged['kept'] = new Map()
  const refused = new Map<Connection, WireError>()
  const left = new Map([...waiting].map(([connection, scans]) => [connection, [...scans]]))
  for (const connection of left.keys()) kept.set(connection, [])
  for (let moved = true; moved; ) {
    moved = false
    refused.clear()
    for (const [connection, scans] of left) {
      for (let scan = scans[0]; scan !== undefined; scan = scans[0]) {
        const isNews = room.known.hasNewStructs(scan) || room.known.hasNewDeletes(scan)
        const error = isNews ? problemOf(room, connection, scan) : null
        if (error !== null) {
          refused.set(connection, error)
          break
        }
        scans.shift()
        moved = true
        if (!isNews) continue
        kept.get(connection)?.push({ scan, takenBack: room.known.addNew(scan) })
      }
    }
  }
  return { kept, refused }
}

/** Leaves of what a connection has waiting what fits, in its order, with what of it is taken back. */
export const keepJudged = (mine: Pick<Waiting, 'scans' | 'takenBack'>, kept: Kept): void => {
  const stays = new Map(kept.map(({ scan, takenBack }) => [scan, takenBack]))
  mine.scans = mine.scans
    .filter((scan) => stays.has(scan))
    .map((scan) => {
      const takenBack = stays.get(scan) ?? null
      if (takenBack === null) return scan
      mine.takenBack.push(takenBack)
      return alsoDeleting(scan, takenBack)
    })
}

/** The gate's questions whose answers hang on what the section holds. */
const problemOf = (room: Room, connection: Connection, scan: UpdateScan): WireError | null => {
  try {
    room.known.checkFits(scan)
    const access = connection.opened?.access
    checkAuthors(room, connection, scan, access !== undefined && isReseeding(access, Date.now()))
    return null
  } catch (error) {
    if (error instanceof WireError) return error
    throw error
  }
}
