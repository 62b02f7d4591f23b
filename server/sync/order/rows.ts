import type { Id } from '@/lib/ids'
import type { Database, Reader, Tx } from '@/server/db/client'
import { hashOf } from '@/server/text/hash-of'

/** A section's rows: the database gives out their order, so that any number of nodes may write. */

export interface StoredUpdate {
  sectionId: Id
  personId: Id
  sessionId: Id
  burstId: Id
  frames: number
  bytes: Uint8Array
}

/** A stored row is not what was written: the room must be loaded anew, which finds out how far it is whole. */
export class DamagedRow extends Error {
  override readonly name = 'DamagedRow'
  constructor(readonly sectionId: Id) {
    super('a stored row does not have its hash')
  }
}

/** A section as far as a node has it. */
export interface Known {
  sectionId: Id
  seq: number
}

/** What is stored of sections after what is known of them, up to `until` where that is given. @throws DamagedRow */
export const loadRowsAfter = async (
  reader: Reader,
  known: readonly (Known & { until?: number })[],
): Promise<Map<Id, { seq: number; bytes: Uint8Array }[]>> => {
  const { rows } = await reader.query<{ section_id: Id; seq: number; bytes: Buffer; hash: Buffer }>(
    `select u.section_id, u.seq, u.bytes, u.hash
     from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as k (section_id, seq, until)
     join section_updates u on u.section_id = k.section_id and u.seq > k.seq and (k.until is null or u.seq <= k.until)
     order by u.section_id, u.seq`,
    [
      known.map(({ sectionId }) => sectionId),
      known.map(({ seq }) => seq),
      known.map(({ until }) => until ?? null),
    ],
    'rows after',
  )
  const found = new Map<Id, { seq: number; bytes: Uint8Array }[]>()
  for (const { section_id: sectionId, seq, bytes, hash } of rows) {
    if (!hashOf(bytes).equals(hash)) throw new DamagedRow(sectionId)
    const list = found.get(sectionId)
    if (list === undefined) found.set(sectionId, [{ seq, bytes }])
    else list.push({ seq, bytes })
  }
  return found
}

/** Which of these sections have got rows since. */
export const readNewHeads = async (reader: Reader, known: readonly Known[]): Promise<Known[]> =>
  (
    await reader.query<Known>(
      `select h.section_id as "sectionId", h.seq from unnest($1::uuid[], $2::bigint[]) as k (section_id, seq)
       join section_heads h on h.section_id = k.section_id and h.seq > k.seq`,
      [known.map(({ sectionId }) => sectionId), known.map(({ seq }) => seq)],
      'new heads',
    )
  ).rows

/** Whom clientIDs belong to, of those that somebody has. */
export const readBindings = async (
  reader: Reader,
  sectionId: Id,
  clients: readonly number[],
): Promise<Map<number, Id>> => {
  const { rows } = await reader.query<{ client_id: number; person_id: Id }>(
    'select client_id, person_id from client_bindings where section_id = $1 and client_id = any($2::bigint[])',
    [sectionId, clients],
  )
  return new Map(rows.map((row) => [row.client_id, row.person_id]))
}

/** The rows that are given, one line each; `place` counts within a section. */
const GIVEN = `given as (
  select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::int[], $8::int[])
    with ordinality as t (section_id, place, person_id, session_id, burst_id, frames, start, length, n)
), counted as (
  select section_id, max(place) as places from given group by section_id
)`

/** All bytes travel in one piece, because an array of bytes would travel as text. */
const WRITTEN = `written as (
  insert into section_updates (section_id, seq, person_id, session_id, burst_id, frames, bytes, hash)
  select g.section_id, h.seq - c.places + g.place, g.person_id, g.session_id, g.burst_id, g.frames,
    substring($9::bytea from g.start for g.length), substring($10::bytea from (g.n * 32 - 31)::int for 32)
  from given g join counted c using (section_id) join heads h using (section_id)
)`

/**
 * One statement for any number of rows, whatever the sections: takes the sections' heads in one order (two nodes cannot
 * wait for each other), moves them on, and writes the rows under the numbers that it gave out. The heads stay locked until
 * COMMIT: so rows become visible in the order of their numbers, and nobody ever sees a gap.
 */
const INSERT_UPDATES = `
with ${GIVEN}, heads as (
  insert into section_heads as h (section_id, seq) select section_id, places from counted order by section_id
  on conflict (section_id) do update set seq = h.seq + excluded.seq
  returning h.section_id, h.seq
), ${WRITTEN}
select section_id, seq from heads`

/**
 * The same where nothing has changed, and nothing at all where something has: not one row if a clock of access is not what
 * it was, and none of a section that another node has written to. The clocks are locked before the heads, each in one
 * order, as in a transaction that asks first.
 */
const INSERT_UNCHANGED = `
with clocks as materialized (
  select key, epoch from access_clocks where key = any($11::text[]) order by key for share
), unchanged as materialized (
  select not exists (
    select 1 from unnest($11::text[], $12::bigint[]) as k (key, epoch) left join clocks c using (key)
    where coalesce(c.epoch, 0) <> k.epoch) as yes
), stands as (
  select * from unnest($13::uuid[], $14::bigint[]) as t (section_id, seq)
), ${GIVEN}, heads as (
  insert into section_heads as h (section_id, seq)
  select c.section_id, s.seq + c.places from counted c join stands s using (section_id)
    join section_heads before using (section_id)
  where (select yes from unchanged) order by c.section_id
  on conflict (section_id) do update set seq = excluded.seq
  where h.seq = (select s.seq from stands s where s.section_id = excluded.section_id)
  returning h.section_id, h.seq
), ${WRITTEN}
select section_id, seq from heads`

interface Head {
  section_id: Id
  seq: number
}

const headsOf = ({ rows }: { rows: Head[] }): ReadonlyMap<Id, number> =>
  new Map(rows.map((head) => [head.section_id, head.seq]))

/** Rows of one section stand in the order in which they are given. @returns the newest number of each section */
export const insertUpdates = async (
  tx: Tx,
  rows: readonly StoredUpdate[],
): Promise<ReadonlyMap<Id, number>> =>
  rows.length === 0
    ? new Map()
    : headsOf(await tx.query<Head>(INSERT_UPDATES, columnsOf(rows), 'insert updates'))

/**
 * A transaction of its own, of one statement.
 * @param epochs what each clock of access must show
 * @param stands the newest row of each section, as it is known here
 * @returns the newest number of each section that was written to: none, or not all, if something has changed
 */
export const insertUnchanged = async (
  db: Database,
  rows: readonly StoredUpdate[],
  epochs: ReadonlyMap<string, number>,
  stands: readonly Known[],
): Promise<ReadonlyMap<Id, number>> => {
  const values = [
    ...columnsOf(rows),
    [...epochs.keys()],
    [...epochs.values()],
    stands.map(({ sectionId }) => sectionId),
    stands.map(({ seq }) => seq),
  ]
  return headsOf(await db.write<Head>(INSERT_UNCHANGED, values, 'insert unchanged'))
}

const columnsOf = (rows: readonly StoredUpdate[]): unknown[] => {
  const places = new Map<Id, number>()
  let start = 1
  const columns: unknown[][] = [[], [], [], [], [], [], [], []]
  for (const { sectionId, personId, sessionId, burstId, frames, bytes } of rows) {
    const place = (places.get(sectionId) ?? 0) + 1
    places.set(sectionId, place)
    const row = [sectionId, place, personId, sessionId, burstId, frames, start, bytes.length]
    for (const [i, value] of row.entries()) columns[i]?.push(value)
    start += bytes.length
  }
  const packed = Buffer.concat(rows.map(({ bytes }) => bytes))
  const hashes = Buffer.concat(rows.map(({ bytes }) => hashOf(bytes)))
  return [...columns, packed, hashes]
}
