import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Id } from '@/lib/ids'
import type { PersonView } from '@/lib/views/person'

/** What the page knows of one section's connection. */
export interface LiveSection {
  /**
   * `waiting` not near the viewport yet · `opening` no text yet · `live` · `lost` comes back by itself ·
   * `damaged` as live, and nobody can write · `outdated` as live, and this page cannot write · `stopped` the text stays, nothing more is sent · `gone` the text has left screen and memory
   */
  state: 'waiting' | 'opening' | 'live' | 'lost' | 'damaged' | 'outdated' | 'stopped' | 'gone'
  saving: 'saved' | 'saving' | 'offline-unsaved'
  /** Who else is in this section now, as the server says. */
  people: readonly PersonView[]
  /** Why it is not live, in plain words. */
  reason: string | null
}

/** The text of a section while it is open here: for a split, which lists its paragraphs and takes them out. */
export interface LiveText {
  doc: Y.Doc
  awareness: Awareness
}

const WAITING: LiveSection = { state: 'waiting', saving: 'saved', people: [], reason: null }

/** One per document page: the sections' connections report here; headings, outline and banner read. */
export class LiveSections {
  readonly #sections = new Map<Id, LiveSection>()
  #departures: ReadonlyMap<Id, string> = new Map()
  readonly #removedHere = new Set<Id>()
  readonly #lookedAt = new Set<Id>()
  readonly #texts = new Map<Id, LiveText>()
  readonly #listeners = new Set<() => void>()

  /** The same object until it changes, as React's external stores need. */
  get(id: Id): LiveSection {
    return this.#sections.get(id) ?? WAITING
  }

  report(id: Id, change: Partial<LiveSection>): void {
    this.#sections.set(id, { ...this.get(id), ...change })
    this.#tell()
  }

  /**
   * The server closed this section for me. If it leaves the page now, its place says why; if it comes back to life,
   * nothing was lost.
   * @param lookedAt it was under the reader's eyes or hands: then so must be what is said in its place
   */
  departing(id: Id, reason: string, lookedAt = false): void {
    if (this.#removedHere.has(id)) return
    if (lookedAt) this.#lookedAt.add(id)
    this.#departures = new Map(this.#departures).set(id, reason)
    this.#tell()
  }

  /** I am deleting it myself, on this page: nobody needs to tell me that it is gone. */
  removing(id: Id): void {
    this.#removedHere.add(id)
  }

  /** It is there again, or its message has been read. */
  returned(id: Id): void {
    this.#removedHere.delete(id)
    this.#lookedAt.delete(id)
    if (!this.#departures.has(id)) return
    const left = new Map(this.#departures)
    left.delete(id)
    this.#departures = left
    this.#tell()
  }

  wasLookedAt(id: Id): boolean {
    return this.#lookedAt.has(id)
  }

  /** The same map until it changes. */
  departures(): ReadonlyMap<Id, string> {
    return this.#departures
  }

  /** Null once it has left screen and memory: nothing may hold on to it. */
  hold(id: Id, text: LiveText | null): void {
    if (text === null) this.#texts.delete(id)
    else this.#texts.set(id, text)
  }

  textOf(id: Id): LiveText | null {
    return this.#texts.get(id) ?? null
  }

  forget(id: Id): void {
    if (this.#sections.delete(id)) this.#tell()
  }

  anyUnsaved(): boolean {
    return this.#some((section) => section.saving !== 'saved')
  }

  anyLost(): boolean {
    return this.#some((section) => section.state === 'lost')
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #some(wanted: (section: LiveSection) => boolean): boolean {
    for (const section of this.#sections.values()) if (wanted(section)) return true
    return false
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
