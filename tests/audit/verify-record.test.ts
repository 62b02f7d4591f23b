import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chainHash, leafHash } from '@/lib/audit/chain'
import { checkpointText } from '@/lib/audit/checkpoint'
import { formatNote, signerKey, signNote } from '@/lib/audit/signed-note'
import { EMPTY_EDGE, edgeBytes, edgeRoot, growEdge } from '@/lib/audit/tree/edge'
import { newId } from '@/lib/ids'
import { readLogKey } from '@/server/audit/log-key'
import { openKeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { askVerification, verifyNext } from '@/server/audit/verify/verifications'
import { verifyRecord } from '@/server/audit/verify-record'
import type { Tx } from '@/server/db/client'
import { openRecordBed, type RecordBed } from '@/tests/support/record/record-bed'

/**
 * What THREATS says of the record, by somebody who may do everything in the database. The tree has a full tile, signed heads
 * at 200, 300 and 310, and 310 events of two writers' chains at least.
 */
const workspaceId = newId()
const tree = `workspace:${workspaceId}`
let bed: RecordBed

beforeEach(async () => {
  bed = await openRecordBed()
  for (const times of [200, 100, 10]) {
    await bed.accept(workspaceId, times)
    await bed.sequence()
    await bed.sign()
  }
  await bed.sequence()
})
afterEach(() => bed.close())

const verify = () => verifyRecord(bed.db, { only: null, kept: bed.kept })
const faults = async () => (await verify()).faults
const change = (text: string, values: unknown[] = []) => bed.asSuperuser((tx) => tx.query(text, values))
const AT = 'where tree = $1 and index = $2'
const EVENT_AT = `where id = (select event_id from audit_log ${AT})`

/** Swaps two rows of the log: by way of an index that is free. */
const swap = (a: number, b: number) =>
  bed.asSuperuser(async (tx) => {
    for (const [from, to] of [
      [a, -1],
      [b, a],
      [-1, b],
    ])
      await tx.query('update audit_log set index = $3 where tree = $1 and index = $2', [tree, from, to])
  })

/** Writes edge and tiles anew, so that they agree with the log again. */
const recompute = async (tx: Tx) => {
  const { rows } = await tx.query<{ leaf_hash: Buffer }>(
    'select leaf_hash from audit_log where tree = $1 order by index',
    [tree],
  )
  const { edge, tiles } = growEdge(
    EMPTY_EDGE,
    rows.map((row) => row.leaf_hash),
  )
  await tx.query('update audit_heads set size = $2, edge = $3 where tree = $1', [
    tree,
    edge.size,
    edgeBytes(edge),
  ])
  await tx.query('delete from audit_tiles where tree = $1', [tree])
  for (const { index, hash } of tiles)
    await tx.query(
      `insert into audit_tiles (tree, level, index, hashes, head)
       select $1, 0, $2::int8, string_agg(leaf_hash, ''::bytea order by index), $3 from audit_log
       where tree = $1 and index >= $2::int8 * 256 and index < $2::int8 * 256 + 256`,
      [tree, index, Buffer.from(hash)],
    )
  return edgeRoot(edge)
}

describe('the record of a superuser', () => {
  test('who has done nothing holds, in every tree', async () => {
    expect(await verify()).toEqual({ trees: 2, events: 311, faults: [] })
  })

  test.each([
    [5, 'in a full tile'],
    [305, 'in the newest events'],
  ])('an event whose text is changed is named: %i, %s', async (index) => {
    await change(`update audit_inbox set canonical = replace(canonical, 'allowed', 'denied ') ${EVENT_AT}`, [
      tree,
      index,
    ])
    expect(await faults()).toMatchObject([{ why: 'changed', tree, index }, { why: 'chain' }])
  })

  const IDS = ['actor_person_id', 'originator_org_id', 'owner_org_id'].map((id) => `${id} = '${newId()}'`)
  const WORDS = [`type = 'section.opened'`, `at = at - interval '1 day'`, `outcome = 'denied'`]
  test.each([...WORDS, ...IDS, 'is_policy = not is_policy'])(
    'an entry that is hidden from who looks for it is named: %s',
    async (set) => {
      await change(`update audit_inbox set ${set} ${EVENT_AT}`, [tree, 9])
      expect(await faults()).toEqual([expect.objectContaining({ why: 'changed', tree, index: 9 })])
    },
  )

  test('an event whose text, link and leaf are all changed is named by its tile, and by the link after it', async () => {
    await bed.asSuperuser(async (tx) => {
      const { rows } = await tx.query<{ id: string; prev_hash: Buffer }>(
        `select id, prev_hash from audit_inbox ${EVENT_AT}`,
        [tree, 7],
      )
      const { id, prev_hash: prev } = rows[0] as { id: string; prev_hash: Buffer }
      await tx.query('update audit_inbox set canonical = $2, hash = $3 where id = $1', [
        id,
        '{}',
        chainHash(prev, '{}'),
      ])
      await tx.query(`update audit_log set leaf_hash = $3 ${AT}`, [tree, 7, leafHash('{}')])
    })
    expect(await faults()).toMatchObject([{ why: 'changed', tree, index: 7 }, { why: 'chain' }])
  })

  test('a changed event behind the last full tile is named by the signed head that it breaks', async () => {
    await change(`update audit_inbox set canonical = replace(canonical, '"v":1', '"v":2') ${EVENT_AT}`, [
      tree,
      304,
    ])
    await change(
      `update audit_log l set leaf_hash = sha256('\\x00'::bytea || convert_to(i.canonical, 'UTF8'))
       from audit_inbox i where i.id = l.event_id and l.tree = $1 and l.index = $2`,
      [tree, 304],
    )
    expect((await faults())[0]).toEqual({ why: 'unsigned', tree, index: 300, until: 310 })
  })

  test.each([5, 305])('an event that is deleted is named: %i', async (index) => {
    await change(`delete from audit_inbox ${EVENT_AT}`, [tree, index])
    expect(await faults()).toMatchObject([{ why: 'gone', tree, index }, { why: 'chain' }])
  })

  test.each([5, 305])(
    'a row of the log that is deleted is named, and its event with it: %i',
    async (index) => {
      const [row] = await bed.rows(`select event_id from audit_log ${AT}`, [tree, index])
      await change(`delete from audit_log ${AT}`, [tree, index])
      expect(await faults()).toMatchObject([
        { why: 'lacking', tree, index },
        { why: 'unplaced', eventId: row?.event_id },
      ])
    },
  )

  test('rows that change places are named', async () => {
    await swap(5, 9)
    expect((await faults())[0]).toMatchObject({ why: 'changed', tree, index: 5 })
    await swap(5, 9)
    await swap(302, 306)
    expect((await faults())[0]).toMatchObject({ why: 'reordered', tree, index: 303 })
  })

  test('an event that is put in between is named where the order breaks', async () => {
    const id = newId()
    await bed.asSuperuser(async (tx) => {
      await tx.query('update audit_log set index = -index - 2 where tree = $1 and index >= 100', [tree])
      await tx.query('update audit_log set index = -index - 1 where tree = $1 and index < 0', [tree])
      await tx.query(
        `insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome)
         values ($1, 'forger', 1, $2, $3, '{}', now(), 'workspace.viewed', 'allowed')`,
        [id, Buffer.alloc(32), chainHash(Buffer.alloc(32), '{}')],
      )
      await tx.query('insert into audit_log (tree, index, event_id, leaf_hash) values ($1, 100, $2, $3)', [
        tree,
        id,
        leafHash('{}'),
      ])
      await recompute(tx)
    })
    expect((await faults())[0]).toEqual({ why: 'unsigned', tree, index: 0, until: 200 })
  })

  test('an event that is put into the inbox alone is named: nobody will ever sequence it', async () => {
    const id = newId()
    await bed.db.query(
      `insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome)
       values ($1, 'forger', 1, $2, $3, '{}', now(), 'workspace.viewed', 'allowed')`,
      [id, Buffer.alloc(32), chainHash(Buffer.alloc(32), '{}')],
    )
    expect(await faults()).toEqual([{ why: 'unplaced', writer: 'forger', seq: 1, eventId: id }])
  })

  test('a database that is restored from yesterday is named by what is kept outside', async () => {
    await bed.asSuperuser(async (tx) => {
      await tx.query('delete from audit_checkpoints where size > 200')
      await tx.query('delete from audit_log where tree = $1 and index >= 200', [tree])
      await recompute(tx)
    })
    expect((await faults())[0]).toEqual({ why: 'shrunk', tree, index: 200, until: 310 })
  })

  test('two histories: what was signed anew with the stolen key is named by what is kept outside', async () => {
    const key = readLogKey(bed.services.env.logKeyFile)
    if (key === null) throw new Error('no key')
    await bed.asSuperuser(async (tx) => {
      await tx.query(`update audit_log set leaf_hash = sha256('\\x007b7d') ${AT}`, [tree, 304])
      await tx.query(`update audit_inbox set canonical = '{}' ${EVENT_AT}`, [tree, 304])
      const root = await recompute(tx)
      const text = checkpointText({
        origin: `localhost:3000/${tree.replace(':', '/')}`,
        size: 310,
        root,
        extensions: [],
      })
      const note = formatNote({ text, signatures: [signNote(text, key)] })
      await tx.query('update audit_checkpoints set root = $2, note = $3 where tree = $1 and size = 310', [
        tree,
        Buffer.from(root),
        note,
      ])
    })
    expect((await faults())[0]).toEqual({ why: 'unsigned', tree, index: 300, until: 310 })
    // Without what is kept outside only what is repeated of its text and the writer's chain tell, and nobody if both were written anew.
    const blind = await openKeptCheckpoints('/nonexistent')
    const report = await verifyRecord(bed.db, { only: null, kept: blind })
    expect(report.faults).toMatchObject([{ why: 'changed', index: 304 }, { why: 'chain' }])
  })

  test('a head that is signed with another key is named', async () => {
    const [row] = await bed.rows<{ note: string }>(
      'select note from audit_checkpoints where tree = $1 and size = 300',
      [tree],
    )
    const text = row?.note.slice(0, row.note.indexOf('\n\n') + 1) ?? ''
    const other = signerKey('localhost:3000', new Uint8Array(32).fill(7), 'ed25519')
    await change('update audit_checkpoints set note = $2 where tree = $1 and size = 300', [
      tree,
      formatNote({ text, signatures: [signNote(text, other)] }),
    ])
    expect((await faults())[0]).toEqual({ why: 'signature', tree, index: 200, until: 300 })
  })

  test.each([
    [
      'a tile',
      `update audit_tiles set hashes = set_byte(hashes, 32 * 9, 0) where tree = $1`,
      { why: 'changed', index: 9 },
    ],
    [
      'the head of a tile',
      `update audit_tiles set head = sha256('x') where tree = $1`,
      { why: 'changed', index: 0, until: 256 },
    ],
    [
      'the edge',
      `update audit_heads set edge = set_byte(edge, 0, 0) where tree = $1`,
      { why: 'head', index: 310 },
    ],
    [
      'a row behind the end',
      `insert into audit_log (tree, index, event_id, leaf_hash) select $1, 400, gen_random_uuid(), sha256('x')`,
      { why: 'head', index: 310 },
    ],
  ])('%s that is changed is named', async (_, text, fault) => {
    await change(text, [tree])
    expect(await faults()).toMatchObject([{ tree, ...fault }])
  })

  test('a gap that the sequencer has put on record is known, and passed over; everything after it is looked at', async () => {
    await bed.accept(workspaceId, 3)
    await change(
      `update audit_inbox set prev_hash = sha256('x') where writer_seq = (select max(writer_seq) - 1 from audit_inbox)`,
    )
    await bed.sequence()
    expect(await faults()).toEqual([])
    await change(
      `update audit_inbox set hash = sha256('x') where writer_seq = (select max(writer_seq) from audit_inbox)`,
    )
    expect(await faults()).toMatchObject([{ why: 'chain' }])
  })
})

test('an auditor’s question, and everything once a day: what was found stands in its row and on record', async () => {
  await change(`update audit_inbox set canonical = '{}' ${EVENT_AT}`, [tree, 5])
  const askedBy = newId()
  const ask = () => bed.db.transaction((tx) => askVerification(tx, { tree, askedBy, at: new Date() }))
  const id = await ask()
  expect(await ask()).toBe(id)
  for (let i = 0; i < 2; i++) expect(await verifyNext(bed.services, bed.kept)).toBe(true)
  expect(await verifyNext(bed.services, bed.kept)).toBe(false)
  const done = await bed.rows(
    'select tree, asked_by, events, faults from audit_verifications where ended_at is not null order by ended_at',
  )
  expect(done).toMatchObject([
    { tree, asked_by: askedBy, faults: [{ why: 'changed', index: 5 }] },
    { tree: null, faults: [{ why: 'changed', tree, index: 5 }, { why: 'chain' }] },
  ])
  expect(
    await bed.rows(
      `select outcome, workspace_id from audit_inbox where type = 'record.verified' order by writer_seq`,
    ),
  ).toEqual([
    { outcome: 'failed', workspace_id: workspaceId },
    { outcome: 'failed', workspace_id: null },
  ])
})
