import { ByteReader, WireError } from '@/lib/sync/byte-reader'
import { ByteWriter } from '@/lib/sync/byte-writer'
import { LIMITS } from '@/lib/sync/limits'
import { AUTH, MESSAGE, SYNC } from '@/lib/sync/protocol'

export type ClientFrame =
  | { kind: 'step1'; stateVector: Uint8Array }
  | { kind: 'write'; by: 'step2' | 'update'; update: Uint8Array }
  | { kind: 'presence'; presence: Uint8Array }
  | { kind: 'queryPresence' }

/**
 * One message of a client. Step 2 and update are one kind on purpose: both write.
 * @throws WireError W-01 … W-04 for anything else, also for types that only a server may send.
 */
export const readFrame = (bytes: Uint8Array): ClientFrame => {
  if (bytes.length > LIMITS.frameBytes) throw new WireError('W-02', 'frame too large')
  const reader = new ByteReader(bytes)
  const frame = readMessage(reader)
  reader.done()
  return frame
}

const readMessage = (reader: ByteReader): ClientFrame => {
  switch (reader.varUint(LIMITS.clock)) {
    case MESSAGE.sync: {
      const kind = reader.varUint(LIMITS.clock)
      const body = reader.view(LIMITS.frameBytes)
      if (kind === SYNC.step1) return { kind: 'step1', stateVector: body }
      if (kind === SYNC.step2) return { kind: 'write', by: 'step2', update: body }
      if (kind === SYNC.update) return { kind: 'write', by: 'update', update: body }
      throw new WireError('W-01', 'unknown sync message')
    }
    case MESSAGE.awareness: {
      const presence = reader.view(LIMITS.frameBytes)
      if (presence.length > LIMITS.presenceFrameBytes) throw new WireError('W-02', 'presence too large')
      return { kind: 'presence', presence }
    }
    case MESSAGE.queryAwareness:
      return { kind: 'queryPresence' }
    default:
      throw new WireError('W-01', 'unknown message')
  }
}

const writeSync = (kind: number, body: Uint8Array): Uint8Array => {
  const writer = new ByteWriter(body.length + 8)
  writer.varUint(MESSAGE.sync)
  writer.varUint(kind)
  writer.run(body)
  return writer.take()
}

export const writeStep1 = (stateVector: Uint8Array): Uint8Array => writeSync(SYNC.step1, stateVector)
export const writeStep2 = (update: Uint8Array): Uint8Array => writeSync(SYNC.step2, update)
export const writeUpdate = (update: Uint8Array): Uint8Array => writeSync(SYNC.update, update)

export const writePresence = (presence: Uint8Array): Uint8Array => {
  const writer = new ByteWriter(presence.length + 8)
  writer.varUint(MESSAGE.awareness)
  writer.run(presence)
  return writer.take()
}

/** Tells a client, after it was let in, that nobody can write here now and why (`READ_ONLY`). */
export const writeReadOnly = (reason: string): Uint8Array => {
  const writer = new ByteWriter(reason.length + 8)
  writer.varUint(MESSAGE.auth)
  writer.varUint(AUTH.readOnly)
  writer.run(new TextEncoder().encode(reason))
  return writer.take()
}

/** @param count write frames of this connection that are committed. */
export const writeAck = (count: number): Uint8Array => {
  const writer = new ByteWriter(12)
  writer.varUint(MESSAGE.ack)
  writer.varUint(count)
  return writer.take()
}

/** An update without structs and deletions: what an empty section answers. */
export const EMPTY_UPDATE = Uint8Array.of(0, 0)
