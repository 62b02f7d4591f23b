import { createHash } from 'node:crypto'

/** The stored rows of one run of edits, as `section.edit_closed` commits to them. A type, so that it is JSON. */
export type StoredRows = {
  /** The first and the last number of the run; others' rows may lie between them. */
  from: number
  to: number
  count: number
  /** Hex of SHA-256 over the 32 bytes of each row's hash, in the order of their numbers. */
  hash: string
}

/** @param rows of one run, in the order of their numbers. @returns null where there is none */
export const rowsCommitted = (rows: readonly { seq: number; hash: Uint8Array }[]): StoredRows | null => {
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return null
  const all = createHash('sha256')
  for (const { hash } of rows) all.update(hash)
  return { from: first.seq, to: last.seq, count: rows.length, hash: all.digest('hex') }
}
