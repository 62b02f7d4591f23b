import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { LIMITS } from '@/lib/sync/limits'
import { CLOSE, SYNC } from '@/lib/sync/protocol'
import { ALONE } from '@/server/nodes/nodes'
import { Deliveries } from '@/server/sync/outgoing/deliveries'
import { Outbox } from '@/server/sync/outgoing/outbox'
import { Room, type RoomMember } from '@/server/sync/rooms/room'
import { block, element } from '@/tests/support/sync/block-text'
import { isSync, updateIn } from '@/tests/support/sync/sync-raw-client'

/** Rooms on real sockets: what the kernel holds for a client that does not read is not ours to choose. */
let server: Server
beforeAll(async () => {
  server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

interface Receiver {
  member: RoomMember
  client: Socket
  closed: number[]
  /** Messages so far: whole WebSocket frames, without their headers. */
  messages(): Buffer[]
}

const receiver = async (): Promise<Receiver> => {
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [socket] = await accepted
  for (const end of [client, socket]) end.on('error', () => undefined)
  const chunks: Buffer[] = []
  const closed: number[] = []
  client.on('data', (chunk: Buffer) => chunks.push(chunk))
  const close = (code: number) => closed.push(code)
  const member = {
    outbox: new Outbox(socket, new Deliveries(ALONE), () => close(CLOSE.tryLater)),
    speaker: { personId: 'p', name: 'Ann', orgShortCode: 'A', orgColour: 0 },
    close,
  }
  return { member, client, closed, messages: () => messagesIn(Buffer.concat(chunks)) }
}

const messagesIn = (bytes: Buffer): Buffer[] => {
  const found: Buffer[] = []
  for (let at = 0; at + 10 <= bytes.length; ) {
    const short = (bytes[at + 1] as number) & 127
    const [header, length] =
      short < 126
        ? [2, short]
        : short === 126
          ? [4, bytes.readUInt16BE(at + 2)]
          : [10, Number(bytes.readBigUInt64BE(at + 2))]
    if (at + header + length > bytes.length) break
    found.push(bytes.subarray(at + header, at + header + length))
    at += header + length
  }
  return found
}

/** A writer whose every edit is a row of the room. */
let room: Room
let doc: Y.Doc
let text: Y.XmlText
beforeEach(() => {
  doc = new Y.Doc()
  room = new Room(
    'section',
    { snapshot: null, rows: [], bindings: new Map(), damage: null },
    {
      collect: async (updates) => {
        const whole = new Y.Doc()
        whole.transact(() => {
          for (const update of updates) Y.applyUpdate(whole, update)
        })
        return Y.encodeStateAsUpdate(whole)
      },
      store: async () => undefined,
      onSnapshotFailed: (error) => {
        throw error
      },
    },
  )
  doc.on('update', (bytes: Uint8Array) => room.commit([{ seq: room.seq + 1, author: null, bytes }]))
  const container = block('1', 'paragraph', '')
  doc.getXmlFragment(EDITOR_FRAGMENT).push([element('blockGroup', {}, [container])])
  text = (container.get(0) as Y.XmlElement).get(0) as Y.XmlText
})

const CHUNK = 'x'.repeat(30_000)
/** One turn of the event loop, as between two commits: outboxes are flushed. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Types until the receiver, who reads nothing, is sent nothing any more. @returns how many edits that took */
const fillUp = async ({ member, client }: Receiver): Promise<number> => {
  room.join(member)
  await room.answer(member, new Map(), '')
  client.pause()
  let edits = 0
  while (room.receiverCount > 0) {
    // In place, so that the section stays small while the sockets fill.
    if (text.length > 0) text.delete(0, text.length)
    text.insert(0, `${edits++} ${CHUNK}`)
    await turn()
  }
  return edits
}

const contentOf = (messages: readonly Buffer[]): string => {
  const copy = new Y.Doc()
  for (const message of messages) {
    if (isSync(SYNC.step2)(message) || isSync(SYNC.update)(message)) Y.applyUpdate(copy, updateIn(message))
  }
  return copy.getXmlFragment(EDITOR_FRAGMENT).toString()
}

const untilReceived = async ({ client, messages }: Receiver): Promise<void> => {
  const wanted = doc.getXmlFragment(EDITOR_FRAGMENT).toString()
  while (contentOf(messages()) !== wanted) await once(client, 'data')
}

describe('a receiver that does not keep up', () => {
  test.each([
    ['from the rows it missed', false],
    ['from the snapshot, when the rows are collected meanwhile', true],
  ])('is sent nothing more, and then all it missed as one update, %s', async (_how, collected) => {
    const slow = await receiver()
    await fillUp(slow)
    const { behind } = slow.member.outbox
    expect(behind).toBeGreaterThan(LIMITS.behindStops)
    for (let i = 0; i < 40; i++) {
      text.insert(text.length, ` more ${i}`)
      await turn()
    }
    if (collected) {
      await room.collect()
      text.delete(0, 5)
    }
    expect(slow.member.outbox.behind, 'nothing of all this waits for it').toBe(behind)
    const before = slow.messages().length
    slow.client.resume()
    await untilReceived(slow)
    const late = slow.messages().slice(before).filter(isSync(SYNC.update))
    const holdsTheEnd = late.filter((message) => message.includes(' more 39'))
    expect(holdsTheEnd.length, 'one update holds all that was missed').toBe(1)
    expect(holdsTheEnd[0]?.includes(' more 0')).toBe(true)
    expect(slow.closed).toEqual([])
    text.insert(0, 'live again ')
    await untilReceived(slow)
    slow.client.destroy()
  })

  test('is closed with 1013 when it is 4 MiB behind, however much it was spared', async () => {
    const slow = await receiver()
    await fillUp(slow)
    let missed = 0
    while (slow.closed.length === 0) {
      text.insert(text.length, CHUNK)
      missed += CHUNK.length
      await turn()
      expect(missed).toBeLessThanOrEqual(LIMITS.behindCloses)
    }
    expect(slow.closed[0]).toBe(CLOSE.tryLater)
    expect(slow.member.outbox.behind).toBeLessThan(2 * LIMITS.behindStops)
    slow.client.destroy()
  })
})
