import { chainHash, leafHash, NO_HASH } from '@/lib/audit/chain'
import { checkpointText } from '@/lib/audit/checkpoint'
import { formatNote, signNote } from '@/lib/audit/signed-note'
import { EMPTY_EDGE, edgeBytes, edgeRoot, growEdge } from '@/lib/audit/tree/edge'
import { newId } from '@/lib/ids'
import { currentLogKey, originOf } from '@/server/audit/log-key'
import type { Tx } from '@/server/db/client'
import type { SealedBed } from '@/tests/support/record/sealed-bundle'

/** What somebody does who may do everything in the database, and has the host's key. */
export interface Tampering {
  what: string
  run(tx: Tx, bed: SealedBed): Promise<void>
}

const AT = 'where id = (select event_id from audit_log where tree = $1 and index = $2)'
/** Of the entries that are all alike but for who, when and number. */
const VICTIM = 20

/** Leaves and edge anew from the texts; what was signed since is forgotten, and the new head signed with the stolen key. */
const coverUp = async (tx: Tx, { tree, services }: SealedBed): Promise<void> => {
  const { rows } = await tx.query<{ index: number; canonical: string }>(
    `select l.index, i.canonical from audit_log l join audit_inbox i on i.id = l.event_id where l.tree = $1 order by l.index`,
    [tree],
  )
  const leaves = rows.map(({ canonical }) => leafHash(canonical))
  for (const [i, { index }] of rows.entries())
    await tx.query('update audit_log set leaf_hash = $3 where tree = $1 and index = $2', [
      tree,
      index,
      leaves[i],
    ])
  const { edge } = growEdge(EMPTY_EDGE, leaves)
  await tx.query('update audit_heads set size = $2, edge = $3 where tree = $1', [
    tree,
    edge.size,
    edgeBytes(edge),
  ])
  await tx.query('delete from audit_cosignatures where tree = $1', [tree])
  await tx.query('delete from audit_checkpoints where tree = $1', [tree])
  const key = await currentLogKey(services, tx)
  const root = Buffer.from(edgeRoot(edge))
  const text = checkpointText({ origin: originOf(key.name, tree), size: edge.size, root, extensions: [] })
  await tx.query('insert into audit_checkpoints (tree, size, root, note, at) values ($1, $2, $3, $4, $5)', [
    tree,
    edge.size,
    root,
    formatNote({ text, signatures: [signNote(text, key)] }),
    services.now(),
  ])
}

/** Makes room at an index, or closes the gap there. */
const shift = async (tx: Tx, tree: string, from: number, by: 1 | -1): Promise<void> => {
  const far = 1_000_000
  await tx.query('update audit_log set index = index + $3 where tree = $1 and index >= $2', [tree, from, far])
  await tx.query('update audit_log set index = index - $3 where tree = $1 and index >= $2', [
    tree,
    far,
    far - by,
  ])
}

const edit = async (tx: Tx, tree: string, index = VICTIM): Promise<void> => {
  const { rowCount } = await tx.query(
    `update audit_inbox set canonical = replace(canonical, '"allowed"', '"denied"'), outcome = 'denied' ${AT} and outcome = 'allowed'`,
    [tree, index],
  )
  if (rowCount !== 1) throw new Error('nothing was edited')
}

const remove = async (tx: Tx, tree: string): Promise<void> => {
  await tx.query(`delete from audit_inbox ${AT}`, [tree, VICTIM])
  await tx.query('delete from audit_log where tree = $1 and index = $2', [tree, VICTIM])
  await shift(tx, tree, VICTIM + 1, -1)
}

const insert = async (tx: Tx, tree: string): Promise<void> => {
  const id = newId()
  const canonical = JSON.stringify({
    actor: {},
    at: '2026-01-01T00:00:00.000Z',
    id,
    outcome: 'allowed',
    type: 'workspace.viewed',
    v: 1,
  })
  await tx.query(
    `insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome)
     values ($1, $2, 1, $3, $4, $5, '2026-01-01T00:00:00Z', 'workspace.viewed', 'allowed')`,
    [id, `node-${id}`, Buffer.from(NO_HASH), chainHash(NO_HASH, canonical), canonical],
  )
  await shift(tx, tree, VICTIM, 1)
  await tx.query('insert into audit_log (tree, index, event_id, leaf_hash) values ($1, $2, $3, $4)', [
    tree,
    VICTIM,
    id,
    leafHash(canonical),
  ])
}

const reorder = async (tx: Tx, tree: string): Promise<void> => {
  const far = 1_000_000
  for (const [from, to] of [
    [VICTIM, far],
    [VICTIM + 1, VICTIM],
    [far, VICTIM + 1],
  ])
    await tx.query('update audit_log set index = $3 where tree = $1 and index = $2', [tree, from, to])
}

const rollBack = async (tx: Tx, tree: string): Promise<void> => {
  await tx.query(
    `delete from audit_inbox where id in (select event_id from audit_log where tree = $1 and index > $2)`,
    [tree, VICTIM],
  )
  await tx.query('delete from audit_log where tree = $1 and index > $2', [tree, VICTIM])
}

/** Every one of them is covered up as well as can be: the host's tree is whole, and signed. */
export const TAMPERINGS: readonly Tampering[] = [
  {
    what: 'edit: an entry says “denied” where it said “allowed”',
    run: (tx: Tx, tree: string) => edit(tx, tree),
  },
  { what: 'delete: an entry is taken out, the rest moves up', run: remove },
  { what: 'insert: an entry is put in between', run: insert },
  { what: 'reorder: two entries change places', run: reorder },
  { what: 'roll back: the database is an old one', run: rollBack },
].map(({ what, run }) => ({
  what,
  async run(tx, bed) {
    await run(tx, bed.tree)
    await coverUp(tx, bed)
  },
}))

/** Two histories at a time: what one agency was shown last has another newest entry than what lies there now. */
export const FORK: Tampering = {
  what: 'fork: Weather was shown one newest entry, the others are shown another',
  async run(tx, bed) {
    const { rows } = await tx.query<{ last: number }>(
      'select max(index) as last from audit_log where tree = $1',
      [bed.tree],
    )
    await edit(tx, bed.tree, rows[0]?.last)
    await coverUp(tx, bed)
  },
}
