import type { Id } from '@/lib/ids'
import type { Database } from '@/server/db/client'

/** Values of one row, in the order of its columns. */
type Row = readonly (string | number | boolean | null)[]

const CHUNK = 20_000

/** Past every limit of time: loading is not what is measured. */
export const unlimited = (db: Database, text: string, values?: unknown[]): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0')
    await tx.query(text, values)
  })

/**
 * Many rows by a few statements.
 * @param columns name and type of each, as `unnest` is told: `id uuid, title text`
 */
export const fill = async (
  db: Database,
  table: string,
  columns: string,
  rows: readonly Row[],
): Promise<void> => {
  const typed = columns.split(', ').map((column) => column.split(' ') as [string, string])
  const names = typed.map(([name]) => name).join(', ')
  const arrays = typed.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK)
    await unlimited(
      db,
      `insert into ${table} (${names}) select * from unnest(${arrays})`,
      typed.map((_, i) => chunk.map((row) => row[i])),
    )
  }
}

/** Ids that are the same in every run, each after the one before it, as new ones are. */
export const countedIds = (): (() => Id) => {
  let count = 0
  return () => `01900000-0000-7000-8000-${(++count).toString(16).padStart(12, '0')}`
}
