import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

/** One signed head of a tree. */
export interface Offer {
  tree: string
  size: number
  /** Signed note, without cosignatures. */
  note: string
}

/**
 * Milliseconds. Within such a window all witnesses are offered one and the same checkpoint: a seal needs several words under one.
 * A witness asks twice in it; from an event to its seal pass a window and a round at most.
 */
export const WINDOW_MS = 6_000

/** The checkpoint of each tree that is offered for co-signing now. Trees without one are left out. */
export async function readOffers(
  reader: Reader,
  trees: readonly string[],
  at: Date,
): Promise<Map<string, Offer>> {
  const windowStart = new Date(Math.floor(at.getTime() / WINDOW_MS) * WINDOW_MS)
  const { rows } = await reader.query<Offer>(
    `select t.tree, c.size, c.note from unnest($1::text[]) as t (tree) cross join lateral (
       select size, note from audit_checkpoints where tree = t.tree and at <= $2 order by size desc limit 1) c`,
    [trees, windowStart],
  )
  return new Map(rows.map((row) => [row.tree, row]))
}

export async function readNewest(reader: Reader, tree: string): Promise<Offer | null> {
  const { rows } = await reader.query<Offer>(
    'select tree, size, note from audit_checkpoints where tree = $1 order by size desc limit 1',
    [tree],
  )
  return rows[0] ?? null
}

export async function readCheckpoint(reader: Reader, tree: string, size: number): Promise<Offer | null> {
  const { rows } = await reader.query<Offer>(
    'select tree, size, note from audit_checkpoints where tree = $1 and size = $2',
    [tree, size],
  )
  return rows[0] ?? null
}

/** The largest size that a witness has co-signed, by tree. */
export async function readStands(
  reader: Reader,
  witnessId: Id,
  trees: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await reader.query<{ tree: string; size: number }>(
    `select t.tree, s.size from unnest($2::text[]) as t (tree) cross join lateral (
       select size from audit_cosignatures where witness_id = $1 and tree = t.tree order by size desc limit 1) s`,
    [witnessId, trees],
  )
  return new Map(rows.map((row) => [row.tree, row.size]))
}
