import type { BundleEvent, BundleLine, ClearValue } from '@/lib/audit/bundle'
import type { Id } from '@/lib/ids'
import { readClearValues, type ClearValue as StoredValue } from '@/server/audit/clear-values'
import type { PersonKeys } from '@/server/audit/personal/person-keys'
import { type RecordScope, withinScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'

interface EventRow {
  index: number
  id: Id
  type: string
  writer: string
  writer_seq: number
  prev_hash: Buffer
  canonical: string
}

/**
 * The events with an index in [from, to) that this reader may see, each with what is opened of it, and the rows that a
 * run of edits commits to right behind it.
 */
export const eventLines = async (
  reader: Reader,
  keys: PersonKeys,
  { tree, scope }: { tree: string; scope: RecordScope },
  from: number,
  to: number,
): Promise<BundleLine[]> => {
  const agency = scope.kind === 'agency'
  const { rows } = await reader.query<EventRow>(
    `select l.index, i.id, i.type, i.writer, i.writer_seq, i.prev_hash, i.canonical
     from audit_log l join audit_inbox i on i.id = l.event_id
     where l.tree = $1 and l.index >= $2 and l.index < $3 ${agency ? `and ${withinScope('$4')}` : ''} order by l.index`,
    [tree, from, to, ...(agency ? [scope.orgId] : [])],
    agency ? 'bundle events of an agency' : 'bundle events',
  )
  // A personal value is somebody's: another agency gets the commitment, not the value.
  const ids = rows.map(({ id }) => id)
  const clear = await readClearValues(reader, keys, ids, scope)
  const updates = await readUpdates(reader, rows)
  return rows.flatMap((row): BundleLine[] => {
    const event = eventLine(tree, row, openedOf(clear.get(row.id) ?? []))
    const stored = updates.get(row.id)
    return stored === undefined ? [event] : [event, stored]
  })
}

const eventLine = (tree: string, row: EventRow, clear: readonly ClearValue[]): BundleEvent => ({
  kind: 'event',
  tree,
  index: row.index,
  writer: row.writer,
  seq: row.writer_seq,
  prev: row.prev_hash.toString('hex'),
  canonical: row.canonical,
  clear,
})

/** What is erased has no line: its commitment stands in the event. */
const openedOf = (values: readonly StoredValue[]): ClearValue[] =>
  values.flatMap((stored) => {
    if (stored.gone !== null) return []
    return [{ field: stored.field, salt: stored.salt.toString('hex'), value: stored.value }]
  })

/** By the event that ended the run of edits. */
const readUpdates = async (reader: Reader, events: readonly EventRow[]): Promise<Map<Id, BundleLine>> => {
  const ends = events.flatMap(({ id, type, canonical }) => {
    if (type !== 'section.edit_closed') return []
    const said = JSON.parse(canonical) as { correlation?: string; object?: { section?: Id } }
    const { correlation: burst, object: { section } = {} } = said
    return burst === undefined || section === undefined ? [] : [{ id, burst, section }]
  })
  const found = new Map<Id, BundleLine>()
  if (ends.length === 0) return found
  const { rows } = await reader.query<{ burst_id: Id; first: number; hashes: Buffer }>(
    `select burst_id, min(seq) as first, string_agg(hash, ''::bytea order by seq) as hashes
     from section_updates where burst_id = any($1::uuid[]) group by burst_id`,
    [ends.map(({ burst }) => burst)],
    'bundle updates',
  )
  const rowsOf = new Map(rows.map((row) => [row.burst_id, row]))
  for (const { id, burst, section } of ends) {
    const stored = rowsOf.get(burst)
    if (stored === undefined) continue
    const hashes = stored.hashes.toString('base64')
    found.set(id, { kind: 'updates', section, burst, from: stored.first, hashes })
  }
  return found
}
