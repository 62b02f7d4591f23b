import { randomBytes } from 'node:crypto'
import { checkpointText } from '@/lib/audit/checkpoint'
import { consistencyProof, rootHash, subtreesOf } from '@/lib/audit/merkle'
import { formatNote, type SignedNote, type SignerKey, signerKey, signNote } from '@/lib/audit/signed-note'
import { type AddCheckpoint, formatAddCheckpoint, parseAddCheckpoint } from '@/lib/witness/add-checkpoint'

/** A log of random leaves, held in memory, that signs what it is told to: also what an honest one would not. */
export const smallLog = (
  name = 'liaison.example',
  size = 0,
  key = signerKey(name, randomBytes(32), 'ed25519'),
) => {
  const leaves: Uint8Array[] = Array.from({ length: size }, () => randomBytes(32))
  const noteOf = (at: number, origin: string, by: SignerKey = key): SignedNote => {
    const root = rootHash(at, subtreesOf(leaves))
    const text = checkpointText({ origin, size: at, root, extensions: [] })
    return { text, signatures: [signNote(text, by)] }
  }
  return {
    key,
    leaves,
    grow: (count = 1) => {
      for (let i = 0; i < count; i++) leaves.push(randomBytes(32))
    },
    note: (at = leaves.length, origin = `${name}/instance`) => formatNote(noteOf(at, origin)),
    /** The body that an honest host sends to a witness that stands at `old`. */
    body: (old: number, at = leaves.length, origin = `${name}/instance`): string =>
      formatAddCheckpoint({
        old,
        proof: old <= at ? consistencyProof(old, at, subtreesOf(leaves)) : [],
        note: noteOf(at, origin),
      }),
    asked(old: number, at = leaves.length, origin = `${name}/instance`): AddCheckpoint {
      return parseAddCheckpoint(this.body(old, at, origin))
    },
    /** The same up to `at`, then another history, under the same key. */
    fork(at: number) {
      const other = smallLog(name, 0, key)
      other.leaves.push(...leaves.slice(0, at))
      return other
    },
    noteOf,
  }
}

export type SmallLog = ReturnType<typeof smallLog>
