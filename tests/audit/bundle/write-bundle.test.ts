import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BundleLine } from '@/lib/audit/bundle'
import { newId } from '@/lib/ids'
import {
  BUNDLE_START,
  type BundlePosition,
  bundleChunks,
  planBundle,
} from '@/server/audit/bundle/write-bundle'
import { treeOf } from '@/server/audit/inbox'
import { sequenceAll } from '@/tests/support/record/sequence-all'
import { type TestServices, testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

type World = Awaited<ReturnType<typeof threeAgencies>>
let services: TestServices
let world: World

beforeEach(async () => {
  services = await testServices()
  world = await threeAgencies(services.db)
})
afterEach(() => services.close())

/** Looks at sections and at the workspace, by people of two agencies. */
const record = (
  who: 'countyReader' | 'weatherSteward',
  type: 'section.opened' | 'workspace.viewed',
  times: number,
) =>
  services.db.transaction(async (tx) => {
    const { personId, orgId, sessionId } = world.people[who]
    const { workspaceId, documentId } = world
    const section = type === 'section.opened' ? { documentId, sectionId: world.sections.open } : {}
    for (let i = 0; i < times; i++)
      services.recorder.append(tx, {
        type,
        outcome: 'allowed',
        actor: { personId, orgId, sessionId },
        object: { workspaceId, ...section },
        clear: { address: `10.0.0.${i}` },
      })
  })

const planOf = (scope: { kind: 'whole' } | { kind: 'agency'; orgId: string } = { kind: 'whole' }) =>
  planBundle(services.db, {
    tree: treeOf(world.workspaceId),
    scope,
    host: 'liaison.example',
    now: new Date(),
  })

const read = async (plan: Awaited<ReturnType<typeof planOf>>, from?: BundlePosition) => {
  const texts: string[] = []
  const positions: BundlePosition[] = []
  for await (const { text, next } of bundleChunks(services.db, services.personKeys, plan, from)) {
    texts.push(text)
    positions.push(next)
  }
  const lines = texts.flatMap((text) => text.trimEnd().split('\n'))
  return { texts, positions, lines: lines.map((line) => JSON.parse(line) as BundleLine) }
}

describe('write a bundle', () => {
  test('the whole record: every leaf and every event, with what is opened of it, and an end', async () => {
    await record('countyReader', 'section.opened', 3)
    await record('weatherSteward', 'workspace.viewed', 2)
    await sequenceAll(services)
    const { lines } = await read(await planOf())
    expect(lines[0]).toMatchObject({ kind: 'bundle', v: 1, origin: 'liaison.example', scope: 'whole' })
    const { county, weather, hospital } = world.orgs
    const quorum = lines.find(({ kind }) => kind === 'quorum')
    expect(quorum).toMatchObject({ host: county, of: [weather, hospital].sort(), needed: 2 })
    const leaves = lines.filter((line) => line.kind === 'leaves')
    expect(leaves.map(({ from, hashes }) => [from, Buffer.from(hashes, 'base64').length])).toEqual([
      [0, 5 * 32],
    ])
    const events = lines.filter((line) => line.kind === 'event')
    expect(events.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
    expect(events[1]?.clear).toMatchObject([{ field: 'address', value: '"10.0.0.1"' }])
    expect(lines.at(-1)).toEqual({ kind: 'end', events: 5, leaves: 5 })
  })

  test('an agency has all leaves, what concerns it, and no personal value of another', async () => {
    await record('countyReader', 'section.opened', 2)
    await record('weatherSteward', 'section.opened', 1)
    await record('weatherSteward', 'workspace.viewed', 1)
    await record('countyReader', 'workspace.viewed', 1)
    await sequenceAll(services)
    const events = async (orgId: string) =>
      (await read(await planOf({ kind: 'agency', orgId }))).lines.filter((line) => line.kind === 'event')
    const county = await events(world.orgs.county)
    expect(county.map(({ index }) => index)).toEqual([0, 1, 2, 4])
    expect(county.map(({ clear }) => clear.length)).toEqual([1, 1, 0, 1])
    expect((await events(world.orgs.weather)).map(({ index }) => index)).toEqual([2, 3])
    expect(await events(world.orgs.hospital)).toEqual([])
    const { lines } = await read(await planOf({ kind: 'agency', orgId: world.orgs.hospital }))
    expect(lines.at(-1)).toEqual({ kind: 'end', events: 0, leaves: 5 })
  })

  test('goes on from any position with exactly the rest, also when the tree has grown', async () => {
    await record('countyReader', 'section.opened', 1_200)
    await sequenceAll(services)
    const plan = await planOf()
    const whole = await read(plan)
    expect(whole.texts.length).toBeGreaterThan(4)
    await record('countyReader', 'section.opened', 10)
    await sequenceAll(services)
    for (const [i, position] of whole.positions.entries()) {
      const rest = await read(plan, JSON.parse(JSON.stringify(position)) as BundlePosition)
      expect(rest.texts.join('')).toBe(whole.texts.slice(i + 1).join(''))
    }
    expect((await read(plan, BUNDLE_START)).texts).toEqual(whole.texts)
  })

  test('a workspace without a record gives a bundle that says so', async () => {
    const { lines } = await read(
      await planBundle(services.db, {
        tree: treeOf(newId()),
        scope: { kind: 'whole' },
        host: 'h',
        now: new Date(),
      }),
    )
    expect(lines.map(({ kind }) => kind)).toEqual(['bundle', 'quorum', 'end'])
  })
})
