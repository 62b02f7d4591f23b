import { ByteWriter } from '@/lib/sync/byte-writer'
import { writePresence, writeStep1, writeStep2, writeUpdate } from '@/lib/sync/frame'
import { writePresenceEntries } from '@/lib/sync/presence'
import { type Token, tokensOf } from '@/tests/fuzz/tokens'
import { pick, type Random, whole } from '@/tests/support/seeded'

const randomBytes = (random: Random, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => whole(random, 256))

const varint = (value: number): Uint8Array => {
  const writer = new ByteWriter()
  writer.varUint(value)
  return writer.take().slice()
}

/** Numbers near every edge that a reader has. */
const EDGES = [0, 1, 2, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1]

const numberIn = (bytes: Uint8Array): number =>
  bytes.reduce((sum, byte, at) => sum + (byte & 127) * 128 ** at, 0)

const otherToken = (random: Random, { kind }: Token, old: Uint8Array): Uint8Array => {
  if (kind === 'flags') return Uint8Array.of((old[0] ?? 0) ^ (1 << whole(random, 8)))
  if (kind === 'bytes') {
    const changed = old.slice()
    if (changed.length > 0) changed[whole(random, changed.length)] = whole(random, 256)
    return changed
  }
  const value = numberIn(old)
  switch (whole(random, 5)) {
    case 0:
      return varint(pick(random, EDGES))
    case 1:
      return varint(value + 1)
    case 2:
      return varint(Math.max(0, value - 1))
    case 3:
      // Over-long: the same value, and a byte that says nothing.
      return Uint8Array.from([...old.slice(0, -1), (old.at(-1) ?? 0) | 128, 0])
    default:
      return varint(whole(random, 2 ** pick(random, [4, 8, 16, 31])))
  }
}

/** A valid update with one number, flag byte or run of bytes changed. */
export const mutateUpdate = (random: Random, update: Uint8Array): Uint8Array => {
  const token = pick(random, tokensOf(update))
  const before = update.subarray(0, token.from)
  return Buffer.concat([
    before,
    otherToken(random, token, update.subarray(token.from, token.to)),
    update.subarray(token.to),
  ])
}

const oneByte = (random: Random, bytes: Uint8Array): Uint8Array => {
  const changed = bytes.slice()
  if (changed.length > 0) changed[whole(random, changed.length)] = whole(random, 256)
  return changed
}

const brokenPresence = (random: Random): Uint8Array => {
  const entry = { client: whole(random, 2 ** 32), clock: whole(random, 2 ** 31), state: '{"cursor":null}' }
  return oneByte(random, writePresence(writePresenceEntries([entry])))
}

/** How often, and how a frame is made from a valid update: mostly one thing wrong, now and then nothing or everything. */
const WAYS: [number, (random: Random, update: Uint8Array) => Uint8Array][] = [
  [0.42, (random, update) => writeUpdate(mutateUpdate(random, update))],
  [0.6, (random, update) => writeStep2(mutateUpdate(random, update))],
  [0.68, (_, update) => writeUpdate(update)],
  [0.74, (random, update) => writeUpdate(oneByte(random, mutateUpdate(random, update)))],
  [0.8, (random, update) => writeUpdate(update).subarray(0, whole(random, update.length))],
  [0.85, (_, update) => Buffer.concat([writeUpdate(update), writeUpdate(update)])],
  [0.88, (random) => randomBytes(random, 1 + whole(random, 60))],
  [0.91, (random) => writeStep1(randomBytes(random, 1 + whole(random, 20)))],
  [0.96, (random, update) => oneByte(random, writeUpdate(update))],
  [1, brokenPresence],
]

export const frameFrom = (random: Random, update: Uint8Array): Uint8Array => {
  const chance = random()
  const [, make] = WAYS.find(([below]) => chance < below) ?? [1, brokenPresence]
  return make(random, update)
}
