import type { Id } from '@/lib/ids'
import { ByteReader, WireError } from '@/lib/sync/byte-reader'
import { ByteWriter } from '@/lib/sync/byte-writer'
import { LIMITS } from '@/lib/sync/limits'

/** Who is speaking, as the server knows it. The only names and colours that reach other people's screens. */
export interface Speaker {
  personId: Id
  name: string
  orgShortCode: string
  orgColour: number
}

/** One entry of an awareness message. `state` is JSON text as it came; "null" means gone. */
export interface PresenceEntry {
  client: number
  clock: number
  state: string
}

/** y-protocols awareness: count, then client, clock and JSON text each. @throws WireError W-01 … W-05. */
export const readPresence = (bytes: Uint8Array): PresenceEntry[] => {
  const reader = new ByteReader(bytes)
  const entries: PresenceEntry[] = []
  for (let left = reader.varUint(LIMITS.presenceEntries); left > 0; left--) {
    const client = reader.varUint(LIMITS.clientId)
    const clock = reader.varUint(Number.MAX_SAFE_INTEGER)
    entries.push({ client, clock, state: reader.text(LIMITS.presenceFrameBytes) })
  }
  reader.done()
  return entries
}

export const writePresenceEntries = (entries: readonly PresenceEntry[]): Uint8Array => {
  const writer = new ByteWriter(64 * entries.length + 8)
  writer.varUint(entries.length)
  for (const { client, clock, state } of entries) {
    writer.varUint(client)
    writer.varUint(clock)
    writer.text(state)
  }
  return writer.take()
}

/**
 * What others are told: the server's idea of who is speaking, and a cursor if it is a small one. Everything else
 * that a client says about itself is left out.
 * @returns null if the client says that it is gone.
 * @throws WireError W-05 if the text is not JSON.
 */
export const speakAs = (speaker: Speaker, state: string): string | null => {
  let said: unknown
  try {
    said = JSON.parse(state)
  } catch {
    throw new WireError('W-05', 'presence is not JSON')
  }
  if (typeof said !== 'object' || said === null) return null
  const cursor = 'cursor' in said ? JSON.stringify(said.cursor ?? null) : null
  const shown = cursor === null || cursor.length > LIMITS.cursorBytes ? 'null' : cursor
  return `{"user":${JSON.stringify(speaker)},"cursor":${shown}}`
}
