import type { Nodes } from '@/server/nodes/nodes'
import type { Room } from '@/server/sync/rooms/room'
import type { Rooms } from '@/server/sync/rooms/rooms'

/** A node that says nothing for this long is gone, and whoever was there by it. Milliseconds. */
const GONE_AFTER_MS = 3_000
const LOOK_MS = 500

/**
 * Who is in a section on other nodes. Redis keeps nothing: nodes tell each other what changes, ask when a section comes
 * into memory, and are forgotten when they fall silent. Without Redis each node shows its own people.
 */
export class SharedPresence {
  private readonly heardAt = new Map<string, number>()
  private readonly timer: NodeJS.Timeout | null = null

  constructor(
    private readonly nodes: Nodes,
    private readonly rooms: Rooms,
  ) {
    if (!nodes.several) return
    nodes.onMessage((from, message) => {
      if (message.kind === 'leaving') return this.forget(from)
      this.heardAt.set(from, performance.now())
      if (message.kind === 'who') this.rooms.peek(message.sectionId)?.presence.sayAll()
      if (message.kind !== 'presence') return
      const room = this.rooms.peek(message.sectionId)
      room?.presence.heard(from, message.entries, (client, personId) => {
        const owner = room.ownerOf(client)
        return owner === undefined || owner === personId
      })
    })
    nodes.onCarries(() => {
      for (const { presence, sectionId } of rooms.all()) {
        presence.sayAll()
        nodes.tell({ kind: 'who', sectionId })
      }
    })
    rooms.onLoaded = (room) => this.onLoaded(room)
    this.timer = setInterval(() => this.forgetSilent(), LOOK_MS)
    this.timer.unref()
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer)
  }

  private onLoaded({ sectionId, presence }: Room): void {
    presence.ears = {
      tell: (entries) => {
        if (entries.length > 0) this.nodes.tell({ kind: 'presence', sectionId, entries })
      },
      now: () => this.nodes.now(),
    }
    this.nodes.tell({ kind: 'who', sectionId })
  }

  private forgetSilent(): void {
    const now = performance.now()
    for (const [node, at] of this.heardAt) if (now - at > GONE_AFTER_MS) this.forget(node)
  }

  private forget(node: string): void {
    this.heardAt.delete(node)
    for (const { presence } of this.rooms.all()) presence.forget(node)
  }
}
