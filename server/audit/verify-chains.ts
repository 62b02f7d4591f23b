import { CHAIN_START, type ChainFault, verifyChain } from '@/lib/audit/chain'
import type { Reader } from '@/server/db/client'

export interface ChainReport {
  writers: number
  events: number
  /** The first bad event of each writer whose chain does not hold. */
  faults: { writer: string; seq: number; why: ChainFault['why'] }[]
}

const BATCH = 2_000

/** Recomputes every writer's chain from the stored text. Reads everything: for checks, not for a page. */
export async function verifyWriterChains(reader: Reader): Promise<ChainReport> {
  const writers = await reader.query<{ writer: string }>(
    'select distinct writer from audit_inbox order by writer',
  )
  const report: ChainReport = { writers: writers.rows.length, events: 0, faults: [] }
  for (const { writer } of writers.rows) {
    const fault = await verifyWriter(reader, writer, (events) => {
      report.events += events
    })
    if (fault) report.faults.push({ writer, seq: fault.seq, why: fault.why })
  }
  return report
}

async function verifyWriter(reader: Reader, writer: string, counted: (events: number) => void) {
  for (let state = CHAIN_START; ; ) {
    const { rows } = await reader.query<{
      writer_seq: number
      prev_hash: Buffer
      hash: Buffer
      canonical: string
    }>(
      `select writer_seq, prev_hash, hash, canonical from audit_inbox
       where writer = $1 and writer_seq > $2 order by writer_seq limit ${BATCH}`,
      [writer, state.seq],
    )
    if (rows.length === 0) return null
    const checked = verifyChain(
      rows.map((r) => ({ seq: r.writer_seq, prevHash: r.prev_hash, hash: r.hash, canonical: r.canonical })),
      state,
    )
    if (checked.fault) {
      counted(checked.fault.index)
      return checked.fault
    }
    counted(rows.length)
    state = checked.state
  }
}
