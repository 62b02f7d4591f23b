import { consistencyProof, inclusionProof, nodeHash, rootHash, type SubtreeHash } from '@/lib/audit/merkle'
import { TILE_HEIGHT } from '@/lib/audit/tree/edge'
import { TILE_WIDTH, type Tile } from '@/lib/audit/tree/tile-path'
import type { Reader } from '@/server/db/client'

/** Leaves that are read at a time. */
const BATCH = 4096

/** A tree in the database has not the leaves, or not the tiles, that were asked for. */
export class TreeIncomplete extends Error {
  override readonly name = 'TreeIncomplete'
}

/**
 * The head of the first `size` events of a tree. One query, whatever the size.
 * @throws TreeIncomplete when there are not so many
 */
export const readRoot = (reader: Reader, tree: string, size: number): Promise<Uint8Array> =>
  ask(reader, tree, (subtree) => rootHash(size, subtree))

/** RFC 6962 section 2.1.1. @throws TreeIncomplete; RangeError for an index that is not below `size` */
export const readInclusionProof = (
  reader: Reader,
  tree: string,
  index: number,
  size: number,
): Promise<Uint8Array[]> => ask(reader, tree, (subtree) => inclusionProof(index, size, subtree))

/** RFC 6962 section 2.1.2. @throws TreeIncomplete; RangeError for `from` above `to` */
export const readConsistencyProof = (
  reader: Reader,
  tree: string,
  from: number,
  to: number,
): Promise<Uint8Array[]> => ask(reader, tree, (subtree) => consistencyProof(from, to, subtree))

/**
 * The hashes of one tile, one after the other; the tree must have been that large at some time.
 * @throws TreeIncomplete when there are not so many
 */
export async function readTile(reader: Reader, tree: string, { level, index, width }: Tile): Promise<Buffer> {
  const hashes = await readHashes(reader, tree, [
    { level, from: index * TILE_WIDTH, until: index * TILE_WIDTH + width },
  ])
  return Buffer.concat(
    Array.from({ length: width }, (_, i) => hashOf(hashes, tree, level, index * TILE_WIDTH + i)),
  )
}

/** Leaf hashes from index `from` up to `until`, in arrays of at most 4096. @throws TreeIncomplete at the first that is lacking */
export async function* streamLeaves(
  reader: Reader,
  tree: string,
  from: number,
  until: number,
): AsyncGenerator<Buffer[]> {
  for (let at = from; at < until; at += BATCH) {
    const most = Math.min(BATCH, until - at)
    const { rows } = await reader.query<{ index: number; leaf_hash: Buffer }>(
      'select index, leaf_hash from audit_log where tree = $1 and index >= $2 and index < $3 order by index',
      [tree, at, at + most],
      'stream leaves',
    )
    const lacking = rows.findIndex(({ index }, i) => index !== at + i)
    if (lacking >= 0 || rows.length < most)
      throw new TreeIncomplete(`${tree} lacks event ${at + (lacking >= 0 ? lacking : rows.length)}`)
    yield rows.map((row) => row.leaf_hash)
  }
}

/** Hashes of one level of tiles: level 0 leaves, level n heads of 256^n leaves. */
interface Run {
  level: number
  from: number
  until: number
}

/**
 * Runs a computation on a tree twice: once to learn which subtrees it asks for, once with their hashes. A subtree is computed
 * from at most 128 hashes of the level of tiles below it.
 */
async function ask<T>(reader: Reader, tree: string, compute: (subtree: SubtreeHash) => T): Promise<T> {
  const runs: Run[] = []
  const nothing = new Uint8Array(32)
  compute((level, index) => {
    runs.push(runOf(level, index))
    return nothing
  })
  const hashes = await readHashes(reader, tree, runs)
  return compute((level, index) => {
    const run = runOf(level, index)
    const count = run.until - run.from
    const below = Array.from({ length: count }, (_, i) => hashOf(hashes, tree, run.level, run.from + i))
    return foldOf(below, level % TILE_HEIGHT, 0)
  })
}

const runOf = (level: number, index: number): Run => {
  const width = 2 ** (level % TILE_HEIGHT)
  return { level: Math.floor(level / TILE_HEIGHT), from: index * width, until: (index + 1) * width }
}

const foldOf = (hashes: readonly Uint8Array[], depth: number, at: number): Uint8Array =>
  depth === 0
    ? (hashes[at] as Uint8Array)
    : nodeHash(foldOf(hashes, depth - 1, 2 * at), foldOf(hashes, depth - 1, 2 * at + 1))

const RUNS = 'from unnest($2::int4[], $3::int8[], $4::int8[]) as r (level, first, last)'

const READ = `
select r.level, l.index, l.leaf_hash as hash ${RUNS}
  join audit_log l on l.tree = $1 and l.index >= r.first and l.index < r.last where r.level = 0
union all
select r.level, t.index, t.head ${RUNS}
  join audit_tiles t on t.tree = $1 and t.level = r.level - 1 and t.index >= r.first and t.index < r.last where r.level > 0`

async function readHashes(reader: Reader, tree: string, runs: readonly Run[]): Promise<Map<string, Buffer>> {
  if (runs.length === 0) return new Map()
  const { rows } = await reader.query<{ level: number; index: number; hash: Buffer }>(READ, [
    tree,
    runs.map((r) => r.level),
    runs.map((r) => r.from),
    runs.map((r) => r.until),
  ])
  return new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]))
}

const hashOf = (hashes: Map<string, Buffer>, tree: string, level: number, index: number): Buffer => {
  const hash = hashes.get(`${level}/${index}`)
  if (hash !== undefined) return hash
  throw new TreeIncomplete(
    level === 0 ? `${tree} lacks event ${index}` : `${tree} lacks a tile: ${level}/${index}`,
  )
}
