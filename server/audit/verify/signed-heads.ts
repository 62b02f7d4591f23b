import { parseCheckpoint } from '@/lib/audit/checkpoint'
import { parseNote, parseVerifierKey, type VerifierKey, verifySignature } from '@/lib/audit/signed-note'
import type { Reader } from '@/server/db/client'

/** A head that was signed, in the database or outside. */
export interface SignedHead {
  size: number
  root: Uint8Array
  /** Its note says so, and a key of this installation has signed it. */
  holds: boolean
}

const BATCH = 500

/** Keys that this installation has ever signed with. */
export const readVerifierKeys = async (reader: Reader): Promise<VerifierKey[]> => {
  const { rows } = await reader.query<{ verifier_key: string }>('select verifier_key from audit_log_keys')
  return rows.map((row) => parseVerifierKey(row.verifier_key))
}

/** Checks a note against what is said of it. */
export const signedHead = (
  keys: readonly VerifierKey[],
  { size, root, note }: { size: number; root: Uint8Array; note: string },
): SignedHead => {
  try {
    const { text, signatures } = parseNote(note)
    const checkpoint = parseCheckpoint(text)
    const isSigned = signatures.some((signature) =>
      keys.some((key) => verifySignature(text, signature, key).holds),
    )
    const isSame = checkpoint.size === size && Buffer.compare(checkpoint.root, root) === 0
    return { size, root, holds: isSigned && isSame }
  } catch {
    return { size, root, holds: false }
  }
}

/** The checkpoints of a tree by size, read in batches; one that is kept outside is put among them. */
export async function* signedHeads(
  reader: Reader,
  tree: string,
  keys: readonly VerifierKey[],
  outside: SignedHead | null,
): AsyncGenerator<SignedHead> {
  let left = outside
  for (let after = 0; ; ) {
    const { rows } = await reader.query<{ size: number; root: Buffer; note: string }>(
      `select size, root, note from audit_checkpoints where tree = $1 and size > $2 order by size limit ${BATCH}`,
      [tree, after],
    )
    for (const row of rows) {
      if (left !== null && left.size <= row.size) {
        yield left
        left = null
      }
      yield signedHead(keys, row)
      after = row.size
    }
    if (rows.length < BATCH) break
  }
  if (left !== null) yield left
}
