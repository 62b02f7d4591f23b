import { createHash } from 'node:crypto'
import { parseCheckpoint } from '@/lib/audit/checkpoint'
import { fromBase64, parseNote, parseVerifierKey, type VerifierKey } from '@/lib/audit/signed-note'
import type { Refusal, Seen } from '@/lib/witness/judge'

/** Two signed notes of one log that do not go together: whoever holds the log's key cannot explain them away. */
export interface Evidence {
  at: string
  origin: string
  why: Refusal
  /** The note that this witness had said yes to. */
  seen: string
  /** The one that it was shown afterwards. */
  shown: string
}

/** All that a witness remembers. Losing it is harmless to others only if its key is never used again. */
export interface WitnessState {
  /** Rises by one with every writing: a second copy of the program that writes too is noticed. */
  generation: number
  /** The name in its key: a URL without its scheme. */
  name: string
  /** Base64 of 32 bytes: the secret key. */
  seed: string
  /** Origin of the host's address, such as https://liaison.example. */
  host: string
  /** What it asks the host with; null: not joined yet. */
  token: string | null
  /** Verifier keys of the host's log that it trusts. */
  logKeys: readonly string[]
  /** By origin: the newest note that it has said yes to, with the log's signature. */
  seen: Readonly<Record<string, string>>
  evidence: readonly Evidence[]
}

/** A file of a witness that must not be signed from. */
export class DamagedState extends Error {
  override readonly name = 'DamagedState'
}

const sumOf = (state: unknown): string => createHash('sha256').update(JSON.stringify(state)).digest('hex')

export const formatState = (state: WitnessState): string =>
  `${JSON.stringify({ liaison_witness: 1, sum: sumOf(state), state }, null, 1)}\n`

/** @throws DamagedState unless it is to the letter what `formatState` wrote */
export const parseState = (text: string): WitnessState => {
  let file: { liaison_witness?: unknown; sum?: unknown; state?: WitnessState }
  try {
    file = JSON.parse(text) as typeof file
  } catch {
    throw new DamagedState('it is not whole')
  }
  const { state } = file ?? {}
  if (file?.liaison_witness !== 1 || state === undefined)
    throw new DamagedState('it is no state of a witness')
  if (sumOf(state) !== file.sum) throw new DamagedState('it is not what this program wrote last')
  try {
    if (fromBase64(state.seed).length !== 32) throw new DamagedState('its key has not 32 bytes')
    for (const key of state.logKeys) parseVerifierKey(key)
    for (const origin of Object.keys(state.seen)) seenOf(state, origin)
  } catch {
    throw new DamagedState('it holds something that cannot be read')
  }
  return state
}

export const seenOf = ({ seen }: Pick<WitnessState, 'seen'>, origin: string): Seen | null => {
  const note = Object.hasOwn(seen, origin) ? seen[origin] : undefined
  return note === undefined ? null : parseCheckpoint(parseNote(note).text)
}

const TREE = /^\/(instance|workspace\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The keys that are trusted for a log; null: it is none of this host. A key speaks for the origins below its own name. */
export const keysFor = ({ logKeys }: Pick<WitnessState, 'logKeys'>, origin: string): VerifierKey[] | null => {
  const keys = logKeys
    .map(parseVerifierKey)
    .filter(({ name }) => origin.startsWith(name) && TREE.test(origin.slice(name.length)))
  return keys.length === 0 ? null : keys
}

/** The keys that the first line names the log with: "liaison.example" of a host https://liaison.example. */
export const logNameOf = (host: string): string => new URL(host).host
