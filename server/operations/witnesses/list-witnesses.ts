import type { Id } from '@/lib/ids'
import type { WitnessesView, WitnessView } from '@/lib/views/sealing/witness'
import { isOfDemonstration } from '@/lib/witness/demonstration'
import { readLogKeys } from '@/server/audit/sealing/log-keys'
import { readTreesOf } from '@/server/audit/sealing/quorum'
import type { Reader } from '@/server/db/client'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** Days for which one that was ended still stands in the list. */
const KEPT_DAYS = 90

/** The witnesses of the administrator's own organisation, how they are, and what a new one must be told. */
export const listWitnesses: Operation<undefined, WitnessesView> = {
  event: 'witness.listed',
  own: true,
  async run(context) {
    const { tx, actor, at, services } = context
    requireAdministrator(actor)
    const trees = await readTreesOf(tx, actor.orgId, at)
    const witnesses = await readWitnesses(tx, actor.orgId, trees, at)
    context.recordView(
      { object: { targetId: actor.orgId }, volume: { witnesses: witnesses.length } },
      witnesses.map(({ id, endedAt }) => [id, endedAt]),
    )
    return { host: services.env.publicUrl, logKeys: await readLogKeys(tx), witnesses }
  },
}

interface Row {
  id: Id
  name: string
  verifier_key: string
  valid_from: Date
  by: string | null
  ended_at: Date | null
  seen_at: Date | null
  signed_at: Date | null
  signed: number
  of: number
  refusals: number
}

const WITNESSES = `
select w.id, w.name, w.verifier_key, w.valid_from, w.ended_at, p.name as by, c.seen_at,
  (select received_at from audit_cosignatures s where s.witness_id = w.id order by received_at desc limit 1) as signed_at,
  (select count(*)::int from unnest($2::text[]) as t (tree)
    where exists (select 1 from audit_cosignatures s where s.witness_id = w.id and s.tree = t.tree)) as signed,
  (select count(*)::int from unnest($2::text[]) as t (tree)
    where exists (select 1 from audit_checkpoints s where s.tree = t.tree)) as of,
  (select count(*)::int from audit_warnings a where a.witness_id = w.id and a.why = 'refused' and a.ended_at is null
    and a.tree = any($2)) as refusals
from audit_witnesses w left join people p on p.id = w.granted_by left join audit_witness_contacts c on c.witness_id = w.id
where w.org_id = $1 and (w.ended_at is null or w.ended_at > $3) order by w.ended_at is not null, w.valid_from desc`

const readWitnesses = async (
  reader: Reader,
  orgId: Id,
  trees: readonly string[],
  at: Date,
): Promise<WitnessView[]> => {
  const since = new Date(at.getTime() - KEPT_DAYS * 86_400_000)
  const { rows } = await reader.query<Row>(WITNESSES, [orgId, trees, since])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    verifierKey: row.verifier_key,
    registeredAt: row.valid_from.toISOString(),
    registeredBy: row.by,
    endedAt: row.ended_at?.toISOString() ?? null,
    seenAt: row.seen_at?.toISOString() ?? null,
    signedAt: row.signed_at?.toISOString() ?? null,
    trees: { signed: row.signed, of: row.of },
    refusals: row.refusals,
    demonstration: isOfDemonstration(row.name),
  }))
}
