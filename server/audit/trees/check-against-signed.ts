import { edgeRoot, parseEdge } from '@/lib/audit/tree/edge'
import { verifyConsistency } from '@/lib/audit/verify-proof'
import { readConsistencyProof, TreeIncomplete } from '@/server/audit/tree-reader'
import { Contradiction, EdgeMissing, type KeptCheckpoint } from '@/server/audit/trees/contradiction'
import type { KeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import type { Database, Reader } from '@/server/db/client'

type Signed = Pick<KeptCheckpoint, 'tree' | 'size' | 'root'>
export interface TreeHead {
  tree: string
  size: number
  root: Uint8Array
}

/** The head of a tree from its edge; of a tree that is not there, the empty one. @throws EdgeMissing */
export const readHead = async (reader: Reader, tree: string): Promise<TreeHead> => {
  const { rows } = await reader.query<{ size: number; edge: Buffer }>(
    'select size, edge from audit_heads where tree = $1',
    [tree],
    'tree head',
  )
  const { size, edge } = rows[0] ?? { size: 0, edge: Buffer.alloc(0) }
  try {
    return { tree, size, root: edgeRoot(parseEdge(size, edge)) }
  } catch {
    throw new EdgeMissing(tree)
  }
}

/**
 * That the tree goes on from a signed head, by a consistency proof from the log and the tiles: it holds for no other history,
 * wherever the hashes of the proof come from.
 * @throws Contradiction
 */
export const checkGoesOn = async (reader: Reader, signed: Signed, head: TreeHead): Promise<void> => {
  if (head.size < signed.size) throw new Contradiction('shrunk', signed, head.size)
  const proof = await readConsistencyProof(reader, signed.tree, signed.size, head.size).catch((problem) => {
    if (problem instanceof TreeIncomplete) return null
    throw problem
  })
  if (proof === null || !verifyConsistency(signed, head, proof))
    throw new Contradiction('different', signed, head.size)
}

/** An operator has said that the tree goes on although this was signed. */
export const isSetAside = async (reader: Reader, { tree, size, root }: Signed): Promise<boolean> => {
  const { rows } = await reader.query(
    'select 1 from audit_restores where tree = $1 and outside_size = $2 and outside_root = $3',
    [tree, size, Buffer.from(root)],
  )
  return rows.length > 0
}

/**
 * Holds every tree against what is kept outside the database. What was set aside by an operator loses its file.
 * @throws Contradiction for the first tree that does not go on from its signed head
 */
export const checkAgainstKept = async (db: Database, kept: KeptCheckpoints): Promise<void> => {
  for (const signed of kept.all()) {
    try {
      await checkGoesOn(db, signed, await readHead(db, signed.tree))
    } catch (problem) {
      if (!(problem instanceof Contradiction) || !(await isSetAside(db, signed))) throw problem
      await kept.setAside(signed.tree)
    }
  }
}

/** Puts it where every node sees it: nothing is sequenced or signed until an operator has said how to go on. */
export const raiseAlarm = async (db: Database, { why, signed, size }: Contradiction): Promise<void> => {
  await db.query(
    `insert into audit_alarms (tree, why, outside_size, outside_root, size, since) values ($1, $2, $3, $4, $5, now())
     on conflict do nothing`,
    [signed.tree, why, signed.size, Buffer.from(signed.root), size],
  )
}
