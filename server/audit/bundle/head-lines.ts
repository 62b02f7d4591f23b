import type { BundleLine } from '@/lib/audit/bundle'
import type { Id } from '@/lib/ids'
import type { RecordScope } from '@/server/audit/scope'
import { readQuorum } from '@/server/audit/sealing/quorum'
import type { Reader } from '@/server/db/client'

/** What is fixed when a bundle is begun, as plain JSON: whoever goes on with it later writes the same one. */
export interface BundlePlan {
  tree: string
  /** Leaves of the tree that it holds: of the newest checkpoint, or of the tree where nothing is signed yet. */
  size: number
  /** Name of the installation. */
  host: string
  scope: RecordScope
  made: string
}

/** What comes before the leaves: keys, whose word seals the tree, signed heads. A few hundred lines at most. */
export const headLines = async (reader: Reader, plan: BundlePlan): Promise<BundleLine[]> => {
  const { tree, host, scope, made } = plan
  // Of the moment at which the bundle was begun: whoever goes on with it later writes the same one.
  const quorum = await readQuorum(reader, tree, new Date(made))
  return [
    {
      kind: 'bundle',
      v: 1,
      made,
      origin: host,
      scope: scope.kind === 'whole' ? 'whole' : scope.orgId,
    },
    ...(await readLogKeys(reader)),
    ...(await readWitnessKeys(reader, tree, quorum.of)),
    { kind: 'quorum', tree, ...quorum, host: quorum.host ?? '' },
    ...(await readCheckpoints(reader, plan)),
  ]
}

const readLogKeys = async (reader: Reader): Promise<BundleLine[]> => {
  const { rows } = await reader.query<{ key: string; from: Date; until: Date | null }>(
    'select verifier_key as key, begun_at as from, ended_at as until from audit_log_keys order by begun_at',
  )
  return rows.map(({ key, from, until }) => ({
    kind: 'key',
    role: 'log',
    key,
    from: from.toISOString(),
    until: until?.toISOString() ?? null,
  }))
}

/** Of those who take part now, and of everybody whose word stands on this tree. */
const readWitnessKeys = async (reader: Reader, tree: string, of: readonly Id[]): Promise<BundleLine[]> => {
  const { rows } = await reader.query<{ org: Id; key: string }>(
    `select org_id as org, verifier_key as key from audit_witnesses w
     where org_id = any($2::uuid[]) or exists (select 1 from audit_cosignatures c where c.tree = $1 and c.witness_id = w.id)
     order by org_id, id`,
    [tree, of],
  )
  return rows.map((row) => ({ kind: 'key', role: 'witness', ...row }))
}

/**
 * There is a head for every second in which a tree grew. A bundle holds the last one of each day, the newest, and the
 * newest that the most organisations have signed: leaves are all there, so that each can be worked out again.
 */
const readCheckpoints = async (reader: Reader, { tree, size }: BundlePlan): Promise<BundleLine[]> => {
  const { rows } = await reader.query<{ note: string }>(
    `with signed as (
       select size, count(distinct w.org_id) as orgs, string_agg(line, '' order by c.witness_id) as lines
       from audit_cosignatures c join audit_witnesses w on w.id = c.witness_id
       where tree = $1 and size <= $2 group by size
     ), chosen as (
       select max(size) as size from audit_checkpoints where tree = $1 and size <= $2
         group by (at at time zone 'UTC')::date
       union (select size from signed order by orgs desc, size desc limit 1)
     )
     select p.note || coalesce(s.lines, '') as note from audit_checkpoints p
     join chosen using (size) left join signed s using (size) where p.tree = $1 order by p.size`,
    [tree, size],
  )
  return rows.map(({ note }) => ({ kind: 'checkpoint', tree, note }))
}
