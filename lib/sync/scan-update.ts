import { ByteReader, WireError } from '@/lib/sync/byte-reader'
import { type ClockRanges, rangesOf } from '@/lib/sync/clock-ranges'
import { LIMITS } from '@/lib/sync/limits'
import { CONTENT, content, readContent, readKey, readRoot } from '@/lib/sync/scan-content'

/** One author's run of structs in an update: clocks [from, to), whose bytes are [start, end) of the update. */
export interface ScannedBlock {
  client: number
  from: number
  to: number
  structs: number
  start: number
  end: number
  /** Where in `needs` the triples of this block lie: [needsFrom, needsTo). */
  needsFrom: number
  needsTo: number
}

/** Deleted clock ranges of one author: clock, length, clock, length … */
export interface ScannedDeletes {
  client: number
  ranges: number[]
}

/** A struct that is no text: an element, a text as a whole, an attribute's value, or what is left of something deleted. */
export interface ScannedNode {
  client: number
  clock: number
  length: number
  kind: 'node' | 'value' | 'deleted'
  /** Which element, by `vocabulary`; -1 for the other kinds. */
  node: number
  /** Where it says that it stands. An author's clientID is -1 where it says nothing; at the root, that of the parent is -2. */
  left: ScannedPlace
  right: ScannedPlace
  parent: ScannedPlace
  /** The attribute's number where the key is written: an attribute's first value has no other before it. */
  key: number
  values: readonly unknown[]
}

export interface ScannedPlace {
  client: number
  clock: number
}

export interface UpdateScan {
  bytes: Uint8Array
  blocks: ScannedBlock[]
  deletes: ScannedDeletes[]
  /** What the structs hang on, as triples: own clock, then client and clock of the other. A direct predecessor is left out. */
  needs: number[]
  /** Garbage-collected structs, as triples: client, and clocks [from, to). */
  collected: number[]
  nodes: ScannedNode[]
  /** Text and formatting, `INLINE` numbers each: client, clock, length, 1 for a parent and 0 for a neighbour, its client and clock. */
  inline: number[]
}

const ORIGIN = 0x80
const RIGHT_ORIGIN = 0x40
const PARENT_SUB = 0x20
/** "Nobody" and "the root", where a clientID could stand. */
export const NOWHERE = -1
export const ROOT = -2
/** Numbers per entry of `inline`. */
export const INLINE = 6

/**
 * Reads a Yjs V1 update (yjs 13.6, utils/encoding.js) as bytes: who wrote which clocks, what it hangs on, what it
 * deletes. Builds no structs: 0.1-0.4 µs for a keystroke, where Y.decodeUpdate takes several times that.
 * @throws WireError W-03 … W-10, W-14 … W-17. A V2 update does not pass: read as V1 it does not end where its bytes end.
 */
export const scanUpdate = (bytes: Uint8Array): UpdateScan => scan(bytes, true)

/**
 * As `scanUpdate`, for what is stored: it was judged when it came, by the rules of its day. What was allowed then must
 * stay readable, or a stricter rule would lock sections up.
 */
export const scanStored = (bytes: Uint8Array): UpdateScan => scan(bytes, false)

const scan = (bytes: Uint8Array, judge: boolean): UpdateScan => {
  const reader = new ByteReader(bytes)
  const found: UpdateScan = {
    bytes,
    blocks: [],
    deletes: [],
    needs: [],
    collected: [],
    nodes: [],
    inline: [],
  }
  readBlocks(reader, found, judge)
  found.deletes = readDeletes(reader)
  reader.done()
  return found
}

/** Whether a struct of this block begins exactly at the clock. */
export const beginsAt = ({ bytes }: UpdateScan, block: ScannedBlock, clock: number): boolean => {
  const reader = new ByteReader(bytes, block.end)
  reader.at = block.start
  let at = block.from
  const unused: Found = { needs: [], nodes: [], inline: [] }
  while (at < clock) at += readStruct(reader, block.client, at, unused, false)
  return at === clock
}

/** Clocks of the structs that switch a format on or off, by author. */
export const marksIn = (bytes: Uint8Array): ReadonlyMap<number, ClockRanges> => {
  const marks = new Map<number, ClockRanges>()
  for (const { client, from, to, start, end } of scanStored(bytes).blocks) {
    const reader = new ByteReader(bytes, end)
    reader.at = start
    const unused: Found = { needs: [], nodes: [], inline: [] }
    for (let clock = from; clock < to; ) {
      const isMark = ((bytes[reader.at] as number) & 31) === CONTENT.format
      const length = readStruct(reader, client, clock, unused, false)
      if (isMark) rangesOf(marks, client).add(clock, clock + length)
      clock += length
    }
  }
  return marks
}

type Found = Pick<UpdateScan, 'needs' | 'nodes' | 'inline'>

const readBlocks = (reader: ByteReader, found: UpdateScan, judge: boolean): void => {
  const { blocks, needs, collected } = found
  const count = reader.varUint(LIMITS.clientsPerUpdate)
  const seen = count > 1 ? new Set<number>() : null
  for (let i = 0; i < count; i++) {
    const structs = reader.varUint(reader.end - reader.at)
    const client = reader.varUint(LIMITS.clientId)
    const from = reader.varUint(LIMITS.clock)
    // Yjs keeps only the last block of an author when there are two; what merges updates keeps both.
    if (structs === 0 || seen?.has(client)) throw new WireError('W-07', 'empty or repeated author block')
    seen?.add(client)
    const start = reader.at
    const needsFrom = needs.length
    let clock = from
    for (let j = 0; j < structs; j++) {
      const isCollected = reader.bytes[reader.at] === 0
      const length = readStruct(reader, client, clock, found, judge)
      if (isCollected) collected.push(client, clock, clock + length)
      clock += length
      if (clock > LIMITS.clock) throw new WireError('W-07', 'clock out of bounds')
    }
    const [end, needsTo] = [reader.at, needs.length]
    blocks.push({ client, from, to: clock, structs, start, end, needsFrom, needsTo })
  }
}

/** Where the struct says that it stands. One struct at a time: nothing is made for a keystroke. */
const place = { leftClient: NOWHERE, leftClock: 0, rightClient: NOWHERE, rightClock: 0, key: -1 }
let needClient = NOWHERE
let needClock = 0

/** @returns the struct's length in clocks. */
const readStruct = (
  reader: ByteReader,
  client: number,
  clock: number,
  found: Found,
  judge: boolean,
): number => {
  const info = reader.byte()
  const kind = info & 31
  // Garbage-collected run. Yjs' two readers disagree about flag bits here, so there must be none.
  if (kind === CONTENT.collected && info === 0) return atLeastOne(reader.varUint(LIMITS.clock))
  if (kind === CONTENT.collected) throw new WireError('W-06', 'flags on a garbage-collected struct')
  // A skip is a hole in an author's clocks: no honest writer sends one to a server that knows its clocks.
  if (kind > CONTENT.document)
    throw new WireError(kind === CONTENT.skip ? 'W-09' : 'W-06', 'skip or unknown struct kind')
  const { needs } = found
  place.leftClient = NOWHERE
  place.rightClient = NOWHERE
  place.key = -1
  let parentClient = NOWHERE
  let parentClock = 0
  if (info & ORIGIN) {
    readNeed(reader, client, clock, needs)
    place.leftClient = needClient
    place.leftClock = needClock
  }
  if (info & RIGHT_ORIGIN) {
    readNeed(reader, client, clock, needs)
    place.rightClient = needClient
    place.rightClock = needClock
  }
  if ((info & (ORIGIN | RIGHT_ORIGIN)) === 0) {
    if (reader.varUint(1) === 1) {
      // A key would come between the name and the content: nothing that stands in the root has one.
      readRoot(reader, kind, (info & PARENT_SUB) !== 0, judge)
      parentClient = ROOT
    } else {
      readNeed(reader, client, clock, needs)
      parentClient = needClient
      parentClock = needClock
    }
    if (info & PARENT_SUB) place.key = readKey(reader, judge)
  }
  readContent(reader, kind, judge)
  const { length } = content
  if (kind === CONTENT.text || kind === CONTENT.format) {
    const { inline } = found
    if (parentClient !== NOWHERE) inline.push(client, clock, length, 1, parentClient, parentClock)
    if (place.leftClient !== NOWHERE) inline.push(client, clock, length, 0, place.leftClient, place.leftClock)
    if (place.rightClient !== NOWHERE)
      inline.push(client, clock, length, 0, place.rightClient, place.rightClock)
    return length
  }
  found.nodes.push({
    client,
    clock,
    length,
    kind: kind === CONTENT.type ? 'node' : kind === CONTENT.deleted ? 'deleted' : 'value',
    node: kind === CONTENT.type ? content.node : -1,
    left: { client: place.leftClient, clock: place.leftClock },
    right: { client: place.rightClient, clock: place.rightClock },
    parent: { client: parentClient, clock: parentClock },
    key: place.key,
    values: kind === CONTENT.any ? content.values : [],
  })
  return length
}

const readNeed = (reader: ByteReader, client: number, clock: number, needs: number[]): void => {
  needClient = reader.varUint(LIMITS.clientId)
  needClock = reader.varUint(LIMITS.clock)
  if (needClient !== client) needs.push(clock, needClient, needClock)
  // Yjs looks up what an author's own structs hang on without asking whether it is there yet, and throws.
  else if (needClock >= clock) throw new WireError('W-10', 'hangs on itself or on what comes later')
  else if (needClock !== clock - 1) needs.push(clock, needClient, needClock)
}

const atLeastOne = (length: number): number => {
  if (length < 1) throw new WireError('W-07', 'empty struct')
  return length
}

const readDeletes = (reader: ByteReader): ScannedDeletes[] => {
  const deletes: ScannedDeletes[] = []
  for (let left = reader.varUint(LIMITS.clientsPerUpdate); left > 0; left--) {
    const client = reader.varUint(LIMITS.clientId)
    const count = reader.varUint(reader.end - reader.at)
    const ranges: number[] = []
    for (let i = 0; i < count; i++) {
      const clock = reader.varUint(LIMITS.clock)
      ranges.push(clock, atLeastOne(reader.varUint(LIMITS.clock - clock)))
    }
    deletes.push({ client, ranges })
  }
  return deletes
}
