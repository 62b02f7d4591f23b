import { parseTilePath } from '@/lib/audit/tree/tile-path'
import { readTile, TreeIncomplete } from '@/server/audit/tree-reader'
import { readNewest } from '@/server/witness/host/offered'
import { type Asked, type Handle, NOT_FOUND, type Reply } from '@/server/witness/host/reply'
import { watchedTree } from '@/server/witness/host/trees'

const PATH = /^(instance|workspace\/[0-9a-f-]{36})\/(.+)$/

/**
 * A tree as c2sp.org/tlog-tiles has it: `log/<tree>/checkpoint`, and `log/<tree>/tile/…` with hashes, which say nothing about what
 * they are of. There are no entry bundles: what is in a record depends on who asks.
 */
export const answerLog: Handle = async (asked) => {
  const [, origin, path = ''] = PATH.exec(asked.rest) ?? []
  const tree = origin === undefined ? null : await watchedTree(asked, `${asked.log.name}/${origin}`)
  if (tree === null) return NOT_FOUND
  if (path !== 'checkpoint') return tileOf(asked, tree, path)
  const newest = await readNewest(asked.services.db, tree)
  return newest === null ? NOT_FOUND : { status: 200, body: newest.note }
}

const tileOf = async ({ services: { db } }: Asked, tree: string, path: string): Promise<Reply> => {
  const tile = parseTilePath(path)
  if (tile === null) return NOT_FOUND
  try {
    return { status: 200, body: await readTile(db, tree, tile), type: 'application/octet-stream' }
  } catch (problem) {
    if (problem instanceof TreeIncomplete) return NOT_FOUND
    throw problem
  }
}
