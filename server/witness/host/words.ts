import {
  MalformedNote,
  type NoteSignature,
  parseNote,
  parseSignatureLines,
  verifySignature,
} from '@/lib/audit/signed-note'
import { workspaceOf } from '@/server/audit/sealing/quorum'
import { endWarning } from '@/server/audit/sealing/warnings'
import type { Tx } from '@/server/db/client'
import { readCheckpoint } from '@/server/witness/host/offered'
import { type Asked, type Handle, NOT_FOUND, sizeIn, unreadable } from '@/server/witness/host/reply'
import { watchedTree } from '@/server/witness/host/trees'

/** A clock that runs ahead by more than this would let a witness sign for the future. Milliseconds. */
const AHEAD_MS = 300_000

/**
 * A witness's signature under one of our checkpoints. Taken once: the same again changes nothing. The first one ever of a
 * witness is on record; of the rest there are too many, and they stand in the bundle themselves.
 */
export const takeCosignature: Handle = async (asked) => {
  const size = sizeIn(asked.query, 'size')
  const tree = await watchedTree(asked, asked.query.get('origin') ?? '')
  const checkpoint =
    tree === null || size === null ? null : await readCheckpoint(asked.services.db, tree, size)
  if (checkpoint === null) return NOT_FOUND
  const signature = onlySignature(asked.body)
  if (signature === null) return unreadable('One line of a signature, and nothing else.')
  const { holds, at } = verifySignature(parseNote(checkpoint.note).text, signature, asked.witness.key)
  if (!holds || at === null)
    return unreadable(
      'This is no signature of this checkpoint with the key that the witness is registered with.',
    )
  if (at > asked.at.getTime() + AHEAD_MS)
    return unreadable('The clock of this witness runs ahead. Set it right.')
  await asked.services.db.transaction((tx) => keep(tx, asked, checkpoint, new Date(at)))
  return { status: 204 }
}

const onlySignature = (body: string): NoteSignature | null => {
  try {
    const [signature, ...more] = parseSignatureLines(body)
    return signature === undefined || more.length > 0 ? null : signature
  } catch (problem) {
    if (problem instanceof MalformedNote) return null
    throw problem
  }
}

const keep = async (
  tx: Tx,
  { services, witness, at, body }: Asked,
  { tree, size }: { tree: string; size: number },
  signedAt: Date,
): Promise<void> => {
  const { rows: before } = await tx.query('select 1 from audit_cosignatures where witness_id = $1 limit 1', [
    witness.id,
  ])
  const { rows } = await tx.query(
    `insert into audit_cosignatures (tree, size, witness_id, line, at, received_at) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning 1 as one`,
    [tree, size, witness.id, body, signedAt, at],
  )
  if (rows.length === 0) return
  await endWarning(tx, { tree, why: 'refused', witnessId: witness.id }, at)
  if (before.length > 0) return
  const workspaceId = workspaceOf(tree)
  services.recorder.append(tx, {
    type: 'witness.began',
    outcome: 'allowed',
    actor: { personId: null, orgId: witness.orgId, sessionId: null },
    object: { ...(workspaceId === null ? {} : { workspaceId }), targetId: witness.id },
    details: { size, name: witness.key.name },
  })
}
