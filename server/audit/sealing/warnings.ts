import { type Id, newId } from '@/lib/ids'
import type { WarningKind, WarningView } from '@/lib/views/sealing/integrity'
import type { Reader, Tx } from '@/server/db/client'

export type OpenWarning = Omit<WarningView, 'agency'> & { orgId: Id | null }

interface Row {
  why: WarningKind
  since: Date
  name: string | null
  org_id: Id | null
  details: { signed?: { size?: number } | null; shown?: { size?: number } | null }
}

/**
 * What is not as it should be about a tree now, oldest first; with those witnesses of its organisations that are not heard.
 * @param orgIds whose witnesses are its business
 */
export async function readWarnings(
  reader: Reader,
  tree: string,
  orgIds: readonly Id[],
): Promise<OpenWarning[]> {
  const { rows } = await reader.query<Row>(
    `select a.why, a.since, w.name, w.org_id, a.details from audit_warnings a left join audit_witnesses w on w.id = a.witness_id
     where a.ended_at is null and (w.id is null or w.ended_at is null)
       and case when a.why = 'silent' then w.org_id = any($2) else a.tree = $1 end order by a.since, a.id`,
    [tree, orgIds],
  )
  return rows.map(({ why, since, name, org_id: orgId, details }) => ({
    why,
    since: since.toISOString(),
    witness: name,
    orgId,
    signedSize: details.signed?.size ?? null,
    shownSize: details.shown?.size ?? null,
  }))
}

export interface WarningKey {
  tree: string
  why: WarningKind
  witnessId: Id | null
}

/** @returns false when there is one already */
export async function beginWarning(
  tx: Tx,
  { tree, why, witnessId }: WarningKey,
  details: object,
  at: Date,
): Promise<boolean> {
  const { rows } = await tx.query(
    `insert into audit_warnings (id, tree, why, witness_id, details, since) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning 1 as one`,
    [newId(), tree, why, witnessId, JSON.stringify(details), at],
  )
  return rows.length > 0
}

/** @returns false when there was none */
export async function endWarning(tx: Tx, { tree, why, witnessId }: WarningKey, at: Date): Promise<boolean> {
  const { rows } = await tx.query(
    `update audit_warnings set ended_at = $4 where tree = $1 and why = $2 and witness_id is not distinct from $3
     and ended_at is null returning 1 as one`,
    [tree, why, witnessId, at],
  )
  return rows.length > 0
}

/** How many warnings stand, for whoever watches the figures. */
export async function countWarnings(reader: Reader): Promise<number> {
  const { rows } = await reader.query<{ n: number }>(
    'select count(*)::int as n from audit_warnings where ended_at is null',
  )
  return rows[0]?.n ?? 0
}
