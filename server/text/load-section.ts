import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'
import { hashOf } from '@/server/text/hash-of'

export interface StoredSection {
  snapshot: { seq: number; bytes: Uint8Array } | null
  rows: { seq: number; bytes: Uint8Array }[]
  /** clientID → the person it belongs to. */
  bindings: Map<number, Id>
}

/** Bytes in the store that are not what was written, or not there. */
export interface Damage {
  kind: 'update' | 'snapshot'
  seq: number
  why: 'hash' | 'missing'
  /** What is there does not add up to the newest version: the section is shown as it last was, and not written. */
  readOnly: boolean
}

export interface LoadedSection extends StoredSection {
  damage: Damage | null
  /** An earlier load found damage, and nobody has noted yet that it is mended. */
  marked: boolean
}

interface Bytes {
  seq: number
  bytes: Buffer
  hash: Buffer
}

const isWhole = ({ bytes, hash }: Bytes): boolean => hashOf(bytes).equals(hash)

/**
 * The newest whole snapshot and everything after it, each checked against its hash. Ends before the first row that is
 * damaged or missing: nothing after it can be trusted to fit. A damaged snapshot is worth nothing, but every row that
 * it was made of is still there: if they are whole, so is the section.
 */
export const loadSection = async (reader: Reader, sectionId: Id): Promise<LoadedSection> => {
  // The snapshots first: one that is written in between only makes the rows that are read a few more than needed.
  const found = await reader.query<Partial<Bytes> & { marked: boolean }>(
    `select s.seq, s.bytes, s.hash, m.marked
     from (select exists (select 1 from section_damage where section_id = $1 and mended_at is null) as marked) m
       left join section_snapshots s on s.section_id = $1 order by s.seq desc`,
    [sectionId],
    'load snapshots',
  )
  const snapshots = found.rows.filter((row): row is Bytes & { marked: boolean } => row.bytes != null)
  const snapshot = snapshots.find(isWhole) ?? null
  const spoiled = snapshots[0] !== undefined && snapshots[0] !== snapshot ? snapshots[0] : null
  const base = snapshot?.seq ?? 0
  const stored = await reader.query<Bytes>(
    'select seq, bytes, hash from section_updates where section_id = $1 and seq > $2 order by seq',
    [sectionId, base],
    'load updates',
  )
  const bad = stored.rows.findIndex((row, i) => row.seq !== base + i + 1 || !isWhole(row))
  const rows = bad === -1 ? stored.rows : stored.rows.slice(0, bad)
  const last = base + rows.length
  const bindings = new Map<number, Id>()
  const bound = await reader.query<{ client_id: number; person_id: Id }>(
    'select client_id, person_id from client_bindings where section_id = $1',
    [sectionId],
    'load bindings',
  )
  for (const row of bound.rows) bindings.set(row.client_id, row.person_id)
  return {
    snapshot,
    rows,
    bindings,
    damage: damageOf(stored.rows[bad], last, spoiled),
    marked: found.rows[0]?.marked ?? false,
  }
}

const damageOf = (bad: Bytes | undefined, last: number, spoiled: Bytes | null): Damage | null => {
  if (bad !== undefined) {
    const why = bad.seq === last + 1 ? 'hash' : 'missing'
    return { kind: 'update', seq: last + 1, why, readOnly: true }
  }
  if (spoiled === null) return null
  // A snapshot that no rows stand behind, or not all of them: what came before it is lost with it.
  const readOnly = last < spoiled.seq || spoiled.seq === 0
  return { kind: 'snapshot', seq: spoiled.seq, why: 'hash', readOnly }
}
