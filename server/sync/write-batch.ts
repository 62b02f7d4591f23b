import { CLOSE_CODE_OF } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Deletes } from '@/lib/sync/delete-set'
import { joinUpdates } from '@/lib/sync/join-updates'
import { CLOSE, type CloseCode } from '@/lib/sync/protocol'
import type { UpdateScan } from '@/lib/sync/scan-update'
import type { Tx } from '@/server/db/client'
import { Refusal } from '@/server/policy/authorize'
import type { Services } from '@/server/services'
import { type Access, askAccess, epochsAgree } from '@/server/sync/access'
import type { Connection } from '@/server/sync/connection'
import { type ForeignRows, loadForeignRows } from '@/server/sync/order/foreign-rows'
import { bearsOn, OthersFirst } from '@/server/sync/order/judge-again'
import { insertUpdates, type StoredUpdate } from '@/server/sync/order/rows'
import type { Room } from '@/server/sync/rooms/room'
import { isReseeding } from '@/server/sync/rooms/whose-client'
import { insertBindings, insertBursts, lockClocks } from '@/server/sync/update-log'

/** An update that the gate let pass. */
export interface Accepted {
  scan: UpdateScan
  /** clientIDs in it that are not the writer's own: a section that is re-seeded. */
  foreign: readonly number[]
  /** What of it no editor could show beside what is there. */
  takenBack: Deletes | null
}

/** What one connection has waiting: accepted by the gate, in order, not yet committed. */
export interface Waiting {
  scans: UpdateScan[]
  /** clientIDs in them that are not the writer's own: brought back into a section that is re-seeded. */
  foreign: Set<number>
  /** Deletions in them that are not the writer's but the server's. */
  takenBack: Deletes[]
  /** Acknowledges up to this write frame. */
  acknowledges: number
  /** Milliseconds of performance.now() at which the first of them came. */
  since: number
}

export type Batch = Map<Room, Map<Connection, Waiting>>

export interface Row {
  room: Room
  connection: Connection
  /** Given out by the database; 0 until then. */
  seq: number
  burstId: Id
  frames: number
  bytes: Uint8Array
}

export interface Outcome {
  rows: Row[]
  /** What other nodes wrote before ours. */
  foreign: ReadonlyMap<Room, ForeignRows>
  access: Map<Connection, Access>
  dropped: Map<Connection, { code: CloseCode; refusal: Refusal | null }>
}

/**
 * One transaction. Called again from its beginning when the database asks for it: changes nothing outside.
 * @param judgedUpTo the newest row of each room that was there when what waits was judged
 * @throws OthersFirst if what waits must be judged again
 */
export const writeBatch = async (
  tx: Tx,
  services: Services,
  batch: Batch,
  judgedUpTo: ReadonlyMap<Room, number>,
): Promise<Outcome> => {
  const { access, dropped } = await checkAccess(tx, services, batch)
  const rows: Row[] = []
  const bindings: Parameters<typeof insertBindings>[1][number][] = []
  const bursts: Parameters<typeof insertBursts>[2][number][] = []
  for (const [room, writers] of batch) {
    for (const [connection, { scans, foreign, takenBack }] of writers) {
      if (dropped.has(connection) || scans.length === 0) continue
      const burstId = connection.burst?.id ?? newId()
      if (connection.burst === null) bursts.push(openBurst(tx, services, connection, burstId))
      if (foreign.size > 0) recordReseed(tx, services, connection, burstId, foreign.size)
      if (takenBack.length > 0) recordTakenBack(tx, services, connection, burstId, takenBack.length)
      for (const { bytes, frames } of rowsOf(scans)) {
        rows.push({ room, connection, seq: 0, burstId, frames, bytes })
      }
      for (const client of newClients(room, connection, scans)) {
        bindings.push({
          sectionId: room.sectionId,
          clientId: client,
          personId: connection.actor.personId,
        })
      }
    }
  }
  await insertBursts(tx, services.node, bursts)
  const heads = await insertUpdates(tx, rows.map(storedOf))
  const foreign = await readForeign(tx, batch, judgedUpTo, numberRows(rows, heads))
  // With the heads held nobody else binds clientIDs in these sections.
  await insertBindings(tx, bindings)
  return { rows, foreign, access, dropped }
}

/** Gives rows the numbers that the database gave out. @returns where each section stood before them */
export const numberRows = (
  rows: readonly Row[],
  heads: ReadonlyMap<Id, number>,
): ReadonlyMap<Room, number> => {
  const bases = new Map<Room, number>()
  for (const { room } of rows) bases.set(room, (bases.get(room) ?? (heads.get(room.sectionId) as number)) - 1)
  const next = new Map(bases)
  for (const row of rows) {
    row.seq = (next.get(row.room) as number) + 1
    next.set(row.room, row.seq)
  }
  return bases
}

const readForeign = async (
  tx: Tx,
  batch: Batch,
  judgedUpTo: ReadonlyMap<Room, number>,
  bases: ReadonlyMap<Room, number>,
): Promise<Outcome['foreign']> => {
  const spans = new Map<Room, { seq: number; until: number }>()
  for (const [room, until] of bases) {
    const seq = judgedUpTo.get(room) as number
    if (until < seq) throw new Error('a section is further on here than in the database')
    if (until > seq) spans.set(room, { seq, until })
  }
  if (spans.size === 0) return new Map()
  const found = await loadForeignRows(tx, spans)
  for (const [room, { seq, until }] of spans) {
    if (found.get(room)?.rows.length !== until - seq) throw new Error('rows of another node are missing')
  }
  const touched = [...found].some(([room, rows]) =>
    [...(batch.get(room)?.values() ?? [])].some(({ scans }) => bearsOn(rows, scans)),
  )
  if (touched) throw new OthersFirst(found)
  return found
}

/** Whoever's access may have changed since it was last asked is asked about again, inside this transaction. */
const checkAccess = async (
  tx: Tx,
  services: Services,
  batch: Batch,
): Promise<Pick<Outcome, 'access' | 'dropped'>> => {
  const access = new Map<Connection, Access>()
  const dropped: Outcome['dropped'] = new Map()
  const connections = [...batch.values()].flatMap((writers) => [...writers.keys()])
  const reseeding = new Set<Connection>()
  for (const writers of batch.values())
    for (const [connection, { foreign }] of writers) if (foreign.size > 0) reseeding.add(connection)
  const keys = [...new Set(connections.flatMap(({ opened }) => opened?.access.clockKeys ?? []))].sort()
  const epochs = await lockClocks(tx, keys)
  const now = services.now().getTime()
  const stale = connections.filter(({ opened }) => {
    const held = opened?.access
    return (
      held !== undefined &&
      !(epochsAgree(held, epochs) && (held.validUntil === null || now < held.validUntil))
    )
  })
  const answers = stale.length === 0 ? [] : await askAccess(tx, stale, now)
  for (const [i, connection] of stale.entries()) {
    const fresh = answers[i] as Access | Refusal
    if (fresh instanceof Refusal) dropped.set(connection, { code: CLOSE_CODE_OF[fresh.code], refusal: fresh })
    else {
      access.set(connection, fresh)
      if (!fresh.canWrite || (reseeding.has(connection) && !isReseeding(fresh, now)))
        dropped.set(connection, { code: CLOSE.accessChanged, refusal: null })
    }
    const drop = dropped.get(connection)
    if (drop === undefined) continue
    const decision = drop.refusal?.decision ?? access.get(connection)?.decision
    services.recorder.append(tx, {
      type: 'section.frame_refused',
      outcome: 'denied',
      actor: connection.eventActor,
      object: connection.object,
      ...(decision === undefined ? {} : { decision }),
      correlation: connection.id,
    })
  }
  return { access, dropped }
}

/** The event of a burst that begins. @returns its row */
const openBurst = (tx: Tx, services: Services, connection: Connection, id: Id) => {
  const { personId, sessionId } = connection.actor
  const decision = connection.opened?.access.decision
  services.recorder.append(tx, {
    type: 'section.edited',
    outcome: 'allowed',
    actor: connection.eventActor,
    object: connection.object,
    ...(decision === undefined ? {} : { decision }),
    correlation: id,
  })
  return { id, sectionId: connection.sectionId, personId, sessionId }
}

/** Authorship of what is brought back rests on the word of who brings it: that it was so is on record. */
const recordReseed = (
  tx: Tx,
  services: Services,
  connection: Connection,
  burstId: Id,
  authors: number,
): void => {
  services.recorder.append(tx, {
    type: 'section.reseeded',
    outcome: 'allowed',
    actor: connection.eventActor,
    object: connection.object,
    volume: { authors },
    correlation: burstId,
  })
}

/** A row as the database keeps it. */
export const storedOf = ({ room, connection, burstId, frames, bytes }: Row): StoredUpdate => ({
  sectionId: room.sectionId,
  personId: connection.actor.personId,
  sessionId: connection.actor.sessionId,
  burstId,
  frames,
  bytes,
})

/** Two people changed the same block at once, or somebody tried to: the second one's is in the rows, and deleted with them. */
const recordTakenBack = (
  tx: Tx,
  services: Services,
  connection: Connection,
  burstId: Id,
  updates: number,
): void => {
  services.recorder.append(tx, {
    type: 'section.taken_back',
    outcome: 'allowed',
    actor: connection.eventActor,
    object: connection.object,
    volume: { updates },
    correlation: burstId,
  })
}

/** One row for what one connection sent; several only where its updates overlap. */
export const rowsOf = (scans: readonly UpdateScan[]): { bytes: Uint8Array; frames: number }[] => {
  const joined = joinUpdates(scans)
  return joined === null
    ? scans.map(({ bytes }) => ({ bytes, frames: 1 }))
    : [{ bytes: joined, frames: scans.length }]
}

/** clientIDs that the gate saw for the first time in these updates: bound for good with this commit. */
export const newClients = (room: Room, connection: Connection, scans: readonly UpdateScan[]): number[] => {
  const found = new Set<number>()
  for (const { blocks } of scans) {
    for (const { client } of blocks) {
      if (!room.bindings.has(client) && room.claims.get(client) === connection.actor.personId)
        found.add(client)
    }
  }
  return [...found]
}

export const byRoom = (rows: readonly Row[]): Map<Room, Row[]> => {
  const grouped = new Map<Room, Row[]>()
  for (const row of rows) {
    const held = grouped.get(row.room)
    if (held === undefined) grouped.set(row.room, [row])
    else held.push(row)
  }
  return grouped
}
