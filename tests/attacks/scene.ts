import { expect } from 'vitest'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { writeStep2, writeUpdate } from '@/lib/sync/frame'
import { MESSAGE } from '@/lib/sync/protocol'
import type { Actor } from '@/server/identity/actor'
import { tell } from '@/tests/attacks/report'
import type { Threat } from '@/tests/attacks/threats'
import { storedDoc } from '@/tests/fuzz/stored-doc'
import { beginText, textsOf } from '@/tests/support/sync/block-text'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { isSync, openRaw, type RawClient } from '@/tests/support/sync/sync-raw-client'
import type { SyncBed } from '@/tests/support/sync/sync-server'

export const ORIGIN = 'http://localhost:3000'
/** A step 2 without anything in it: every connection begins with one. */
export const EMPTY_STEP2 = writeStep2(Uint8Array.of(0, 0))

export const shown = (doc: Y.Doc): string => doc.getXmlFragment(EDITOR_FRAGMENT).toString()
const words = (doc: Y.Doc): Y.XmlText => textsOf(doc)[0] as Y.XmlText

/**
 * A section of its own, in which two honest people of two agencies have written with stock clients, and everything that
 * must still be so after somebody inside has sent something hostile.
 */
export class Scene {
  private constructor(
    readonly bed: SyncBed,
    readonly sectionId: string,
    readonly clara: SyncClient,
    readonly walt: SyncClient,
    private readonly closes: number[],
  ) {}

  static async begin(bed: SyncBed): Promise<Scene> {
    const { world, documentId, orgs, people } = bed.world
    const sectionId = await world.section(documentId, orgs.county)
    const closes: number[] = []
    const open = (actor: Actor): SyncClient => {
      const client = openClient({ port: bed.port, sectionId, cookie: bed.cookieOf(actor) })
      client.provider.on('connection-close', (event: CloseEvent | null) => {
        if (event !== null) closes.push(event.code)
      })
      return client
    }
    const clara = open(people.countyLead)
    const walt = open(people.weatherEditor)
    await Promise.all([clara.synced, walt.synced])
    beginText(clara.doc)
    await untilDoc(walt.doc, () => shown(walt.doc).includes('The river rises.'))
    words(walt.doc).insert(0, 'Walt was here. ')
    await untilDoc(clara.doc, () => shown(clara.doc) === shown(walt.doc))
    return new Scene(bed, sectionId, clara, walt, closes)
  }

  get state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.clara.doc)
  }

  /** A socket that is live, and sends whatever it is told. */
  async intruder(who: Actor = this.bed.world.people.hospitalEditor, query = ''): Promise<RawClient> {
    const client = openRaw({
      port: this.bed.port,
      sectionId: this.sectionId,
      query,
      headers: { origin: ORIGIN, cookie: this.bed.cookieOf(who) },
    })
    await client.message(isSync(0))
    return client
  }

  /** Sends frames after an ordinary beginning. @returns how the server ended it. */
  async send(
    frames: readonly Uint8Array[],
    who?: Actor,
    first: readonly Uint8Array[] = [EMPTY_STEP2],
  ): Promise<{ code: number; reason: string; client: RawClient }> {
    const client = await this.intruder(who)
    for (const frame of [...first, ...frames]) client.send(frame)
    return { ...(await client.closed), client }
  }

  /** Rows of one type about this section, once there is one that fits. */
  async onRecord(type: string, rule: string | null, personId?: string): Promise<string> {
    const { db } = this.bed.services
    const late = Date.now() + 10_000
    while (Date.now() < late) {
      const { rows } = await db.query<{ canonical: string; actor_person_id: string }>(
        'select canonical, actor_person_id from audit_inbox where section_id = $1 and type = $2',
        [this.sectionId, type],
      )
      const found = rows.find(
        ({ canonical, actor_person_id }) =>
          (rule === null || canonical.includes(`"${rule}"`)) &&
          (personId === undefined || actor_person_id === personId),
      )
      if (found !== undefined) return rule === null ? type : `${type}, ${rule}`
      await new Promise((resolve) => setImmediate(resolve))
    }
    throw new Error(`not on record: ${type} ${rule}`)
  }

  /** The honest two were not disturbed, hold the same as the database and as a new stock client, and go on. */
  async unharmed(expected: string): Promise<void> {
    expect(this.closes).toEqual([])
    expect(shown(this.clara.doc)).toBe(expected)
    const word = `still ${shown(this.clara.doc).length} `
    words(this.clara.doc).insert(0, word)
    await untilDoc(this.walt.doc, () => shown(this.walt.doc).includes(word))
    words(this.walt.doc).insert(0, 'and Walt ')
    await untilDoc(this.clara.doc, () => shown(this.clara.doc).includes('and Walt '))
    const now = shown(this.clara.doc)
    expect(shown(this.walt.doc)).toBe(now)
    const { port, world } = this.bed
    const cookie = this.bed.cookieOf(world.people.weatherSteward)
    const late = openClient({ port, sectionId: this.sectionId, cookie })
    await late.synced
    await untilDoc(late.doc, () => shown(late.doc) === now)
    late.destroy()
    const stored = await storedDoc(this.bed.services.db, this.sectionId)
    expect(shown(stored)).toBe(now)
    expect(stored.store.pendingStructs).toBeNull()
    expect(stored.store.pendingDs).toBeNull()
    words(this.clara.doc).delete(0, word.length + 'and Walt '.length)
    await untilDoc(this.walt.doc, () => shown(this.walt.doc) === expected)
  }

  /**
   * The whole of an attack by updates: it is sent as an update and, on another socket, as a step 2; each is refused
   * with the rule, on record, and nobody else notices.
   */
  async refused(threat: Threat, sent: string, bytes: Uint8Array, rule: string | RegExp): Promise<void> {
    const before = shown(this.clara.doc)
    let said = ''
    for (const frames of [[EMPTY_STEP2, writeUpdate(bytes)], [writeStep2(bytes)]]) {
      const { code, reason, client } = await this.send(frames, undefined, [])
      expect(code, sent).toBe(4400)
      expect(reason, sent).toMatch(rule)
      said = reason
      expect(client.received.some((message) => message[0] === MESSAGE.sync && message[1] === 1)).toBe(false)
    }
    const record = await this.onRecord(
      'section.frame_refused',
      said,
      this.bed.world.people.hospitalEditor.personId,
    )
    await this.unharmed(before)
    tell({ threat, sent, happened: `closed 4400, ${said}`, record })
  }

  end(): void {
    this.clara.destroy()
    this.walt.destroy()
  }
}
