import { LIMITS } from '@/lib/sync/limits'

/** Rules of the wire (W-01 …). Each stands in a test title and in the record of a refusal. */
export type WireRule =
  /** One message a frame, of a known type, no bytes after it. */
  | 'W-01'
  /** Sizes are bounded: a frame, a state vector, a presence message. */
  | 'W-02'
  /** Varints are minimal and bounded. */
  | 'W-03'
  /** Every announced length lies within the bytes that are there. */
  | 'W-04'
  /** Text is well-formed UTF-8, embedded JSON parses, values nest within bounds. */
  | 'W-05'
  /** Yjs V1 only: known struct and content kinds, no unused flag bits. */
  | 'W-06'
  /** One block per author in an update, never empty, clocks within bounds. */
  | 'W-07'
  /** No embedded sub-documents: they carry another room's id. */
  | 'W-08'
  /** No clock gaps: an author's structs continue where the section ends. */
  | 'W-09'
  /** Nothing hangs on what the section does not hold. */
  | 'W-10'
  /** Deletions only over what exists. */
  | 'W-11'
  /** New structs only under a clientID that is the writer's own. */
  | 'W-12'
  /** Who may only read changes nothing, by update or by step 2. */
  | 'W-13'
  /** One root only, the editor's fragment, and nothing but elements right below it. */
  | 'W-14'
  /** Elements, attributes and marks have names of the editor's schema. */
  | 'W-15'
  /** Content is what the editor writes: elements, text, formatting, attribute values. */
  | 'W-16'
  /** Values of attributes and marks are what the editor can draw; links lead to http, https or mailto. */
  | 'W-17'
  /** Elements stand where the schema can show them, text stands in texts, attributes on elements. */
  | 'W-18'
  /** One connection makes few clientIDs its own. */
  | 'W-19'

export class WireError extends Error {
  override readonly name = 'WireError'
  constructor(
    readonly rule: WireRule,
    what: string,
  ) {
    super(`${rule}: ${what}`)
  }
}

/**
 * A cursor over bytes that somebody else wrote. Reads lib0's encodings without building anything, never past the
 * end, and throws `WireError` instead of guessing. Stricter than lib0 on purpose: an over-long varint is refused.
 */
export class ByteReader {
  at = 0
  constructor(
    readonly bytes: Uint8Array,
    readonly end = bytes.length,
  ) {}

  byte(): number {
    if (this.at >= this.end) throw new WireError('W-04', 'ends too early')
    return this.bytes[this.at++] as number
  }

  /** @param max largest value that makes sense here, at most 2^53 - 1. */
  varUint(max: number): number {
    let value = 0
    let scale = 1
    for (let read = 0; read < 8; read++) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) {
        if (byte === 0 && read > 0) throw new WireError('W-03', 'over-long varint')
        if (value > max) throw new WireError('W-03', 'varint out of bounds')
        return value
      }
      scale *= 128
    }
    throw new WireError('W-03', 'varint too long')
  }

  skip(length: number): void {
    if (length > this.end - this.at) throw new WireError('W-04', 'length past the end')
    this.at += length
  }

  /** A length-prefixed run, as a view on the same memory. */
  view(max: number): Uint8Array {
    const length = this.varUint(max)
    const from = this.at
    this.skip(length)
    return this.bytes.subarray(from, this.at)
  }

  text(max: number): string {
    const from = this.at
    this.skipText(max)
    const prefix = new ByteReader(this.bytes, this.end)
    prefix.at = from
    return decoder.decode(prefix.view(max))
  }

  /** @returns the text's length in UTF-16 units, which is how Yjs counts. */
  skipText(max: number): number {
    const length = this.varUint(max)
    const from = this.at
    this.skip(length)
    return utf16Length(this.bytes, from, this.at)
  }

  /** lib0's variable-length signed integer: sign in the first byte. */
  varInt(): number {
    let byte = this.byte()
    const sign = (byte & 64) === 0 ? 1 : -1
    let value = byte & 63
    for (let scale = 64; byte >= 128; scale *= 128) {
      byte = this.byte()
      value += (byte & 127) * scale
      // Also what ends the loop: lib0 throws here, and so would every reader of the section.
      if (value > Number.MAX_SAFE_INTEGER || scale > Number.MAX_SAFE_INTEGER)
        throw new WireError('W-03', 'varint out of bounds')
    }
    return sign * value
  }

  float(bytes: 4 | 8): number {
    const from = this.at
    this.skip(bytes)
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + from, bytes)
    return bytes === 4 ? view.getFloat32(0) : view.getFloat64(0)
  }

  /** A value in lib0's "any" encoding. */
  skipAny(depth = 0): void {
    if (depth > LIMITS.valueDepth) throw new WireError('W-05', 'value nests too deeply')
    switch (this.byte()) {
      case 127: // undefined
      case 126: // null
      case 121: // true, false
      case 120:
        return
      case 125:
        this.varInt()
        return
      case 124:
        this.skip(4)
        return
      case 123: // float64, bigint
      case 122:
        this.skip(8)
        return
      case 119:
        this.skipText(this.end)
        return
      case 118: {
        for (let left = this.varUint(this.end - this.at); left > 0; left--) {
          this.skipText(LIMITS.keyBytes)
          this.skipAny(depth + 1)
        }
        return
      }
      case 117: {
        for (let left = this.varUint(this.end - this.at); left > 0; left--) this.skipAny(depth + 1)
        return
      }
      case 116:
        this.skip(this.varUint(this.end))
        return
      default:
        throw new WireError('W-05', 'unknown value kind')
    }
  }

  /**
   * JSON text that every client will hand to JSON.parse: one that does not parse would break them all.
   * @param besides the one word that Yjs itself knows in this place
   */
  skipJson(besides?: 'undefined'): void {
    this.json(besides)
  }

  /** As `skipJson`. @returns what the text says */
  json(besides?: 'undefined'): unknown {
    const text = this.text(this.end)
    if (text === besides) return undefined
    try {
      return JSON.parse(text)
    } catch {
      throw new WireError('W-05', 'not JSON')
    }
  }

  done(): void {
    if (this.at !== this.end) throw new WireError('W-01', 'bytes after the end')
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Length in UTF-16 units of well-formed UTF-8 (RFC 3629: no over-long forms, no surrogates, up to U+10FFFF). */
const utf16Length = (bytes: Uint8Array, from: number, to: number): number => {
  let units = 0
  let at = from
  while (at < to) {
    const lead = bytes[at++] as number
    units++
    if (lead < 0x80) continue
    const tail = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1
    if (lead < 0xc2 || lead > 0xf4 || at + tail > to) throw new WireError('W-05', 'not UTF-8')
    const second = bytes[at] as number
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    if (second < low || second > high) throw new WireError('W-05', 'not UTF-8')
    for (let i = 1; i < tail; i++) {
      if (((bytes[at + i] as number) & 0xc0) !== 0x80) throw new WireError('W-05', 'not UTF-8')
    }
    at += tail
    if (tail === 3) units++
  }
  return units
}
