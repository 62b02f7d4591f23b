import type { Id } from '@/lib/ids'
import { writePresence } from '@/lib/sync/frame'
import { LIMITS } from '@/lib/sync/limits'
import { type PresenceEntry, type Speaker, speakAs, writePresenceEntries } from '@/lib/sync/presence'
import type { NodePresence } from '@/server/nodes/messages'
import { type Outbox, wireFrame } from '@/server/sync/outgoing/outbox'

/** What presence needs to know of a connection. */
export interface PresenceMember {
  readonly outbox: Outbox
  readonly speaker: Speaker
}

interface Shown {
  member: PresenceMember
  /** The client's own clock, to drop what comes late. */
  said: number
  entry: PresenceEntry
}

/** Somebody who is in the section on another node. */
interface Far {
  node: string
  personId: Id
  entry: PresenceEntry
}

/** Who tells the other nodes, and the time that all nodes go by. */
export interface FarEars {
  tell(entries: readonly NodePresence[]): void
  now(): number
}

/** Clocks count milliseconds from here, so that a restarted server never speaks with older clocks than before. */
const EPOCH = Date.UTC(2026, 0, 1)

/**
 * Who is here, as the server knows it. A connection speaks for one clientID only: the first it names that is
 * nobody else's. Stock clients also send back what they hear about others: that is ignored, not refused.
 * Clocks are the server's, so that nobody can be hidden behind a huge one, and who returns is seen at once.
 */
export class RoomPresence {
  private readonly shown = new Map<number, Shown>()
  private readonly own = new Map<PresenceMember, number>()
  private readonly far = new Map<number, Far>()
  private readonly dirty = new Map<number, { from: PresenceMember | null; entry: PresenceEntry }>()
  private timer: NodeJS.Timeout | null = null
  private clock = 0
  /** Set where there are other nodes. */
  ears: FarEars | null = null

  constructor(private readonly members: () => Iterable<PresenceMember>) {}

  /** @param mayUse whether the clientID belongs to the speaker or to nobody yet. @throws WireError W-05 */
  said(member: PresenceMember, entries: readonly PresenceEntry[], mayUse: (client: number) => boolean): void {
    for (const { client, clock, state } of entries) {
      const own = this.own.get(member)
      if (own !== undefined && own !== client) continue
      const held = this.shown.get(client)
      if (own === undefined) {
        if (state === 'null' || !mayUse(client)) continue
        // The same person again: a connection that came back before the server noticed that it had gone.
        if (held !== undefined && held.member.speaker.personId !== member.speaker.personId) continue
        const far = this.far.get(client)
        if (far !== undefined && far.personId !== member.speaker.personId) continue
        this.far.delete(client)
        if (held !== undefined) this.own.delete(held.member)
        this.own.set(member, client)
      } else if (held?.member === member && clock < held.said) continue
      const shown = speakAs(member.speaker, state)
      if (shown === null) {
        this.drop(member, client)
        // Yjs gives a document another clientID when it sees its own come back: the next one may be named.
        this.own.delete(member)
      } else {
        const entry = { client, clock: this.nextClock(), state: shown }
        this.shown.set(client, { member, said: clock, entry })
        this.tell(member, entry)
      }
    }
  }

  left(member: PresenceMember): void {
    const client = this.own.get(member)
    this.own.delete(member)
    if (client !== undefined && this.shown.get(client)?.member === member) this.drop(member, client)
  }

  /** Everybody but the asker, as one frame. */
  frameFor(asker: PresenceMember): Buffer {
    const entries: PresenceEntry[] = []
    for (const { member, entry } of this.shown.values()) if (member !== asker) entries.push(entry)
    for (const { entry } of this.far.values()) entries.push(entry)
    return presenceFrame(entries)
  }

  /**
   * What another node shows. Clocks are taken from here on beyond every clock that was heard, so that people who change
   * nodes are not held back by an older one.
   * @param mayUse whether the clientID belongs to that person or to nobody yet
   */
  heard(
    node: string,
    entries: readonly NodePresence[],
    mayUse: (client: number, personId: Id) => boolean,
  ): void {
    for (const { client, clock, speaker, state } of entries) {
      this.clock = Math.max(this.clock, clock)
      const here = this.shown.get(client)
      if (state === null) {
        if (this.far.get(client)?.node === node) this.forgetFar(client)
        // Gone from there because it is here now: nobody may take the one for the other.
        else if (here !== undefined) this.say(here)
        continue
      }
      const { personId } = speaker
      if (here !== undefined) {
        if (here.member.speaker.personId !== personId) continue
        // The same person, a moment later, over there: the connection here has not been missed yet.
        this.own.delete(here.member)
        this.shown.delete(client)
      } else if (!mayUse(client, personId)) continue
      if (!this.far.has(client) && this.far.size >= LIMITS.presenceEntries) continue
      const shown = speakAs(speaker, state)
      if (shown === null) continue
      const entry = { client, clock: this.nextClock(), state: shown }
      this.far.set(client, { node, personId, entry })
      this.tell(null, entry)
    }
  }

  /** The node is gone, and everybody who was here by it. */
  forget(node: string): void {
    for (const [client, far] of this.far) if (far.node === node) this.forgetFar(client)
  }

  /** Everybody who is here by this node. */
  sayAll(): void {
    for (const shown of this.shown.values()) this.say(shown)
  }

  stop(): void {
    if (this.timer === null) return
    clearTimeout(this.timer)
    // Whoever went just now must not stay on the screens of other nodes.
    this.flush()
  }

  private say(shown: Shown): void {
    shown.entry = { ...shown.entry, clock: this.nextClock() }
    this.tell(shown.member, shown.entry)
  }

  private forgetFar(client: number): void {
    this.far.delete(client)
    this.tell(null, { client, clock: this.nextClock(), state: 'null' })
  }

  private drop(member: PresenceMember, client: number): void {
    if (!this.shown.delete(client)) return
    this.tell(member, { client, clock: this.nextClock(), state: 'null' })
  }

  private nextClock(): number {
    this.clock = Math.max(this.clock + 1, Math.floor(this.ears?.now() ?? Date.now()) - EPOCH)
    return this.clock
  }

  private tell(from: PresenceMember | null, entry: PresenceEntry): void {
    this.dirty.set(entry.client, { from, entry })
    this.timer ??= setTimeout(() => this.flush(), LIMITS.presenceEveryMs)
  }

  private flush(): void {
    this.timer = null
    const news = [...this.dirty.values()]
    this.dirty.clear()
    const all = presenceFrame(news.map(({ entry }) => entry))
    const speakers = new Set(news.map(({ from }) => from))
    this.ears?.tell(news.flatMap(({ from, entry }) => (from === null ? [] : [farEntry(from, entry)])))
    for (const member of this.members()) {
      // Presence is the first to go when a receiver does not keep up: the next one tells the same.
      if (member.outbox.behind > LIMITS.behindDropsPresence) continue
      if (!speakers.has(member)) member.outbox.push(all)
      else {
        const others = news.filter(({ from }) => from !== member)
        if (others.length > 0) member.outbox.push(presenceFrame(others.map(({ entry }) => entry)))
      }
    }
  }
}

const farEntry = ({ speaker }: PresenceMember, { client, clock, state }: PresenceEntry): NodePresence => ({
  client,
  clock,
  speaker,
  state: state === 'null' ? null : state,
})

const presenceFrame = (entries: readonly PresenceEntry[]): Buffer =>
  wireFrame(writePresence(writePresenceEntries(entries)))

/** A message that says nothing: the stock client reconnects when it hears nothing for thirty seconds. */
export const QUIET_FRAME = presenceFrame([])
