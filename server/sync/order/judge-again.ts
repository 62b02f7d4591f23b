import { WireError } from '@/lib/sync/byte-reader'
import type { UpdateScan } from '@/lib/sync/scan-update'
import type { Connection } from '@/server/sync/connection'
import type { ForeignRows } from '@/server/sync/order/foreign-rows'
import type { Room } from '@/server/sync/rooms/room'
import { checkAuthors, isReseeding } from '@/server/sync/rooms/whose-client'

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
 * make an update fit better; what counts is whose clientIDs they are, and structs of the same author.
 */
export const bearsOn = ({ clients }: ForeignRows, scans: Iterable<UpdateScan>): boolean => {
  for (const { blocks } of scans) if (blocks.some(({ client }) => clients.has(client))) return true
  return false
}

export interface Judged {
  /** What is still news, by connection; nothing is left of what another node has stored already. */
  kept: Map<Connection, UpdateScan[]>
  refused: Map<Connection, WireError>
}

/**
 * Says of everything that waits in a room whether it still fits, now that the room holds what other nodes wrote, and puts
 * what does into the room's `known`. An update may hang on one that another connection sent: so in rounds, each
 * connection's in its own order, until nothing more fits.
 */
export const judgeAgain = (room: Room, waiting: ReadonlyMap<Connection, readonly UpdateScan[]>): Judged => {
  room.rebuildKnown([])
  const kept = new Map<Connection, UpdateScan[]>()
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
        room.known.add(scan)
        kept.get(connection)?.push(scan)
      }
    }
  }
  return { kept, refused }
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
