import { CHAIN_START, type ChainFault, type ChainLink, type ChainState, verifyChain } from '@/lib/audit/chain'
import type { Reader } from '@/server/db/client'

export interface ChainReport {
  writers: number
  events: number
  /** The first bad event of each writer whose chain does not hold. */
  faults: { writer: string; seq: number; why: ChainFault['why'] }[]
}

const BATCH = 2_000

/**
 * Recomputes every writer's chain from the stored text, in batches; of events in cold or dropped months from their links, which
 * stay. Reads everything: for checks, not for a page.
 * @param isKnown a bad link that is on record already: it is passed over
 */
export async function verifyWriterChains(
  reader: Reader,
  isKnown: (writer: string, seq: number) => boolean = () => false,
): Promise<ChainReport> {
  const writers = await readAllWriters(reader)
  const report: ChainReport = { writers: writers.length, events: 0, faults: [] }
  for (const writer of writers) {
    const { events, fault } = await verifyWriter(reader, writer, isKnown)
    report.events += events
    if (fault) report.faults.push({ writer, seq: fault.seq, why: fault.why })
  }
  return report
}

/** From one to the next on the index: a plain DISTINCT would read every event. */
const WRITERS = `
with recursive w as (
  (select writer from audit_inbox order by writer limit 1)
  union all
  select (select i.writer from audit_inbox i where i.writer > w.writer order by i.writer limit 1) from w where w.writer is not null
)
select writer from w where writer is not null`

export const readWriters = async (reader: Reader): Promise<string[]> =>
  (await reader.query<{ writer: string }>(WRITERS)).rows.map(({ writer }) => writer)

/** Also those of which nothing is left here but links. */
const readAllWriters = async (reader: Reader): Promise<string[]> => {
  const { rows } = await reader.query<{ writer: string }>('select distinct writer from audit_cold_links')
  return [...new Set([...(await readWriters(reader)), ...rows.map(({ writer }) => writer)])].sort()
}

async function verifyWriter(
  reader: Reader,
  writer: string,
  isKnown: (writer: string, seq: number) => boolean,
): Promise<{ events: number; fault: ChainFault | null }> {
  let events = 0
  for (let state = CHAIN_START; ; ) {
    let links = await readLinks(reader, writer, state.seq)
    if (links.length === 0) return { events, fault: null }
    while (links.length > 0) {
      const checked = verifyChain(links, state)
      if (checked.fault === null) {
        events += links.length
        state = checked.state
        break
      }
      const { index, seq } = checked.fault
      events += index
      const bad = links[index]
      if (bad === undefined || !isKnown(writer, seq)) return { events, fault: checked.fault }
      events++
      state = { seq, hash: bad.hash } satisfies ChainState
      links = links.slice(index + 1)
    }
  }
}

const readLinks = async (reader: Reader, writer: string, after: number): Promise<ChainLink[]> => {
  const { rows } = await reader.query<{
    writer_seq: number
    prev_hash: Buffer
    hash: Buffer
    canonical: string | null
  }>(
    `(select writer_seq, prev_hash, hash, canonical from audit_inbox
       where writer = $1 and writer_seq > $2 order by writer_seq limit ${BATCH})
     union all
     (select c.writer_seq, c.prev_hash, c.hash, null from audit_cold_links c
       join audit_log l on l.event_id = c.event_id
       join audit_segments s on s.tree = l.tree and l.index between s.first_index and s.last_index
         and s.state in ('cold', 'dropped')
       where c.writer = $1 and c.writer_seq > $2 and not exists (select 1 from audit_inbox i where i.id = c.event_id)
       order by c.writer_seq limit ${BATCH})
     order by writer_seq limit ${BATCH}`,
    [writer, after],
  )
  return rows.map((r) => ({ seq: r.writer_seq, prevHash: r.prev_hash, hash: r.hash, canonical: r.canonical }))
}
