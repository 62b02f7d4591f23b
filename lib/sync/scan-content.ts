import { type ByteReader, WireError } from '@/lib/sync/byte-reader'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { LIMITS } from '@/lib/sync/limits'
import { isAllowedLink } from '@/lib/sync/schema/allowed-link'
import { NameTable } from '@/lib/sync/schema/name-table'
import {
  attributeNames,
  elementNames,
  isColour,
  MARK_LINK,
  markNames,
  TEXT_NODE,
  UNKNOWN_NODE,
} from '@/lib/sync/schema/vocabulary'

/** Struct kinds (yjs 13.6, structs/Item.js, contentRefs) and kinds of types (structs/ContentType.js, typeRefs). */
export const CONTENT = {
  collected: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  text: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  document: 9,
  skip: 10,
} as const
const TYPE = { xmlElement: 3, xmlHook: 5, xmlText: 6 } as const

/** What of the last content was read. One scan at a time: nothing here outlives it, and nothing is made per struct. */
export const content = {
  length: 1,
  /** Of a type: which element, by `vocabulary`. */
  node: -1,
  /** Of an attribute: mostly one; Yjs lays values that followed each other and are kept for an undo into one struct. */
  values: [] as unknown[],
}

const rootNames = new NameTable([EDITOR_FRAGMENT])

/**
 * Every root name that anybody makes up stays in every copy for ever and slows down each encoding of it. Right below the
 * root stand elements, or what is left of them when they are deleted.
 */
export const readRoot = (reader: ByteReader, kind: number, isKeyed: boolean, judge: boolean): void => {
  const length = reader.varUint(reader.end)
  const from = reader.at
  reader.skip(length)
  if (!judge) return
  if (rootNames.find(reader.bytes, from, reader.at) !== 0) throw new WireError('W-14', 'unknown root')
  const isElement = kind === CONTENT.type && reader.bytes[reader.at] === TYPE.xmlElement
  if (isKeyed || !(isElement || kind === CONTENT.deleted))
    throw new WireError('W-14', 'no element right below the root')
}

/** @returns the attribute's number; -1 for one that only stored text may have. */
export const readKey = (reader: ByteReader, judge: boolean): number =>
  readName(reader, attributeNames, judge, 'unknown attribute')

const readName = (reader: ByteReader, names: NameTable, judge: boolean, what: string): number => {
  const length = reader.varUint(LIMITS.keyBytes)
  const from = reader.at
  reader.skip(length)
  const found = names.find(reader.bytes, from, reader.at)
  if (found === -1) {
    if (judge) throw new WireError('W-15', what)
    reader.at = from
    reader.skip(length)
  }
  return found
}

/**
 * Reads one struct's content into `content`.
 * @param judge whether it comes from somebody: what is stored was judged when it came, by the rules of its day
 * @throws WireError W-03 … W-08, W-15 … W-17
 */
export const readContent = (reader: ByteReader, kind: number, judge: boolean): void => {
  content.length = 1
  switch (kind) {
    case CONTENT.deleted:
      content.length = atLeastOne(reader.varUint(LIMITS.clock))
      return
    case CONTENT.text:
      content.length = atLeastOne(reader.skipText(reader.end))
      return
    case CONTENT.format:
      readFormat(reader, judge)
      return
    case CONTENT.type:
      content.node = readType(reader, judge)
      return
    case CONTENT.any: {
      const count = atLeastOne(reader.varUint(reader.end - reader.at))
      content.length = count
      content.values = []
      for (let i = 0; i < count; i++) {
        if (judge) content.values.push(readValue(reader))
        else reader.skipAny()
      }
      return
    }
    case CONTENT.document:
      throw new WireError('W-08', 'sub-document')
    default:
      if (judge) throw new WireError('W-16', 'content that the editor does not write')
      skipForeign(reader, kind)
  }
}

/** What may lie in stored text from before there were rules about it. */
const skipForeign = (reader: ByteReader, kind: number): void => {
  if (kind === CONTENT.binary) reader.skip(reader.varUint(reader.end))
  else if (kind === CONTENT.embed) reader.skipJson()
  else {
    content.length = atLeastOne(reader.varUint(reader.end - reader.at))
    for (let i = 0; i < content.length; i++) reader.skipJson('undefined')
  }
}

const readType = (reader: ByteReader, judge: boolean): number => {
  const type = reader.varUint(6)
  if (type === TYPE.xmlText) return TEXT_NODE
  if (type === TYPE.xmlElement) {
    const name = readName(reader, elementNames, judge, 'unknown element')
    return name === -1 ? UNKNOWN_NODE : name
  }
  if (judge) throw new WireError('W-16', 'a type that the editor does not write')
  if (type === TYPE.xmlHook) reader.skipText(LIMITS.keyBytes)
  return UNKNOWN_NODE
}

const isWord = (bytes: Uint8Array, from: number, word: string): boolean => {
  for (let i = 0; i < word.length; i++) if (bytes[from + i] !== word.charCodeAt(i)) return false
  return true
}

/** A mark and its value: null where it ends, an object where it begins. */
const readFormat = (reader: ByteReader, judge: boolean): void => {
  if (!judge) {
    reader.skipText(LIMITS.keyBytes)
    reader.skipJson()
    return
  }
  const mark = readName(reader, markNames, true, 'unknown mark')
  const before = reader.at
  const length = reader.varUint(reader.end)
  const from = reader.at
  reader.skip(length)
  if (length === 4 && isWord(reader.bytes, from, 'null')) return
  if (length === 2 && isWord(reader.bytes, from, '{}') && mark !== MARK_LINK && !isColour(mark)) return
  reader.at = before
  const value = reader.json()
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isValueOfMark(mark, value))
    throw new WireError('W-17', 'a value that a mark cannot have')
}

const isValueOfMark = (mark: number, value: object): boolean => {
  const keys = Object.keys(value)
  if (mark === MARK_LINK) return keys.length === 1 && 'href' in value && isLink(value.href)
  if (!isColour(mark)) return keys.length === 0
  if (keys.length !== 1 || !('stringValue' in value)) return false
  return typeof value.stringValue === 'string' && value.stringValue.length <= LIMITS.valueText
}

const isLink = (href: unknown): boolean => href === null || isAllowedLink(href)

/** An attribute's value in lib0's "any" encoding: plain ones, and lists of plain ones (the widths of columns). */
const readValue = (reader: ByteReader, isInList = false): unknown => {
  switch (reader.byte()) {
    case 127:
      return undefined
    case 126:
      return null
    case 121:
      return false
    case 120:
      return true
    case 125:
      return reader.varInt()
    case 124:
      return reader.float(4)
    case 123:
      return reader.float(8)
    case 119:
      return reader.text(LIMITS.valueText * 4)
    case 117: {
      if (isInList) break
      const list: unknown[] = []
      for (let left = reader.varUint(LIMITS.valueList); left > 0; left--) list.push(readValue(reader, true))
      return list
    }
  }
  throw new WireError('W-16', 'a value of a kind that the editor does not write')
}

const atLeastOne = (length: number): number => {
  if (length < 1) throw new WireError('W-07', 'empty struct')
  return length
}
