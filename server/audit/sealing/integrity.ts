import type { Id } from '@/lib/ids'
import type { AgencyView } from '@/lib/views/person'
import type { AgencyStanding, IntegrityView } from '@/lib/views/sealing/integrity'
import { isOfDemonstration } from '@/lib/witness/demonstration'
import { originOf } from '@/server/audit/log-key'
import { INSTANCE_SCOPE } from '@/server/audit/record-query'
import { readCanary } from '@/server/audit/sealing/canary'
import { readLogName } from '@/server/audit/sealing/log-keys'
import { readQuorum, workspaceOf } from '@/server/audit/sealing/quorum'
import { readSeal, type Seal } from '@/server/audit/sealing/seal'
import { readWarnings } from '@/server/audit/sealing/warnings'
import { readTreeStates } from '@/server/audit/tree-state'
import type { RecordFault } from '@/server/audit/verify/fault'
import { GIVEN_UP_AFTER } from '@/server/audit/verify/verifications'
import type { Reader } from '@/server/db/client'

/** Counted up to here. */
const MOST_WAITING = 100_000

/** Everything that says whether a record is complete, unchanged and sealed; of any tree. Hashes, times and names of agencies: no event. */
export async function readIntegrity(
  reader: Reader,
  { tree, agencies }: { tree: string; agencies(ids: Iterable<Id>): Promise<Map<Id, AgencyView>> },
  at: Date,
): Promise<IntegrityView> {
  const [state] = await readTreeStates(reader, [tree])
  const seal = await readSeal(reader, tree, at)
  const logName = await readLogName(reader)
  const standings = await readStandings(reader, tree, seal?.size ?? 0, at)
  const warnings = await readWarnings(
    reader,
    tree,
    standings.map(({ orgId }) => orgId),
  )
  const known = await agencies([
    ...standings.map(({ orgId }) => orgId),
    ...(seal?.signedBy.map(({ orgId }) => orgId) ?? []),
    ...warnings.flatMap(({ orgId }) => orgId ?? []),
  ])
  const agencyOf = (id: Id): AgencyView[] => [known.get(id)].filter((one) => one !== undefined)
  return {
    at: at.toISOString(),
    size: state?.size ?? 0,
    waiting: await countWaiting(reader, tree),
    checkpoint:
      seal === null || logName === null
        ? null
        : { size: seal.size, at: seal.at.toISOString(), origin: originOf(logName, tree) },
    seal: seal === null ? null : sealView(seal, agencyOf),
    agencies: standings.flatMap(({ orgId, ...rest }) =>
      agencyOf(orgId).map((agency) => ({ agency, ...rest })),
    ),
    warnings: [
      ...(state?.alarm
        ? [
            {
              why: state.alarm.why,
              since: state.alarm.since.toISOString(),
              witness: null,
              agency: null,
              signedSize: state.alarm.signedSize,
              shownSize: state.alarm.size,
            },
          ]
        : []),
      ...warnings.map(({ orgId, ...rest }) => ({
        ...rest,
        agency: orgId === null ? null : (known.get(orgId) ?? null),
      })),
    ],
    gaps: await readGaps(reader, tree),
    verified: await readVerified(reader, tree),
    verifying: await readVerifying(reader, tree, at),
    canary: await readCanary(reader, tree, seal),
  }
}

const sealView = (
  { of, needed, sealed, signedBy }: Seal,
  agencyOf: (id: Id) => AgencyView[],
): IntegrityView['seal'] => ({
  of,
  needed,
  sealed: sealed === null ? null : { size: sealed.size, at: sealed.at.toISOString() },
  signed: signedBy.length,
  signedBy: signedBy.flatMap(({ orgId, at }) =>
    agencyOf(orgId).map((agency) => ({ agency, at: at.toISOString() })),
  ),
})

interface StandingRow {
  id: Id
  org_id: Id
  name: string
  seen_at: Date | null
  signed_at: Date | null
  size: number | null
}

type Standing = Omit<AgencyStanding, 'agency'> & { orgId: Id }

async function readStandings(reader: Reader, tree: string, newest: number, at: Date): Promise<Standing[]> {
  const { host, of } = await readQuorum(reader, tree, at)
  const orgIds = [...of, ...(host === null ? [] : [host])]
  const { rows } = await reader.query<StandingRow>(
    `select w.id, w.org_id, w.name, c.seen_at, s.received_at as signed_at, s.size
     from audit_witnesses w left join audit_witness_contacts c on c.witness_id = w.id
     left join lateral (select size, received_at from audit_cosignatures
       where witness_id = w.id and tree = $1 order by size desc limit 1) s on true
     where w.org_id = any($2) and w.ended_at is null order by w.name, w.id`,
    [tree, orgIds],
  )
  return orgIds.map((orgId) => ({
    orgId,
    host: orgId === host,
    witnesses: rows
      .filter((row) => row.org_id === orgId)
      .map((row) => ({
        id: row.id,
        name: row.name,
        seenAt: row.seen_at?.toISOString() ?? null,
        signedAt: row.signed_at?.toISOString() ?? null,
        signedSize: row.size,
        behind: newest - (row.size ?? 0),
        demonstration: isOfDemonstration(row.name),
      })),
  }))
}

async function countWaiting(reader: Reader, tree: string): Promise<number> {
  const { rows } = await reader.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from audit_pending where tree = $1 limit ${MOST_WAITING}) w`,
    [tree],
  )
  return rows[0]?.n ?? 0
}

async function readGaps(reader: Reader, tree: string): Promise<IntegrityView['gaps']> {
  const { rows } = await reader.query<{ count: number; last: Date | null }>(
    `select count(*)::int as count, max(at) as last from audit_inbox where scope_id = $1 and type = 'record.gap_found'`,
    [workspaceOf(tree) ?? INSTANCE_SCOPE],
  )
  return { count: rows[0]?.count ?? 0, lastAt: rows[0]?.last?.toISOString() ?? null }
}

async function readVerified(reader: Reader, tree: string): Promise<IntegrityView['verified']> {
  // How many events all records have together tells of others' workspaces: only its own are counted.
  const { rows } = await reader.query<{ at: Date; events: number | null; faults: RecordFault[] }>(
    `select ended_at as at, case when tree is null then null else coalesce(events, 0)::float8 end as events, coalesce(faults, '[]'::jsonb) as faults
     from audit_verifications where (tree = $1 or tree is null) and ended_at is not null order by ended_at desc limit 1`,
    [tree],
  )
  const row = rows[0]
  if (row === undefined) return null
  // One of everything lists the faults of other trees too; those are theirs to see. Chains belong to no tree.
  const faults = row.faults.filter((fault) => fault.tree === undefined || fault.tree === tree)
  const [first] = faults
  return {
    at: row.at.toISOString(),
    events: row.events,
    faults: faults.length,
    first:
      first === undefined ? null : { why: first.why, index: first.index ?? null, until: first.until ?? null },
  }
}

async function readVerifying(reader: Reader, tree: string, at: Date): Promise<IntegrityView['verifying']> {
  const { rows } = await reader.query<{ asked: Date; begun: Date | null }>(
    `select asked_at as asked, begun_at as begun from audit_verifications
     where tree = $1 and ended_at is null and asked_at > $2::timestamptz - interval '${GIVEN_UP_AFTER}'
     order by asked_at desc limit 1`,
    [tree, at],
  )
  const [row] = rows
  return row === undefined
    ? null
    : { askedAt: row.asked.toISOString(), begunAt: row.begun?.toISOString() ?? null }
}
