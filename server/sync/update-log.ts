import type { Id } from '@/lib/ids'
import type { Database, Reader, Tx } from '@/server/db/client'
import { hashOf } from '@/server/text/hash-of'
import { rowsCommitted, type StoredRows } from '@/server/text/rows-committed'

/** The tables of live sections. No other file of sync knows them. */

/** A clientID was bound to somebody else first (another node). */
export class BindingConflict extends Error {
  override readonly name = 'BindingConflict'
  constructor(readonly taken: readonly { sectionId: Id; clientId: number; personId: Id }[]) {
    super('a clientID belongs to somebody else')
  }
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Binds clientIDs for good. @throws BindingConflict if one belongs to somebody else. */
export const insertBindings = async (
  tx: Tx,
  bindings: readonly { sectionId: Id; clientId: number; personId: Id }[],
): Promise<void> => {
  if (bindings.length === 0) return
  const columns = [
    bindings.map((b) => b.sectionId),
    bindings.map((b) => b.clientId),
    bindings.map((b) => b.personId),
  ]
  await tx.query(
    `insert into client_bindings (section_id, client_id, person_id)
     select * from unnest($1::uuid[], $2::bigint[], $3::uuid[]) on conflict do nothing`,
    columns,
    'insert bindings',
  )
  const taken = await tx.query<{ section_id: Id; client_id: number; person_id: Id }>(
    `select wanted.section_id, wanted.client_id, wanted.person_id
     from unnest($1::uuid[], $2::bigint[], $3::uuid[]) as wanted (section_id, client_id, person_id)
     join client_bindings held using (section_id, client_id) where held.person_id <> wanted.person_id`,
    columns,
    'taken bindings',
  )
  if (taken.rows.length === 0) return
  throw new BindingConflict(
    taken.rows.map((row) => ({
      sectionId: row.section_id,
      clientId: row.client_id,
      personId: row.person_id,
    })),
  )
}

/** Binds clientIDs for good that are nobody's yet. @returns whom each of them belongs to now. */
export const bindClients = async (
  tx: Tx,
  bindings: readonly { sectionId: Id; clientId: number; personId: Id }[],
): Promise<{ sectionId: Id; clientId: number; personId: Id }[]> => {
  const sections = bindings.map((b) => b.sectionId)
  const clients = bindings.map((b) => b.clientId)
  await tx.query(
    `insert into client_bindings (section_id, client_id, person_id)
     select * from unnest($1::uuid[], $2::bigint[], $3::uuid[]) on conflict do nothing`,
    [sections, clients, bindings.map((b) => b.personId)],
    'insert bindings',
  )
  // A statement of its own: it sees what another transaction put there while the first one waited for it.
  const held = await tx.query<{ sectionId: Id; clientId: number; personId: Id }>(
    `select section_id as "sectionId", client_id as "clientId", person_id as "personId" from client_bindings
     where (section_id, client_id) in (select * from unnest($1::uuid[], $2::bigint[]))`,
    [sections, clients],
    'held bindings',
  )
  return held.rows
}

/** Keeps the newest snapshot only: what is older is in the updates. One that was found damaged stays, as evidence. */
export const storeSnapshot = async (db: Database, sectionId: Id, seq: number, bytes: Uint8Array) =>
  db.transaction(async (tx) => {
    await tx.query(
      `insert into section_snapshots (section_id, seq, bytes, hash) values ($1, $2, $3, $4) on conflict do nothing`,
      [sectionId, seq, bufferOf(bytes), hashOf(bytes)],
    )
    await tx.query(
      `delete from section_snapshots s where section_id = $1 and seq < $2 and not exists (
         select 1 from section_damage d where d.section_id = $1 and d.kind = 'snapshot' and d.seq = s.seq)`,
      [sectionId, seq],
    )
  })

export type Epochs = ReadonlyMap<string, number>

/** Makes sure that the clocks exist: a row that is not there cannot be locked. @param keys sorted, as for locking. */
export const ensureClocks = async (tx: Tx, keys: readonly string[]): Promise<void> => {
  await tx.query('insert into access_clocks (key) select unnest($1::text[]) on conflict do nothing', [keys])
}

/** Where sections belong, and the clocks of those workspaces and of `keys`: one look at one moment. */
export const readPlaces = async (
  reader: Reader,
  sectionIds: readonly Id[],
  keys: readonly string[],
): Promise<{
  workspaceOf: ReadonlyMap<Id, Id>
  damaged: ReadonlySet<Id>
  /** Milliseconds since the epoch. */
  reseedUntil: ReadonlyMap<Id, number>
  epochs: Epochs
}> => {
  const { rows } = await reader.query<
    | { section_id: Id; workspace_id: Id; damaged: boolean; reseed_until: Date | null; key: null }
    | { key: string; epoch: number }
  >(
    `with placed as (
       select s.id, d.workspace_id, s.reseed_until, exists (select 1 from section_damage
           where section_id = s.id and mended_at is null and read_only) as damaged
       from sections s join documents d on d.id = s.document_id
       where s.id = any($1::uuid[]))
     select id as section_id, workspace_id, damaged, reseed_until, null as key, null as epoch from placed
     union all
     select null, null, null, null, key, epoch from access_clocks
     where key = any($2::text[] || array(select distinct 'workspace:' || workspace_id from placed))`,
    [sectionIds, keys],
    'places',
  )
  const workspaceOf = new Map<Id, Id>()
  const damaged = new Set<Id>()
  const reseedUntil = new Map<Id, number>()
  const epochs = new Map<string, number>()
  for (const row of rows) {
    if (row.key === null) {
      workspaceOf.set(row.section_id, row.workspace_id)
      if (row.damaged) damaged.add(row.section_id)
      if (row.reseed_until !== null) reseedUntil.set(row.section_id, row.reseed_until.getTime())
    } else epochs.set(row.key, row.epoch)
  }
  return { workspaceOf, damaged, reseedUntil, epochs }
}

/**
 * The clocks as they are, held until COMMIT: a change of access waits for us or we for it. In the order of keys,
 * as everybody locks them.
 */
export const lockClocks = async (tx: Tx, keys: readonly string[]): Promise<Epochs> => {
  const found = await tx.query<{ key: string; epoch: number }>(
    'select key, epoch from access_clocks where key = any($1) order by key for share',
    [keys],
    'lock clocks',
  )
  return new Map(found.rows.map((row) => [row.key, row.epoch]))
}

export interface StoredBurst {
  id: Id
  sectionId: Id
  documentId: Id
  workspaceId: Id
  personId: Id
  orgId: Id
  sessionId: Id
}

export const insertBursts = async (
  tx: Tx,
  node: string,
  bursts: readonly Pick<StoredBurst, 'id' | 'sectionId' | 'personId' | 'sessionId'>[],
): Promise<void> => {
  if (bursts.length === 0) return
  await tx.query(
    `insert into edit_bursts (id, section_id, person_id, session_id, node)
     select id, section_id, person_id, session_id, $5
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as t (id, section_id, person_id, session_id)`,
    [
      bursts.map((burst) => burst.id),
      bursts.map((burst) => burst.sectionId),
      bursts.map((burst) => burst.personId),
      bursts.map((burst) => burst.sessionId),
      node,
    ],
    'insert bursts',
  )
}

export interface BurstRows {
  rows: number
  frames: number
  bytes: number
  updates: Uint8Array[]
  /** The clientIDs of whoever wrote them. */
  clients: ReadonlySet<number>
  /** What the record commits to; null of a burst without rows. */
  stored: StoredRows | null
}

/** Closes a burst that is open. @returns what it holds, or null if it was closed before (by another node). */
export const closeBurst = async (tx: Tx, burstId: Id): Promise<BurstRows | null> => {
  const closed = await tx.query<{ section_id: Id; person_id: Id }>(
    'update edit_bursts set closed_at = now() where id = $1 and closed_at is null returning section_id, person_id',
    [burstId],
  )
  const [burst] = closed.rows
  if (burst === undefined) return null
  const { rows } = await tx.query<{ seq: number; frames: number; bytes: Buffer; hash: Buffer }>(
    'select seq, frames, bytes, hash from section_updates where burst_id = $1 order by seq',
    [burstId],
    'rows of a burst',
  )
  const bound = await tx.query<{ client_id: number }>(
    'select client_id from client_bindings where section_id = $1 and person_id = $2',
    [burst.section_id, burst.person_id],
    'clients of a person',
  )
  return {
    rows: rows.length,
    frames: rows.reduce((sum, row) => sum + row.frames, 0),
    bytes: rows.reduce((sum, row) => sum + row.bytes.length, 0),
    updates: rows.map((row) => row.bytes),
    clients: new Set(bound.rows.map((row) => row.client_id)),
    stored: rowsCommitted(rows),
  }
}

/** Bursts that a crash left open: of other nodes, without an update for longer than any live burst goes without. */
export const abandonedBursts = async (
  reader: Reader,
  node: string,
  quietSince: Date,
): Promise<StoredBurst[]> =>
  (
    await reader.query<StoredBurst>(
      `select b.id, b.section_id as "sectionId", s.document_id as "documentId", d.workspace_id as "workspaceId",
         b.person_id as "personId", p.org_id as "orgId", b.session_id as "sessionId"
       from edit_bursts b join people p on p.id = b.person_id
         join sections s on s.id = b.section_id join documents d on d.id = s.document_id
       where b.closed_at is null and b.node <> $1 and not exists (
         select 1 from section_updates u where u.burst_id = b.id and u.at > $2) limit 500`,
      [node, quietSince],
    )
  ).rows
