import { v7 } from 'uuid'

/** Opaque ids: RFC 9562 version 7, so that rows written together lie together in an index. */
export type Id = string

const RANDOM_BYTES = 16
/** Randomness for 256 ids: to ask the system for each of them takes most of the time that an id takes. */
const pool = new Uint8Array(256 * RANDOM_BYTES)
let used = pool.length
let msecs = Number.NEGATIVE_INFINITY
let seq = 0

/** Each id of a process comes after the one before it, also within a millisecond and when the clock is put back. */
export const newId = (): Id => {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const random = pool.subarray(used, used + RANDOM_BYTES)
  used += RANDOM_BYTES
  const now = Date.now()
  if (now > msecs) {
    msecs = now
    // 31 bits: there is room to count up.
    seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1
  } else {
    seq = (seq + 1) >>> 0
    if (seq === 0) msecs++
  }
  return v7({ random, msecs, seq })
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for the canonical lower-case form only, so that one object has one spelling in a URL and in the record. */
export const isId = (value: string): value is Id => UUID.test(value)
