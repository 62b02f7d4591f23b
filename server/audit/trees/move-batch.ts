import { edgeBytes, edgeRoot, growEdge, parseEdge } from '@/lib/audit/tree/edge'
import { Contradiction, EdgeMissing, type KeptCheckpoint } from '@/server/audit/trees/contradiction'
import { writeTiles } from '@/server/audit/trees/write-tiles'
import type { Tx } from '@/server/db/client'

/** What stands between two links of a writer's chain that should follow one another. */
export interface Gap {
  tree: string
  writer: string | null
  seq: number | null
  why: 'missing' | 'sequence' | 'previous' | 'hash'
  eventId: string
  /** The event is itself one that tells of a gap. Telling of that as well could go on for ever. */
  ofGap: boolean
}

/**
 * One statement takes the next events off the work list, in the order in which they were accepted, checks each against the chain
 * of its writer, and puts it into its tree with its leaf hash (RFC 6962: SHA-256 of 0x00 and the canonical text). An event with a
 * bad link enters all the same: from here on it cannot be changed any more. One that is gone cannot.
 * Of a chain that any snapshot sees it sees the whole beginning, because a writer's transactions follow one another; so a hole
 * is a hole, not something still under way. `lateral … limit 1`: one look-up an event, whatever the planner believes.
 */
const MOVE = `
with batch as materialized (
  select p.place, p.tree, p.event_id, i.type, i.writer, i.writer_seq, i.prev_hash, i.hash,
    sha256(i.prev_hash || convert_to(i.canonical, 'UTF8')) as own,
    sha256('\\x00'::bytea || convert_to(i.canonical, 'UTF8')) as leaf
  from (select place, tree, event_id from audit_pending order by place limit $1) p
  left join lateral (select * from audit_inbox where id = p.event_id limit 1) i on true
), linked as materialized (
  select b.*, coalesce(lag(b.writer_seq) over chain, w.seq, 0) as seq_before,
    coalesce(lag(b.hash) over chain, w.hash, '\\x${'00'.repeat(32)}'::bytea) as hash_before,
    case when b.writer is not null
      then row_number() over (partition by b.tree, b.writer is null order by b.place) - 1 end as n
  from batch b left join audit_writers w on w.writer = b.writer
  window chain as (partition by b.writer order by b.writer_seq)
), judged as materialized (
  select *, case when writer is null then 'missing' when writer_seq <> seq_before + 1 then 'sequence'
    when prev_hash <> hash_before then 'previous' when hash <> own then 'hash' end as fault from linked
), logged as (
  insert into audit_log (tree, index, event_id, leaf_hash)
  select j.tree, coalesce(h.size, 0) + j.n, j.event_id, j.leaf from judged j left join audit_heads h on h.tree = j.tree
  where j.writer is not null
), followed as (
  insert into audit_writers as w (writer, seq, hash)
  select distinct on (writer) writer, writer_seq, hash from judged where writer is not null order by writer, writer_seq desc
  on conflict (writer) do update set seq = excluded.seq, hash = excluded.hash where excluded.seq > w.seq
), gone as (
  delete from audit_pending where place = any(array(select place from batch))
)
select j.tree, h.size, h.edge, count(*) as taken, string_agg(j.leaf, ''::bytea order by j.place) as leaves,
  jsonb_agg(jsonb_build_object('tree', j.tree, 'writer', j.writer, 'seq', j.writer_seq, 'why', j.fault, 'eventId', j.event_id,
    'ofGap', coalesce(j.type = 'record.gap_found', false))
    order by j.place) filter (where j.fault is not null) as gaps
from judged j left join audit_heads h on h.tree = j.tree
group by j.tree, h.size, h.edge`

/** A head that is not as it was when the leaves were numbered is not touched: the caller finds fewer rows and gives up. */
const HEADS = `
insert into audit_heads as h (tree, size, at, edge)
select tree, size, now(), decode(edge, 'hex') from unnest($1::text[], $3::int8[], $4::text[]) as g (tree, size, edge)
on conflict (tree) do update set size = excluded.size, at = excluded.at, edge = excluded.edge
where h.size = ($2::int8[])[array_position($1::text[], h.tree)]`

interface MovedRow {
  tree: string
  size: number | null
  edge: Buffer | null
  taken: number
  leaves: Buffer | null
  gaps: Gap[] | null
}

/**
 * Moves up to `limit` accepted events into their trees: log, edge, full tiles, head. The caller holds the sequencers' lock in
 * this transaction.
 * @param kept the last signed head that is kept outside, by tree
 * @throws Contradiction when a tree is smaller than what was signed; EdgeMissing for a tree that has no edge yet
 */
export async function moveBatch(
  tx: Tx,
  limit: number,
  kept: (tree: string) => KeptCheckpoint | null,
): Promise<{ taken: number; gaps: Gap[] }> {
  const { rows } = await tx.query<MovedRow>(MOVE, [limit], 'move batch')
  if (rows.length === 0) return { taken: 0, gaps: [] }
  const grown = rows.map((row) => growTree(row, kept(row.tree)))
  const changed = grown.filter(({ before, after }) => after.size > before)
  const { rowCount } = await tx.query(
    HEADS,
    [
      changed.map(({ tree }) => tree),
      changed.map(({ before }) => before),
      changed.map(({ after }) => after.size),
      changed.map(({ after }) => edgeBytes(after).toString('hex')),
    ],
    'move heads',
  )
  if (rowCount !== changed.length) throw new Error('another sequencer has moved this tree meanwhile')
  for (const { tree, tiles } of grown) await writeTiles(tx, tree, tiles)
  return {
    taken: rows.reduce((sum, { taken }) => sum + taken, 0),
    gaps: rows.flatMap(({ gaps }) => gaps ?? []),
  }
}

const growTree = (row: MovedRow, kept: KeptCheckpoint | null) => {
  const before = row.size ?? 0
  const edge = edgeOf(row.tree, before, row.edge ?? Buffer.alloc(0))
  if (kept !== null && before < kept.size) throw new Contradiction('shrunk', kept, before)
  if (kept !== null && before === kept.size && !edgeRoot(edge).every((byte, i) => byte === kept.root[i]))
    throw new Contradiction('different', kept, before)
  const leaves = row.leaves ?? Buffer.alloc(0)
  const each = Array.from({ length: leaves.length / 32 }, (_, i) => leaves.subarray(i * 32, i * 32 + 32))
  const { edge: after, tiles } = growEdge(edge, each)
  return { tree: row.tree, before, after, tiles }
}

const edgeOf = (tree: string, size: number, bytes: Buffer) => {
  try {
    return parseEdge(size, bytes)
  } catch {
    throw new EdgeMissing(tree)
  }
}
