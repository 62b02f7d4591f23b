import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { endOfMonth, monthOf } from '@/lib/audit/month'
import type { RetentionView } from '@/lib/views/retention/retention'
import { moveSegments } from '@/server/audit/retention/move-segments'
import { registerSegments } from '@/server/audit/retention/register-segments'
import { type KeptCheckpoints, openKeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { signGrown } from '@/server/audit/trees/sign-checkpoints'
import { verifyWriterChains } from '@/server/audit/verify/verify-chains'
import { verifyRecord } from '@/server/audit/verify-record'
import type { Actor } from '@/server/identity/actor'
import { getRetention } from '@/server/operations/retention/get-retention'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import type { Chore } from '@/server/upkeep/chore'
import { openPlan, type Plan } from '@/tests/operations/plan'
import { sequenceAll } from '@/tests/support/record/sequence-all'
import { testEnv } from '@/tests/support/services'

export const DAY = 86_400_000
const start = new Date()
export const month = monthOf(start)
/** So many months after the first month's end, and a few days. */
export const later = (months: number, days = 4) => new Date(endOfMonth(month, months).getTime() + days * DAY)

/** One world, its clock and its folder, made anew before every test. */
export const bed = {} as {
  plan: Plan
  clock: Date
  dataDir: string
  other: Actor
  tree: string
  kept: KeptCheckpoints
}

export const aBedForEach = (): void => {
  beforeEach(async () => {
    bed.clock = start
    bed.dataDir = mkdtempSync(join(tmpdir(), 'liaison-segments-'))
    const { dataDir } = bed
    const checkpointDir = join(dataDir, 'checkpoints')
    const env = { ...testEnv, dataDir, checkpointDir, logKeyFile: join(dataDir, 'log-key') }
    bed.plan = await openPlan({ now: () => bed.clock, env })
    bed.kept = await openKeptCheckpoints(checkpointDir)
    const { world, workspaceId, orgs, services } = bed.plan
    bed.tree = `workspace:${workspaceId}`
    const weather = await world.person(orgs.weather, { name: 'Wilma Auditor' })
    await world.membership(workspaceId, weather, 'auditor')
    bed.other = await world.actor(weather)
    await services.db.query(`update sessions set expires_at = now() + interval '20 years'`)
  })
  afterEach(async () => {
    await bed.plan.services.close()
    rmSync(bed.dataDir, { recursive: true, force: true })
  })
}

export const run = <In, Out>(
  operation: Operation<In, Out>,
  input: In,
  who: Actor = bed.plan.people.auditor,
) =>
  bed.plan.services.db
    .query('update sessions set confirmed_at = $1', [bed.clock])
    .then(() => runOperation(bed.plan.services, who, operation, input))
export const chore = (one: Chore) =>
  bed.plan.services.db.transaction((tx) => one.run(bed.plan.services, tx, bed.clock))
export const view = (): Promise<RetentionView> => run(getRetention, { workspaceId: bed.plan.workspaceId })
export const segment = async () => (await view()).segments.find((one) => one.month === month)

export const append = (times: number) =>
  bed.plan.services.db.transaction(async (tx) => {
    const { personId, orgId, sessionId } = bed.plan.people.weatherEditor
    for (let i = 0; i < times; i++)
      bed.plan.services.recorder.append(tx, {
        type: 'section.opened',
        outcome: 'allowed',
        actor:
          i % 5 === 0 ? { personId: null, orgId: null, sessionId: null } : { personId, orgId, sessionId },
        object: { workspaceId: bed.plan.workspaceId, documentId: bed.plan.documentId },
        clear: { address: `192.0.2.${i % 200}` },
      })
  })

export const sequence = () => sequenceAll(bed.plan.services, bed.kept)

/** A checkpoint of every tree as it stands. */
export const sign = () => signGrown(bed.plan.services, bed.kept)

/** Chains hold; every event that is here is what its leaf says; the tree's head is what its leaves give. */
export const verified = async () => {
  await sequence()
  const { db } = bed.plan.services
  // A row that the world puts there past the recorder is nobody's chain.
  const { faults } = await verifyWriterChains(db)
  expect(faults.filter(({ writer }) => !writer.startsWith('elsewhere'))).toEqual([])
  const report = await verifyRecord(db, { only: bed.tree, kept: bed.kept })
  expect(report.faults).toEqual([])
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from audit_log l join audit_inbox i on i.id = l.event_id
     where l.leaf_hash <> sha256('\\x00'::bytea || convert_to(i.canonical, 'UTF8'))`,
  )
  expect(rows).toEqual([{ n: 0 }])
}

export const here = async () =>
  (
    await bed.plan.services.db.query<{ n: number }>(
      `select count(*) as n from audit_inbox i join audit_log l on l.event_id = i.id
       join audit_segments s on s.tree = l.tree and l.index between s.first_index and s.last_index
       where s.tree = $1 and s.month = $2`,
      [bed.tree, month],
    )
  ).rows[0]?.n

/** The first month is registered, and lies in its files. */
export const cold = async (times = 700) => {
  await append(times)
  await sequence()
  bed.clock = later(0)
  await append(3)
  await sequence()
  await sign()
  while (await chore(registerSegments));
  bed.clock = later(12)
  while (await chore(moveSegments));
}
