import type { Id } from '@/lib/ids'
import { readQuorum } from '@/server/audit/sealing/quorum'
import type { Reader } from '@/server/db/client'

/** How far a tree is signed, and how far sealed. */
export interface Seal {
  /** The newest checkpoint: signed by the host. */
  size: number
  at: Date
  root: Uint8Array
  /** Who has co-signed the sealed checkpoint; while there is none, the newest one that anybody has. In order of their words. */
  signedBy: readonly { orgId: Id; at: Date }[]
  /** How many organisations' words count. */
  of: number
  /** How many of them are needed: more than half. 0: nobody's word counts. */
  needed: number
  /** The newest checkpoint that enough have co-signed, and the moment at which they had. */
  sealed: { size: number; at: Date } | null
}

const CHECKPOINT = 'select size, root, at from audit_checkpoints where tree = $1 order by size desc limit 1'

/** The newest checkpoint that so many of these organisations have co-signed. Reads from the newest backwards. */
const CO_SIGNED = `
select c.size from audit_cosignatures c join audit_witnesses w on w.id = c.witness_id
where c.tree = $1 and w.org_id = any($2) group by c.size having count(distinct w.org_id) >= $3 order by c.size desc limit 1`

const WORDS = `
select w.org_id as "orgId", min(c.received_at) as at from audit_cosignatures c join audit_witnesses w on w.id = c.witness_id
where c.tree = $1 and c.size = $2 and w.org_id = any($3) group by w.org_id order by min(c.received_at), w.org_id`

/**
 * Whether, and how far, a tree is sealed under the quorum of this moment: more than half of the organisations other than the
 * host have co-signed one and the same checkpoint, so that it can be shown with their signatures.
 * @returns null while the tree has no checkpoint
 */
export async function readSeal(reader: Reader, tree: string, now = new Date()): Promise<Seal | null> {
  const { rows } = await reader.query<{ size: number; root: Buffer; at: Date }>(CHECKPOINT, [tree])
  const newest = rows[0]
  if (newest === undefined) return null
  const { of, needed } = await readQuorum(reader, tree, now)
  const { size: sealedSize, words } = await coSigned(reader, tree, of, needed)
  const last = words[needed - 1]
  return {
    ...newest,
    signedBy: words,
    of: of.length,
    needed,
    sealed: sealedSize === null || last === undefined ? null : { size: sealedSize, at: last.at },
  }
}

async function coSigned(reader: Reader, tree: string, of: readonly Id[], needed: number) {
  const sizeOf = async (least: number) => {
    const { rows } = await reader.query<{ size: number }>(CO_SIGNED, [tree, of, least])
    return rows[0]?.size ?? null
  }
  if (needed === 0) return { size: null, words: [] }
  const sealed = await sizeOf(needed)
  const shown = sealed ?? (needed > 1 ? await sizeOf(1) : null)
  if (shown === null) return { size: null, words: [] }
  const { rows } = await reader.query<{ orgId: Id; at: Date }>(WORDS, [tree, shown, of])
  return { size: sealed, words: rows }
}
