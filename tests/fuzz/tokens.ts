import { ByteReader } from '@/lib/sync/byte-reader'

/** Where one number, flag byte or run of bytes of an update lies: [from, to). */
export interface Token {
  kind: 'varint' | 'flags' | 'bytes'
  from: number
  to: number
}

const MOST = Number.MAX_SAFE_INTEGER

/** Every token of a valid V1 update (yjs 13.6, utils/encoding.js), in order. */
export const tokensOf = (update: Uint8Array): Token[] => {
  const reader = new ByteReader(update)
  const tokens: Token[] = []
  const mark = <T>(kind: Token['kind'], read: () => T): T => {
    const from = reader.at
    const value = read()
    tokens.push({ kind, from, to: reader.at })
    return value
  }
  const varint = () => mark('varint', () => reader.varUint(MOST))
  const run = () => {
    const length = varint()
    mark('bytes', () => reader.skip(length))
  }
  const id = () => {
    varint()
    varint()
  }
  const content = (kind: number): void => {
    switch (kind) {
      case 1:
        varint()
        return
      case 2:
        for (let left = varint(); left > 0; left--) run()
        return
      case 3:
      case 4:
      case 5:
        run()
        return
      case 6:
        run()
        run()
        return
      case 7: {
        const type = varint()
        if (type === 3 || type === 5) run()
        return
      }
      default:
        for (let left = varint(); left > 0; left--) mark('bytes', () => reader.skipAny())
    }
  }
  for (let blocks = varint(); blocks > 0; blocks--) {
    const structs = varint()
    id()
    for (let left = structs; left > 0; left--) {
      const flags = mark('flags', () => reader.byte())
      const kind = flags & 31
      if (kind === 0 || kind === 10) {
        varint()
        continue
      }
      if (flags & 0x80) id()
      if (flags & 0x40) id()
      if ((flags & 0xc0) === 0) {
        if (varint() === 1) run()
        else id()
        if (flags & 0x20) run()
      }
      content(kind)
    }
  }
  for (let left = varint(); left > 0; left--) {
    varint()
    for (let ranges = varint(); ranges > 0; ranges--) id()
  }
  return tokens
}
