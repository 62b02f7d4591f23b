import type { Logger } from 'pino'
import type { Id } from '@/lib/ids'
import { WireError } from '@/lib/sync/byte-reader'
import { type PresenceEntry, speakAs } from '@/lib/sync/presence'
import type { Database } from '@/server/db/client'
import type { Connection } from '@/server/sync/connection'
import type { Room } from '@/server/sync/rooms/room'
import { bindClients } from '@/server/sync/update-log'

interface Claim {
  room: Room
  client: number
  /** The newest that was said meanwhile: shown once the clientID is bound. */
  entries: readonly PresenceEntry[]
}

/** So that one transaction stays short, however many tabs are opened at once. */
const AT_ONCE = 500

/**
 * A clientID belongs to whoever is seen with it first, also by presence alone, for good: the row is there before anybody
 * is shown under it, or somebody else could write under a name that everybody saw. One row for a tab, not one for a
 * frame; one transaction for all that came while the last one ran.
 */
export class Claims {
  private waiting = new Map<Connection, Claim>()
  private running: Promise<void> | null = null

  constructor(
    private readonly db: Database,
    private readonly log: Logger,
  ) {}

  /** Shows presence, at once where the clientID is bound, else as soon as it is. @throws WireError W-05, W-19 */
  said(connection: Connection, room: Room, entries: readonly PresenceEntry[]): void {
    const { personId } = connection.actor
    room.presence.said(connection, entries, (client) => {
      const owner = room.bindings.get(client)
      if (owner !== undefined) return owner === personId
      if ((room.claims.get(client) ?? personId) === personId) {
        // What is refused is refused now: later it would end a connection whose next frame was taken in.
        for (const entry of entries) if (entry.client === client) speakAs(connection.speaker, entry.state)
        this.claim(connection, { room, client, entries })
      }
      return false
    })
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running !== null) await this.running
  }

  private claim(connection: Connection, claim: Claim): void {
    const known = this.waiting.get(connection)
    if (known !== undefined) {
      if (known.client === claim.client) known.entries = claim.entries
      return
    }
    connection.countClients(1)
    this.waiting.set(connection, claim)
    this.running ??= this.run().finally(() => {
      this.running = null
    })
  }

  private async run(): Promise<void> {
    // Lets what belongs to one turn of the event loop gather.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.waiting.size > 0) {
      const part = [...this.waiting].slice(0, AT_ONCE)
      try {
        const owners = await this.bind(part)
        for (const [connection, { room, client, entries }] of part) {
          this.waiting.delete(connection)
          const owner = owners.get(`${room.sectionId} ${client}`)
          if (owner === undefined) continue
          room.bindings.set(client, owner)
          if (owner === connection.actor.personId && connection.state === 'live')
            this.show(connection, room, entries)
        }
      } catch (error) {
        // Nobody is shown: the stock client says again where it is, every fifteen seconds.
        for (const [connection] of part) this.waiting.delete(connection)
        this.log.error({ err: error }, 'clientIDs could not be bound')
      }
    }
  }

  /** What is wrong with it must not hurt those who wait beside it. */
  private show(connection: Connection, room: Room, entries: readonly PresenceEntry[]): void {
    try {
      this.said(connection, room, entries)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      connection.refuse(error)
    }
  }

  private async bind(part: readonly [Connection, Claim][]): Promise<ReadonlyMap<string, Id>> {
    const wanted = part.map(([{ actor }, { room, client }]) => ({
      sectionId: room.sectionId,
      clientId: client,
      personId: actor.personId,
    }))
    const owners = await this.db.transaction((tx) => bindClients(tx, wanted))
    return new Map(owners.map((row) => [`${row.sectionId} ${row.clientId}`, row.personId]))
  }
}
