import { createHash } from 'node:crypto'

/** The hash before a writer's first event. */
export const NO_HASH: Uint8Array = new Uint8Array(32)

/** SHA-256(prev ‖ canonical): each event of a writer fixes all that it wrote before. */
export const chainHash = (prev: Uint8Array, canonical: string): Buffer =>
  createHash('sha256').update(prev).update(canonical, 'utf8').digest()

/** RFC 6962 section 2.1: SHA-256(0x00 ‖ leaf). The prefix keeps a leaf from passing for an inner node. */
export const leafHash = (canonical: string): Buffer =>
  createHash('sha256').update(Uint8Array.of(0)).update(canonical, 'utf8').digest()

export interface ChainLink {
  seq: number
  prevHash: Uint8Array
  hash: Uint8Array
  /** Null where the event is kept elsewhere (a cold month): its place in the chain is checked, its text cannot be. */
  canonical: string | null
}

/** `index` counts from 0 in the list that was given. */
export interface ChainFault {
  index: number
  seq: number
  why: 'sequence' | 'previous' | 'hash'
}

/** Where a chain stands: 0 and NO_HASH before its first link. */
export interface ChainState {
  seq: number
  hash: Uint8Array
}

export const CHAIN_START: ChainState = { seq: 0, hash: NO_HASH }

/**
 * Checks the links that follow `from`, in order: the sequence has no hole, each link names the hash before it, each hash
 * is that of its own text. @returns the first fault, or where the chain stands after the last link.
 */
export function verifyChain(
  links: Iterable<ChainLink>,
  from: ChainState = CHAIN_START,
): { fault: ChainFault } | { fault: null; state: ChainState } {
  let state = from
  let index = 0
  for (const link of links) {
    const why = faultOf(link, state)
    if (why) return { fault: { index, seq: link.seq, why } }
    state = { seq: link.seq, hash: link.hash }
    index++
  }
  return { fault: null, state }
}

const faultOf = (link: ChainLink, state: ChainState): ChainFault['why'] | null => {
  if (link.seq !== state.seq + 1) return 'sequence'
  if (!same(link.prevHash, state.hash)) return 'previous'
  if (link.canonical === null) return null
  return same(link.hash, chainHash(link.prevHash, link.canonical)) ? null : 'hash'
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.length).equals(b)
