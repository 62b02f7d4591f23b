import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chainHash } from '@/lib/audit/chain'
import { inclusionProof, rootHash, subtreesOf } from '@/lib/audit/merkle'
import { edgeRoot, parseEdge } from '@/lib/audit/tree/edge'
import { verifyConsistency, verifyInclusion } from '@/lib/audit/verify-proof'
import { newId } from '@/lib/ids'
import {
  readConsistencyProof,
  readInclusionProof,
  readRoot,
  readTile,
  streamLeaves,
  TreeIncomplete,
} from '@/server/audit/tree-reader'
import { raiseEdges } from '@/server/audit/trees/raise-edges'
import { openRecordBed, type RecordBed } from '@/tests/support/record/record-bed'

let bed: RecordBed
beforeEach(async () => {
  bed = await openRecordBed()
})
afterEach(() => bed.close())

const leavesOf = async (tree: string): Promise<Buffer[]> => {
  const text = 'select leaf_hash from audit_log where tree = $1 order by index'
  return (await bed.rows<{ leaf_hash: Buffer }>(text, [tree])).map((row) => row.leaf_hash)
}
const headOf = async (tree: string) => {
  const [head] = await bed.rows('select size, edge from audit_heads where tree = $1', [tree])
  return edgeRoot(parseEdge(head?.size ?? 0, head?.edge ?? Buffer.alloc(0)))
}
const gaps = () =>
  bed.rows(
    `select i.canonical::jsonb -> 'details' as details, i.workspace_id from audit_inbox i where type = 'record.gap_found' order by id`,
  )

describe('a tree', () => {
  test('its head, tiles and proofs are those of its leaves, whatever the batches', async () => {
    const workspace = newId()
    const tree = `workspace:${workspace}`
    for (const times of [1, 6, 249, 1, 300, 243]) {
      await bed.accept(workspace, times)
      await bed.sequence()
    }
    const leaves = await leavesOf(tree)
    const subtree = subtreesOf(leaves)
    expect(leaves).toHaveLength(800)
    expect(await headOf(tree)).toEqual(rootHash(800, subtree))
    expect(await bed.rows('select level, index, head from audit_tiles order by index')).toEqual(
      [0, 1, 2].map((index) => ({ level: 0, index, head: subtree(8, index) })),
    )
    for (const width of [256, 7])
      expect(await readTile(bed.db, tree, { level: 0, index: 1, width })).toEqual(
        Buffer.concat(leaves.slice(256, 256 + width)),
      )
    expect(await readTile(bed.db, tree, { level: 1, index: 0, width: 3 })).toEqual(
      Buffer.concat([0, 1, 2].map((index) => subtree(8, index))),
    )
    for (const size of [1, 255, 256, 257, 800])
      expect(await readRoot(bed.db, tree, size)).toEqual(rootHash(size, subtree))
    for (const [index, size] of [
      [0, 1],
      [3, 800],
      [511, 600],
      [799, 800],
    ] as const) {
      const proof = await readInclusionProof(bed.db, tree, index, size)
      expect(proof).toEqual(inclusionProof(index, size, subtree))
      const claim = { leaf: leaves[index] as Buffer, index, size, root: rootHash(size, subtree) }
      expect(verifyInclusion(claim, proof)).toBe(true)
    }
    for (const from of [1, 256, 300, 799]) {
      const proof = await readConsistencyProof(bed.db, tree, from, 800)
      const at = (size: number) => ({ size, root: rootHash(size, subtree) })
      expect(verifyConsistency(at(from), at(800), proof)).toBe(true)
    }
    await expect(readRoot(bed.db, tree, 801)).rejects.toBeInstanceOf(TreeIncomplete)
    await expect(streamLeaves(bed.db, tree, 0, 801).next()).rejects.toBeInstanceOf(TreeIncomplete)
  })

  test('of an older database it gets its edge and tiles at the start, and goes on', async () => {
    await bed.accept(null, 600)
    await bed.sequence()
    const [before] = await bed.rows('select size, edge from audit_heads')
    const tiles = await bed.rows('select * from audit_tiles order by level, index')
    await bed.asSuperuser(async (tx) => {
      await tx.query(`update audit_heads set edge = ''`)
      await tx.query('delete from audit_tiles')
    })
    await raiseEdges(bed.db)
    expect(await bed.rows('select size, edge from audit_heads')).toEqual([before])
    expect(await bed.rows('select * from audit_tiles order by level, index')).toEqual(tiles)
    await bed.accept(null)
    await bed.sequence()
    expect(await headOf('instance')).toEqual(rootHash(601, subtreesOf(await leavesOf('instance'))))
  })

  test('a batch that fails leaves nothing of itself: no leaf, no tile, no state of a writer, no event taken off', async () => {
    await bed.accept(null, 300)
    await bed.db.query(`insert into audit_heads (tree, size, at, edge) values ('instance', 0, now(), '')`)
    await bed.db.query(
      `create function no() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$`,
    )
    await bed.db.query('create trigger no before insert on audit_tiles for each row execute function no()')
    await expect(bed.sequence()).rejects.toThrow('no room')
    expect(await bed.rows('select size from audit_heads')).toEqual([{ size: 0 }])
    for (const table of ['audit_log', 'audit_writers', 'audit_tiles'])
      expect(await bed.rows(`select 1 from ${table}`)).toEqual([])
    await bed.db.query('drop trigger no on audit_tiles')
    expect(await bed.sequence()).toBe(300)
  })
})

describe('a writer’s chain', () => {
  const bySeq = 'where writer_seq = $1'
  test.each([
    ['is gone', 'missing', `delete from audit_inbox ${bySeq}`],
    ['has another text', 'hash', `update audit_inbox set canonical = '{}' ${bySeq}`],
    ['has another hash', 'hash', `update audit_inbox set hash = sha256('x') ${bySeq}`],
    ['follows another event', 'previous', `update audit_inbox set prev_hash = sha256('x') ${bySeq}`],
  ])(
    'an accepted event that %s is on record once, with its place; the good ones enter',
    async (_, why, change) => {
      const workspace = newId()
      await bed.accept(workspace, 5)
      const [third] = await bed.rows('select id, writer from audit_inbox where writer_seq = 3')
      await bed.asSuperuser((tx) => tx.query(change, [3]))
      await bed.sequence()
      await bed.accept(workspace)
      await bed.sequence()
      const found = await gaps()
      const first = found[0]?.details as unknown as Record<string, unknown>
      expect(first).toEqual({
        why,
        eventId: third?.id,
        writer: why === 'missing' ? null : third?.writer,
        seq: why === 'missing' ? null : 3,
      })
      expect(found.map((gap) => gap.workspace_id)).toEqual(found.map(() => workspace))
      // Of a missing event also the hole before the next one; of another hash or text, that the next one does not follow it.
      expect(found.length).toBeLessThanOrEqual(2)
      const kept = why === 'missing' ? 4 : 5
      expect(await leavesOf(`workspace:${workspace}`)).toHaveLength(kept + 1 + found.length)
      await bed.accept(workspace)
      await bed.sequence()
      expect(await gaps()).toHaveLength(found.length)
    },
  )

  test('an event that a superuser puts in is named, once, and the true ones go on', async () => {
    await bed.accept(null, 2)
    await bed.sequence()
    const [last] = await bed.rows('select writer, hash from audit_inbox where writer_seq = 2')
    const canonical = '{"forged":true}'
    const id = newId()
    await bed.db.query(
      `insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome)
       values ($1, $2, 4, $3, $4, $5, now(), 'record.viewed', 'allowed')`,
      [id, last?.writer, last?.hash, chainHash(last?.hash as unknown as Buffer, canonical), canonical],
    )
    await bed.db.query(`insert into audit_pending (event_id, tree) values ($1, 'instance')`, [id])
    await bed.sequence()
    expect((await gaps()).map((gap) => gap.details)).toEqual([
      { writer: last?.writer, seq: 4, why: 'sequence', eventId: id },
    ])
    // The writer's next link is taken: that action fails, and the writer asks the table where its chain stands.
    await expect(bed.accept(null)).rejects.toMatchObject({ code: '23505' })
    await bed.accept(null)
    await bed.sequence()
    expect(await gaps()).toHaveLength(1)
    expect(await leavesOf('instance')).toHaveLength(5)
  })
})
