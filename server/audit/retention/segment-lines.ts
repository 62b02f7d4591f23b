import { bundleLine, LEAVES_A_LINE } from '@/lib/audit/bundle'
import { eventLines } from '@/server/audit/bundle/event-lines'
import { headLines } from '@/server/audit/bundle/head-lines'
import type { SegmentRow } from '@/server/audit/retention/segment-rows'
import { streamLeaves } from '@/server/audit/tree-reader'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'

const EVENTS_AT_ONCE = 500

/**
 * A bundle of one month for a verifier: signed heads and all leaves up to the checkpoint that covers it, its events, no personal
 * value. Whatever becomes of the rest, the file proves what it holds.
 */
export async function* bundleOfSegment(
  services: Services,
  tx: Tx,
  segment: SegmentRow,
  made: Date,
): AsyncGenerator<string> {
  const { tree, checkpoint_size: size, first_index: first, last_index: last } = segment
  const host = new URL(services.env.publicUrl).host
  const scope = { kind: 'whole' } as const
  for (const line of await headLines(tx, { tree, scope, host, size, made: made.toISOString() }))
    yield bundleLine(line)
  let at = 0
  for await (const hashes of streamLeaves(tx, tree, 0, size)) {
    for (let i = 0; i < hashes.length; i += LEAVES_A_LINE) {
      const some = hashes.slice(i, i + LEAVES_A_LINE)
      yield bundleLine({ kind: 'leaves', tree, from: at, hashes: Buffer.concat(some).toString('base64') })
      at += some.length
    }
  }
  for (let from = first; from <= last; from += EVENTS_AT_ONCE) {
    const to = Math.min(last + 1, from + EVENTS_AT_ONCE)
    for (const line of await eventLines(tx, services.personKeys, { tree, scope }, from, to))
      yield bundleLine(line.kind === 'event' ? { ...line, clear: [] } : line)
  }
  yield bundleLine({ kind: 'end', events: last - first + 1, leaves: size })
}

/** Of `values` lines: a row of the inbox and the sealed values beside it, as the database writes them in JSON. */
export interface ValuesLine {
  event: { id: string; canonical: string }
  values: unknown[]
}

const VALUES = `
select jsonb_build_object('event', to_jsonb(i) - 'scope_id', 'values', coalesce(
  (select jsonb_agg(to_jsonb(c)) from audit_clear_values c where c.event_id = i.id), '[]'))::text as line
from audit_log l join audit_inbox i on i.id = l.event_id
where l.tree = $1 and l.index >= $2 and l.index < $3 order by l.index`

export async function* valuesOfSegment(tx: Tx, segment: SegmentRow): AsyncGenerator<string> {
  const { tree, first_index: first, last_index: last } = segment
  for (let from = first; from <= last; from += EVENTS_AT_ONCE) {
    const { rows } = await tx.query<{ line: string }>(VALUES, [
      tree,
      from,
      Math.min(last + 1, from + EVENTS_AT_ONCE),
    ])
    yield rows.map(({ line }) => `${line}\n`).join('')
  }
}
