import type { Id } from '@/lib/ids'
import { LIMITS } from '@/lib/sync/limits'
import type { Speaker } from '@/lib/sync/presence'

/** Somebody's presence as their node shows it: JSON text; null: gone. */
export interface NodePresence {
  client: number
  clock: number
  speaker: Speaker
  state: string | null
}

/**
 * What nodes tell each other through Redis. Nothing here is truth: a head says where to look in PostgreSQL, a change of
 * access says to look now, and presence is worth what a cursor is worth.
 */
export type NodeMessage =
  /** I am here. Everybody hears their own as well: so one knows that Redis carries. */
  | { kind: 'alive' }
  | { kind: 'leaving' }
  /** Rows were committed: sections, each with its newest sequence number. */
  | { kind: 'heads'; heads: readonly (readonly [sectionId: Id, seq: number])[] }
  | { kind: 'access' }
  | { kind: 'presence'; sectionId: Id; entries: readonly NodePresence[] }
  /** Somebody opened the section here: who is in it elsewhere? */
  | { kind: 'who'; sectionId: Id }

/** Characters of a whole message, and of one person's state: a name, an agency, a small cursor. */
const LARGEST = 1024 * 1024
const LARGEST_STATE = 8 * 1024

export const writeMessage = (from: string, message: NodeMessage): string =>
  JSON.stringify({ from, ...message })

/** @returns null for whatever does not have this shape: Redis may be shared, and old nodes may still run. */
export const readMessage = (text: string): { from: string; message: NodeMessage } | null => {
  if (text.length > LARGEST) return null
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(said) || typeof said.from !== 'string') return null
  const message = messageIn(said)
  return message === null ? null : { from: said.from, message }
}

const messageIn = (said: Record<string, unknown>): NodeMessage | null => {
  const { kind, sectionId } = said
  if (kind === 'alive' || kind === 'leaving' || kind === 'access') return { kind }
  if (kind === 'heads') return isHeads(said.heads) ? { kind, heads: said.heads } : null
  if (typeof sectionId !== 'string') return null
  if (kind === 'who') return { kind, sectionId }
  if (kind !== 'presence' || !Array.isArray(said.entries)) return null
  if (said.entries.length > LIMITS.presenceEntries || !said.entries.every(isPresence)) return null
  return { kind, sectionId, entries: said.entries }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isHeads = (value: unknown): value is [Id, number][] =>
  Array.isArray(value) &&
  value.every((head) => Array.isArray(head) && typeof head[0] === 'string' && Number.isSafeInteger(head[1]))

const isClock = (value: unknown, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most

const isPresence = (value: unknown): value is NodePresence =>
  isObject(value) &&
  isClock(value.client, LIMITS.clientId) &&
  isClock(value.clock, Number.MAX_SAFE_INTEGER) &&
  isSpeaker(value.speaker) &&
  (value.state === null || (typeof value.state === 'string' && value.state.length <= LARGEST_STATE))

const isSpeaker = (value: unknown): value is Speaker =>
  isObject(value) &&
  typeof value.personId === 'string' &&
  typeof value.name === 'string' &&
  typeof value.orgShortCode === 'string' &&
  typeof value.orgColour === 'number'
