import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { EMPTY_EDGE, edgeBytes, growEdge } from '@/lib/audit/tree/edge'
import { readSeal } from '@/server/audit/sealing/seal'
import { singCanary } from '@/server/upkeep/canary'
import { startUpkeep } from '@/server/upkeep/upkeep'
import { watchSeals } from '@/server/upkeep/watch-seals'
import type { ServerProcess } from '@/tests/support/server'
import { type Witness, type WitnessProgram, witnessProgram } from '@/tests/support/witness/program'
import { openSealingBed, type SealingBed } from '@/tests/support/witness/sealing-bed'

/** Three agencies with the real program as processes of their own, one host with its real front door. */
let bed: SealingBed
let program: WitnessProgram
const witnesses: Partial<Record<'weather' | 'hospital' | 'outside', Witness>> = {}
const running = new Set<ServerProcess>()
const run = (agency: keyof typeof witnesses) => {
  const one = (witnesses[agency] ?? expect.fail()).run()
  running.add(one)
  return one
}

beforeAll(async () => {
  bed = await openSealingBed()
  program = await witnessProgram()
  await bed.grow(3)
  for (const agency of ['weather', 'hospital', 'outside'] as const) {
    const made = await program.make(bed.address, `${agency}.example/witness`)
    const { token } = await bed.register(agency, made.key)
    expect(await made.call(['join'], `${token}\n`)).toMatchObject({ code: 0 })
    witnesses[agency] = made
  }
})
afterEach(async () => {
  for (const one of running) await one.stop('SIGKILL')
  running.clear()
})
afterAll(async () => {
  await bed.close()
  program.remove()
})

const seal = () => readSeal(bed.db, bed.tree, bed.services.now())
/** Asks until it is so: what other processes do is not told to this one. */
const until = async (holds: () => Promise<boolean>) => {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
}
const sealedAt = (size: number) => until(async () => ((await seal())?.sealed?.size ?? 0) >= size)
const chore = (one: typeof watchSeals) => startUpkeep(bed.services, [one]).runNow()
const open = async () =>
  (await bed.rows<{ why: string }>('select why from audit_warnings where ended_at is null order by why')).map(
    ({ why }) => why,
  )
const types = async (type: string) =>
  (await bed.rows('select 1 as one from audit_inbox where type = $1', [type])).length

it('three witnesses: sealed by all of them', async () => {
  for (const agency of ['weather', 'hospital', 'outside'] as const) run(agency)
  const size = (await seal())?.size ?? 0
  await sealedAt(size)
  await until(async () => (await seal())?.signedBy.length === 3)
  expect(await seal()).toMatchObject({ of: 3, needed: 2, sealed: { size } })
})

it('one of three is offline: still sealed, by two; it catches up when it is back', async () => {
  await bed.grow(2)
  const size = (await seal())?.size ?? 0
  run('weather')
  run('hospital')
  await sealedAt(size)
  expect((await seal())?.signedBy).toHaveLength(2)
  run('outside')
  await until(async () => (await seal())?.signedBy.length === 3)
})

it('two are offline: nothing is sealed; after a quarter of an hour that is said, once, and so is its end', async () => {
  await bed.grow(2)
  const size = (await seal())?.size ?? 0
  run('weather')
  await until(
    async () =>
      (await bed.rows('select 1 as one from audit_cosignatures where size = $1', [size])).length === 1,
  )
  await chore(watchSeals)
  expect(await open()).toEqual([])
  bed.clock.ahead += 16 * 60_000
  await chore(watchSeals)
  await chore(watchSeals)
  expect(await open()).toEqual(expect.arrayContaining(['not_sealed', 'silent']))
  expect(await types('record.unsealed')).toBe(1)
  expect((await seal())?.sealed?.size).toBeLessThan(size)
  run('hospital')
  run('outside')
  await sealedAt(size)
  await chore(watchSeals)
  expect(await open()).not.toContain('not_sealed')
  expect(await types('record.sealed_again')).toBe(1)
  expect(await types('witness.back')).toBeGreaterThan(0)
})

it('a read that is made to see it turns up sealed within a minute, or that is said', async () => {
  bed.clock.ahead += 600_000
  await chore(singCanary)
  const waiting = () =>
    bed.rows<{ tree: string }>('select tree from audit_canaries where tree = $1', [bed.tree])
  expect(await waiting()).toHaveLength(1)
  await bed.grow(0)
  bed.clock.ahead += 61_000
  await chore(singCanary)
  expect(await open()).toContain('canary_late')
  for (const agency of ['weather', 'hospital'] as const) run(agency)
  await bed.grow(1)
  await sealedAt((await seal())?.size ?? 0)
  await chore(singCanary)
  expect(
    (
      await bed.rows<{ why: string }>(
        `select why from audit_warnings where tree = $1 and why = 'canary_late' and ended_at is null`,
        [bed.tree],
      )
    ).length,
  ).toBe(0)
})

it('another history behind the record’s back: each witness refuses by name, and the seal stays where it was', async () => {
  const before = (await seal())?.sealed
  // As whoever owns the machine could: the last events are other ones, and everything that was signed since is forgotten.
  const rows = await bed.rows<{ leaf_hash: Buffer }>(
    'select leaf_hash from audit_log where tree = $1 order by index',
    [bed.tree],
  )
  const leaves = rows.map(({ leaf_hash }) => leaf_hash)
  leaves[leaves.length - 1] = Buffer.alloc(32, 7)
  await bed.asSuperuser(async (tx) => {
    await tx.query('update audit_log set leaf_hash = $2 where tree = $1 and index = $3', [
      bed.tree,
      leaves.at(-1),
      leaves.length - 1,
    ])
    await tx.query('update audit_heads set edge = $2 where tree = $1', [
      bed.tree,
      edgeBytes(growEdge(EMPTY_EDGE, leaves).edge),
    ])
    await tx.query('alter table audit_cosignatures disable trigger all')
    await tx.query('delete from audit_cosignatures where tree = $1 and size > $2', [
      bed.tree,
      leaves.length - 2,
    ])
    await tx.query('delete from audit_checkpoints where tree = $1 and size > $2', [
      bed.tree,
      leaves.length - 2,
    ])
    await tx.query('alter table audit_cosignatures enable always trigger audit_cosignatures_kept')
  })
  await bed.kept.setAside(bed.tree)
  await bed.grow(3)
  for (const agency of ['weather', 'hospital'] as const) run(agency)
  await until(async () => (await types('witness.refused')) >= 2)
  expect((await seal())?.sealed?.size ?? 0).toBeLessThanOrEqual(before?.size ?? 0)
  for (const agency of ['weather', 'hospital'] as const)
    expect(witnesses[agency]?.read().evidence.at(-1)?.why).toBe('not_a_continuation')
  expect(await open()).toContain('refused')
})
