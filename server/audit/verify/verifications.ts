import { type Id, newId } from '@/lib/ids'
import { workspaceOf } from '@/server/audit/inbox'
import type { KeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { type ColdFiles, verifyColdFiles } from '@/server/audit/verify/cold-files'
import { verifyRecord } from '@/server/audit/verify-record'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'

const LOOK_EVERY_MS = 3_000
/** A busy start comes first. */
const FIRST_AFTER_MS = 60_000
/** Of everything, on one of the nodes. */
const FULL_EVERY = '24 hours'
/** A node that was stopped in the middle of one does not keep the others from it. */
export const GIVEN_UP_AFTER = '6 hours'
/** More than this are counted and not kept. */
const MOST_FAULTS = 100

type Needs = Pick<Services, 'db' | 'env' | 'log' | 'meter' | 'recorder' | 'now'>
type Kept = Pick<KeptCheckpoints, 'get' | 'all'>

/** Asks for a verification of one tree, unless one is waiting or under way. @returns its id */
export async function askVerification(
  tx: Tx,
  { tree, askedBy, at }: { tree: string; askedBy: Id; at: Date },
): Promise<Id> {
  const { rows } = await tx.query<{ id: Id }>(
    `select id from audit_verifications
     where tree = $1 and ended_at is null and asked_at > $2::timestamptz - interval '${GIVEN_UP_AFTER}' limit 1`,
    [tree, at],
  )
  if (rows[0]) return rows[0].id
  const id = newId()
  await tx.query('insert into audit_verifications (id, tree, asked_by, asked_at) values ($1, $2, $3, $4)', [
    id,
    tree,
    askedBy,
    at,
  ])
  return id
}

/** The next one that waits; or, when a day has passed, one of everything. Each is taken by one node. */
const takeNext = async ({ db, now }: Needs): Promise<{ id: Id; tree: string | null } | null> =>
  db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', ['verifications'])
    const at = now()
    await tx.query(
      `insert into audit_verifications (id, asked_at) select $1, $2::timestamptz where not exists (
         select 1 from audit_verifications where tree is null and asked_at > $2::timestamptz - interval '${FULL_EVERY}')`,
      [newId(), at],
    )
    const { rows } = await tx.query<{ id: Id; tree: string | null }>(
      `update audit_verifications set begun_at = $1::timestamptz where id = (
         select id from audit_verifications where ended_at is null
           and (begun_at is null or begun_at < $1::timestamptz - interval '${GIVEN_UP_AFTER}') order by tree is null, asked_at limit 1)
       returning id, tree`,
      [at],
    )
    return rows[0] ?? null
  })

/** Does the next verification that is due, if there is one. What it finds is on record, logged and counted. */
export async function verifyNext(services: Needs, kept: Kept): Promise<boolean> {
  const next = await takeNext(services)
  if (next === null) return false
  const { db, env, log, meter, recorder, now } = services
  const { trees, events, faults: within } = await verifyRecord(db, { only: next.tree, kept })
  const isAlone = db.kind === 'embedded'
  const cold = await verifyColdFiles(db, { only: next.tree, dataDir: env.dataDir, isAlone })
  if (cold.elsewhere > 0)
    log.warn({ months: cold.elsewhere }, 'cold months of the record have no file on this node: not verified')
  const faults = [...within, ...cold.faults]
  const workspaceId = next.tree === null ? null : workspaceOf(next.tree)
  await db.transaction(async (tx) => {
    await tx.query(
      'update audit_verifications set ended_at = $2, events = $3, faults = $4::jsonb where id = $1',
      [next.id, now(), events, JSON.stringify(faults.slice(0, MOST_FAULTS))],
    )
    recorder.append(tx, {
      type: 'record.verified',
      outcome: faults.length === 0 ? 'allowed' : 'failed',
      actor: { personId: null, orgId: null, sessionId: null },
      object: workspaceId === null ? {} : { workspaceId },
      volume: { trees, events, faults: faults.length, ...coldVolume(cold) },
    })
  })
  for (const fault of faults) {
    meter.alarmed(`verified_${fault.why}`)
    log.error(fault, 'the record does not hold')
  }
  return true
}

const coldVolume = ({ months, elsewhere }: ColdFiles): Record<string, number> => ({
  ...(months > 0 && { months }),
  ...(elsewhere > 0 && { months_elsewhere: elsewhere }),
})

/** Verifies in the background: what auditors ask for, and everything once a day. */
export const startVerifications = (services: Needs, kept: Kept): { stop(): Promise<void> } => {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const round = async () => {
    try {
      while (!stopped && (await verifyNext(services, kept)));
    } catch (error) {
      services.log.error({ err: error }, 'the record could not be verified')
    }
  }
  const schedule = (after: number) => {
    if (stopped) return
    timer = setTimeout(() => {
      running = round().then(() => schedule(LOOK_EVERY_MS))
    }, after)
    timer.unref()
  }
  schedule(FIRST_AFTER_MS)
  return {
    /** What is under way is left to another node, or to the next start. */
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
