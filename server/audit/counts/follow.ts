import type { Reader, Tx } from '@/server/db/client'

export interface Stretch {
  tree: string
  /** [from, until) of the tree's indexes. */
  from: number
  until: number
}

/**
 * The next stretch of a tree that a follower has not had, with its place locked and moved on in this transaction: committed
 * together with what the follower makes of it, so that every index is had exactly once, however many nodes try and wherever one dies.
 * @param most how many events at once
 * @returns null when every workspace's tree has been followed to its end
 */
export const nextStretch = async (tx: Tx, name: string, most: number): Promise<Stretch | null> => {
  const { rows } = await tx.query<{ tree: string }>(
    `select h.tree from audit_heads h left join record_followers f on f.name = $1 and f.tree = h.tree
     where h.tree like 'workspace:%' and h.size > coalesce(f.next, 0) order by h.at limit 1`,
    [name],
  )
  const [behind] = rows
  if (behind === undefined) return null
  const { tree } = behind
  await tx.query(
    'insert into record_followers (name, tree, next) values ($1, $2, 0) on conflict do nothing',
    [name, tree],
  )
  // A statement of its own: what follows must see what a node committed that held the place before.
  const from = await lockedPlace(tx, name, tree)
  const until = Math.min(from + most, await sizeOf(tx, tree))
  await tx.query('update record_followers set next = $3 where name = $1 and tree = $2', [name, tree, until])
  return { tree, from, until }
}

const lockedPlace = async (tx: Tx, name: string, tree: string): Promise<number> => {
  const { rows } = await tx.query<{ next: number }>(
    'select next from record_followers where name = $1 and tree = $2 for update',
    [name, tree],
  )
  return rows[0]?.next ?? 0
}

const sizeOf = async (reader: Reader, tree: string): Promise<number> => {
  const { rows } = await reader.query<{ size: number }>('select size from audit_heads where tree = $1', [
    tree,
  ])
  return rows[0]?.size ?? 0
}
