import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Bug } from '@/server/operations/report-bug'
import type { Services } from '@/server/services'
import { CASES } from '@/tests/operations/cases'
import { eventsOf, openPlan, type Plan, traceOf } from '@/tests/operations/plan'

const FOLDER = fileURLToPath(new URL('../../server/operations', import.meta.url))
/** Sign-in, accounts and organisations are proven with identity. */
const ELSEWHERE = ['identity', 'entry']

let plan: Plan
beforeAll(async () => {
  plan = await openPlan()
})
afterAll(() => plan.services.close())

const actorOf = (who: (typeof CASES)[number]['allowed']) =>
  who === 'stranger' ? plan.stranger : plan.people[who]

/** Takes the event, and then cannot write it: as when the right to INSERT was taken away. */
const withBrokenRecord = (services: Services): Services => ({
  ...services,
  recorder: {
    ...services.recorder,
    append(tx, draft) {
      const id = services.recorder.append(tx, draft)
      tx.beforeCommit('broken', async () => {
        throw new Error('permission denied for table audit_inbox')
      })
      return id
    },
  },
})

it('every operation has a case', () => {
  const operations = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        file.endsWith('.ts') &&
        file.includes('/') &&
        !ELSEWHERE.some((folder) => file.startsWith(`${folder}/`)),
    )
    .filter((file) => readFileSync(`${FOLDER}/${file}`, 'utf8').includes(': Operation<'))
    .map((file) => file.replace(/\.ts$/, ''))
  expect(operations.length).toBeGreaterThan(30)
  expect(operations.sort()).toEqual(CASES.map(({ file }) => file).sort())
})

// In this order: refusals and failures leave nothing behind, so that all can share one world.
describe('refused', () => {
  const refused = CASES.flatMap((one) => (one.denied === null ? [] : [{ ...one, denied: one.denied }]))

  it.each(refused)('[$denied.rule] $file to $denied.who, on record', async ({ event, denied, prepare }) => {
    const actor = actorOf(denied.who)
    const run = await prepare(plan)
    const before = await traceOf(plan)
    await expect(run(plan.services, actor)).rejects.toMatchObject({ code: denied.code })
    const [last] = await eventsOf(plan)
    expect(last).toMatchObject({
      type: event,
      outcome: 'denied',
      rule: denied.rule ?? null,
      actor_person_id: actor.personId,
    })
    const changed = changedTables(before, await traceOf(plan))
    expect(changed.filter((table) => !table.startsWith('audit_'))).toEqual([])
    expect(changed).toContain('audit_inbox')
  })
})

describe('no trace when it cannot be put on record', () => {
  it.each(CASES)('$file', async ({ allowed, prepare }) => {
    const broken = withBrokenRecord(plan.services)
    const run = await prepare(plan)
    const before = await traceOf(plan)
    await expect(run(broken, actorOf(allowed))).rejects.toBeInstanceOf(Bug)
    expect(changedTables(before, await traceOf(plan))).toEqual([])
  })
})

describe('done, and on record', () => {
  it.each(CASES)('$file for $allowed', async ({ event, allowed, denied, prepare }) => {
    const actor = actorOf(allowed)
    const run = await prepare(plan)
    await run(plan.services, actor)
    const [last] = await eventsOf(plan, event)
    expect(last).toMatchObject({ outcome: 'allowed', actor_person_id: actor.personId })
    if (denied?.rule !== undefined) expect(last?.rule).toMatch(/^R\d$/)
  })
})

const changedTables = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter((table) => before[table] !== after[table])
