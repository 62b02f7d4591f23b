import type { Subtree } from '@/lib/audit/tree/edge'
import type { Tx } from '@/server/db/client'

const LEAF_TILES = `
insert into audit_tiles (tree, level, index, hashes, head)
select $1, 0, t.index, (select string_agg(leaf_hash, ''::bytea order by index) from audit_log
  where tree = $1 and index >= t.index * 256 and index < t.index * 256 + 256), decode(t.head, 'hex')
from unnest($2::int8[], $3::text[]) as t (index, head) on conflict do nothing`

const HEAD_TILES = `
insert into audit_tiles (tree, level, index, hashes, head)
select $1, $4::int, t.index, (select string_agg(head, ''::bytea order by index) from audit_tiles
  where tree = $1 and level = $4::int - 1 and index >= t.index * 256 and index < t.index * 256 + 256), decode(t.head, 'hex')
from unnest($2::int8[], $3::text[]) as t (index, head) on conflict do nothing`

/** Writes the full tiles whose heads are given; their hashes are in the log, or the heads of the tiles below. */
export async function writeTiles(tx: Tx, tree: string, heads: readonly Subtree[]): Promise<void> {
  for (let level = 0; ; level++) {
    const tiles = heads.filter((head) => head.level === 8 * (level + 1))
    if (tiles.length === 0) return
    const values = [tree, tiles.map((t) => t.index), tiles.map((t) => Buffer.from(t.hash).toString('hex'))]
    await tx.query(level === 0 ? LEAF_TILES : HEAD_TILES, level === 0 ? values : [...values, level])
  }
}
