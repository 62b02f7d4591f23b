import type { KeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import type { RecordFault } from '@/server/audit/verify/fault'
import { readVerifierKeys, signedHead, signedHeads } from '@/server/audit/verify/signed-heads'
import { readWriters, verifyWriterChains } from '@/server/audit/verify/verify-chains'
import { placeOf, verifyTree } from '@/server/audit/verify/verify-tree'
import type { Reader } from '@/server/db/client'

export interface RecordReport {
  trees: number
  /** Events of trees that were looked at. */
  events: number
  /** The first of each tree, and of each writer's chain. Empty: the record holds. */
  faults: RecordFault[]
}

/**
 * Verifies the record as it lies in this database: every leaf from its event's text, tiles, edges, every checkpoint with its
 * signature, what is kept outside, and the chains of all writers. In batches, with the same memory whatever the size; it takes minutes
 * for millions of events. It cannot find what a superuser with the log's key has written anew everywhere: witnesses can.
 * @param only one tree, without the chains, which go through all of them; null: everything
 */
export async function verifyRecord(
  reader: Reader,
  { only, kept }: { only: string | null; kept: Pick<KeptCheckpoints, 'get' | 'all'> },
): Promise<RecordReport> {
  const keys = await readVerifierKeys(reader)
  const known = await readKnownGaps(reader)
  const trees = only === null ? await readTrees(reader, kept) : [only]
  const report: RecordReport = { trees: trees.length, events: 0, faults: [] }
  for (const tree of trees) {
    const held = kept.get(tree)
    const outside = held === null ? null : signedHead(keys, held)
    const { events, fault } = await verifyTree(reader, tree, signedHeads(reader, tree, keys, outside), known)
    report.events += events
    if (fault) report.faults.push(fault)
  }
  if (only !== null) return report
  const chains = await verifyWriterChains(reader, (writer, seq) => known.has(placeOf(writer, seq)))
  for (const { writer, seq } of chains.faults) report.faults.push({ why: 'chain', writer, seq })
  report.faults.push(...(await readUnplaced(reader)))
  return report
}

/** Bad links that the sequencer has put on record when it met them. */
const readKnownGaps = async (reader: Reader): Promise<Set<string>> => {
  const { rows } = await reader.query<{ writer: string; seq: number }>(
    `select canonical::jsonb -> 'details' ->> 'writer' as writer, (canonical::jsonb -> 'details' ->> 'seq')::int8 as seq
     from audit_inbox where type = 'record.gap_found'
     union select gap ->> 'writer', (gap ->> 'seq')::int8 from audit_cold_links where gap is not null`,
  )
  return new Set(rows.map(({ writer, seq }) => placeOf(writer, seq)))
}

const readTrees = async (reader: Reader, kept: Pick<KeptCheckpoints, 'all'>): Promise<string[]> => {
  const { rows } = await reader.query<{ tree: string }>(
    `select tree from audit_heads union select tree from audit_tiles where level = 0 and index = 0`,
  )
  return [...new Set([...rows.map(({ tree }) => tree), ...kept.all().map(({ tree }) => tree)])].sort()
}

const BATCH = 5_000

/** Accepted events that are in no tree and on no list: nobody will ever sequence them. */
const readUnplaced = async (reader: Reader): Promise<RecordFault[]> => {
  const faults: RecordFault[] = []
  for (const writer of await readWriters(reader)) {
    for (let after: number | null = 0; after !== null; ) {
      const batch: { rows: { last: number | null; ids: string[] | null }[] } = await reader.query(
        `select max(i.writer_seq) as last, array_agg(i.id) filter (where l.event_id is null) as ids
         from (select id, writer_seq from audit_inbox where writer = $1 and writer_seq > $2 order by writer_seq limit ${BATCH}) i
         left join audit_log l on l.event_id = i.id`,
        [writer, after],
      )
      after = batch.rows[0]?.last ?? null
      // Looked at again at one moment: an event may have been moved between the two.
      const { rows } = await reader.query<{ id: string; writer_seq: number }>(
        `select i.id, i.writer_seq from unnest($1::uuid[]) as g (id) join audit_inbox i on i.id = g.id
         where not exists (select 1 from audit_log l where l.event_id = i.id)
           and not exists (select 1 from audit_pending p where p.event_id = i.id) order by i.writer_seq limit 1`,
        [batch.rows[0]?.ids ?? []],
      )
      const [first] = rows
      if (first === undefined) continue
      faults.push({ why: 'unplaced', writer, seq: first.writer_seq, eventId: first.id })
      break
    }
  }
  return faults
}
