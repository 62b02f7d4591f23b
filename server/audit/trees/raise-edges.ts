import { EMPTY_EDGE, edgeBytes, growEdge } from '@/lib/audit/tree/edge'
import { streamLeaves } from '@/server/audit/tree-reader'
import { lockSequencing } from '@/server/audit/trees/lock'
import { writeTiles } from '@/server/audit/trees/write-tiles'
import type { Database } from '@/server/db/client'

/**
 * Computes edge and tiles of trees that have none: of databases older than edges. One transaction a tree, read in
 * batches; nobody sequences meanwhile. Whether the tree is the one that was signed is checked before anything is signed.
 */
export async function raiseEdges(db: Database): Promise<void> {
  const { rows } = await db.query<{ tree: string }>(
    'select tree from audit_heads where size > 0 and octet_length(edge) = 0 order by tree',
  )
  for (const { tree } of rows) await raiseEdge(db, tree)
}

/** Does nothing while another node is sequencing: it has found the same and does it. */
export async function raiseEdge(db: Database, tree: string): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await lockSequencing(tx)).mine) return
    const { rows } = await tx.query<{ size: number }>('select size from audit_heads where tree = $1', [tree])
    const size = rows[0]?.size ?? 0
    let edge = EMPTY_EDGE
    for await (const leaves of streamLeaves(tx, tree, 0, size)) {
      const grown = growEdge(edge, leaves)
      edge = grown.edge
      await writeTiles(tx, tree, grown.tiles)
    }
    await tx.query('update audit_heads set edge = $2 where tree = $1 and size = $3', [
      tree,
      edgeBytes(edge),
      size,
    ])
  })
}
