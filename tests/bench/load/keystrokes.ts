import { ByteWriter } from '@/lib/sync/byte-writer'
import { MESSAGE, SYNC } from '@/lib/sync/protocol'
import { scanUpdate } from '@/lib/sync/scan-update'
import { BASE_TEXT } from '@/tests/support/sync/base-text'

/** Struct info of a Yjs string: with a predecessor, and as the first of its parent. */
const STRING = 4
const STRING_AFTER = 0x84
/** A client frame: final, binary (RFC 6455 section 5.2), and masked. */
const BINARY = 0x82
const MASKED = 0x80

/**
 * One keystroke, byte for byte as the stock client sends it: a string struct after the one before. Written by hand,
 * because making it with a Y.Doc takes longer than what is measured.
 */
export const keystrokeUpdate = (client: number, clock: number): Uint8Array => {
  const writer = new ByteWriter(32)
  for (const value of [1, 1, client, clock]) writer.varUint(value)
  if (clock === 0) {
    writer.raw(Uint8Array.of(STRING, 0))
    writer.varUint(BASE_TEXT.client)
    writer.varUint(BASE_TEXT.clock)
  } else {
    writer.raw(Uint8Array.of(STRING_AFTER))
    writer.varUint(client)
    writer.varUint(clock - 1)
  }
  writer.text('x')
  writer.varUint(0)
  return writer.take()
}

/** A whole WebSocket frame of a client. The mask is zero, which RFC 6455 allows: the bytes stay as they are. */
export const clientFrame = (opcode: number, ...parts: Uint8Array[]): Buffer => {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.alloc(header + 4 + length)
  frame[0] = opcode
  if (header === 2) frame[1] = MASKED | length
  else if (header === 4) {
    frame[1] = MASKED | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = MASKED | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  let at = header + 4
  for (const part of parts) {
    frame.set(part, at)
    at += part.length
  }
  return frame
}

export const binaryFrame = (...parts: Uint8Array[]): Buffer => clientFrame(BINARY, ...parts)

let nextClientId = 100_000

/** One person who types: each keystroke is a frame of its own. */
export class Author {
  readonly client = nextClientId++
  clock = 0

  /** @param prefix what this server wants before each message. @returns the next keystrokes, frame after frame. */
  type(count: number, prefix: Uint8Array): Buffer {
    const frames: Buffer[] = []
    for (let i = 0; i < count; i++) {
      const update = keystrokeUpdate(this.client, this.clock++)
      // Shorter than 128 bytes: its length is one byte.
      frames.push(binaryFrame(prefix, Uint8Array.of(MESSAGE.sync, SYNC.update, update.length), update))
    }
    return frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames)
  }
}

/** Reads varints of a buffer: no checks, they come from a server under measurement. */
class Cursor {
  at = 0
  bytes: Uint8Array = new Uint8Array()

  varUint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.bytes[this.at++] as number
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
    }
  }
}

const cursor = new Cursor()

/**
 * Counts the keystrokes that one message of a server delivers, by their clocks, so that a server that joins updates
 * is counted like one that does not. Plain runs of text are read here, everything else by the ordinary scanner.
 * @param seen is told each author's clocks: up to `to`, without it
 */
export const countKeystrokes = (
  bytes: Uint8Array,
  begin: number,
  end: number,
  seen: (client: number, from: number, to: number) => void,
): number => {
  if (bytes[begin] !== MESSAGE.sync || bytes[begin + 1] !== SYNC.update) return 0
  cursor.bytes = bytes
  cursor.at = begin + 2
  cursor.varUint()
  const update = cursor.at
  let count = 0
  for (let blocks = cursor.varUint(); blocks > 0; blocks--) {
    const structs = cursor.varUint()
    const client = cursor.varUint()
    const from = cursor.varUint()
    let to = from
    for (let i = 0; i < structs; i++) {
      const info = bytes[cursor.at++]
      if (info === STRING) {
        if (cursor.varUint() !== 0) return countByScan(bytes.subarray(update, end), seen)
        cursor.varUint()
        cursor.varUint()
      } else if (info === STRING_AFTER) {
        cursor.varUint()
        cursor.varUint()
      } else return countByScan(bytes.subarray(update, end), seen)
      // Every character here is one byte.
      const length = cursor.varUint()
      cursor.at += length
      to += length
    }
    seen(client, from, to)
    count += to - from
  }
  return count
}

const countByScan = (
  update: Uint8Array,
  seen: (client: number, from: number, to: number) => void,
): number => {
  let count = 0
  for (const { client, from, to } of scanUpdate(update).blocks) {
    seen(client, from, to)
    count += to - from
  }
  return count
}
