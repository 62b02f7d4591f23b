import { csvOf } from '@/lib/csv'
import type { RecordRowView } from '@/lib/views/record'
import { visibleText } from '@/lib/visible-text'
import { readRecord } from '@/server/audit/read'
import type { RecordQuery } from '@/server/audit/record-query'
import type { Reader } from '@/server/db/client'

/** Rows of one page: what is in memory at a time. */
const PAGE = 1_000
/** Without it Excel reads UTF-8 as the system's own code page and spoils every name; other readers leave it out. */
const BYTE_ORDER_MARK = '\ufeff'

const HEAD = [
  'time (UTC)',
  'person',
  'agency',
  'what happened',
  'on',
  'outcome',
  'rule',
  'kind',
  'entry',
  'tree',
  'place in the tree',
]

/** Rows newest first, as on the page, and how many. */
export interface CsvChunk {
  text: string
  rows: number
}

/** RFC 4180 with a byte order mark, every field quoted and none of them a formula. */
export async function* csvChunks(reader: Reader, query: RecordQuery): AsyncGenerator<CsvChunk> {
  yield { text: BYTE_ORDER_MARK + csvOf([HEAD]), rows: 0 }
  for (let cursor: string | null = null; ; ) {
    const page = await readRecord(reader, { ...query, cursor, limit: PAGE })
    const places = await readPlaces(reader, page.rows)
    yield { text: csvOf(page.rows.map((row) => fieldsOf(row, places))), rows: page.rows.length }
    if (page.next === null) return
    cursor = page.next
  }
}

const fieldsOf = (row: RecordRowView, places: Map<string, { tree: string; index: number }>) => [
  row.at,
  visibleText(row.actor?.name ?? ''),
  row.actor?.orgShortCode ?? '',
  visibleText(row.sentence),
  visibleText(row.object.title ?? ''),
  row.outcome,
  row.rule ?? '',
  row.type,
  row.id,
  places.get(row.id)?.tree ?? '',
  places.get(row.id)?.index ?? '',
]

const readPlaces = async (reader: Reader, rows: readonly RecordRowView[]) => {
  const found = await reader.query<{ event_id: string; tree: string; index: number }>(
    'select event_id, tree, index from audit_log where event_id = any($1::uuid[])',
    [rows.map(({ id }) => id)],
    'places in trees',
  )
  return new Map(found.rows.map(({ event_id, ...place }) => [event_id, place]))
}
