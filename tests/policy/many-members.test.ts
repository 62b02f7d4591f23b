import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Facts } from '@/lib/policy/facts'
import { LEVELS, ROLES, SUBJECT_KINDS } from '@/lib/policy/vocabulary'
import type { Database } from '@/server/db/client'
import type { Actor } from '@/server/identity/actor'
import { authorize, Refusal } from '@/server/policy/authorize'
import { asItIs, everyoneOn, LEVEL, type PersonAnswer, whoCanIf } from '@/server/policy/who-can'
import { openTestDatabase } from '@/tests/support/database'
import { pick, seeded } from '@/tests/support/seeded'
import { worldIn } from '@/tests/support/world'

/** So many that those whose membership is in force are more than from which on rows are loaded in another way. */
const PEOPLE = 100
const HOUR = 3_600_000

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const OVER = { endedAt: Date.now() - 1 }

/** Three organisations with three groups each, and a section about which rows name groups, people and organisations. */
const crowd = async (seed: number) => {
  const random = seeded(seed)
  const world = worldIn(db)
  const orgs = [await world.org(), await world.org(), await world.org()]
  const workspaceId = await world.workspace(orgs[0] as string)
  const groups = new Map<string, string[]>()
  for (const org of orgs) {
    await world.participation(workspaceId, org)
    groups.set(org, [await world.group(org), await world.group(org), await world.group(org)])
  }
  const actors: Actor[] = []
  const when = () =>
    pick(random, [{}, {}, {}, { from: Date.now() + HOUR }, OVER, { until: Date.now() + HOUR }])
  for (let n = 0; n < PEOPLE; n++) {
    const org = pick(random, orgs)
    const personId = await world.person(org)
    if (random() < 0.3) await world.membership(workspaceId, personId, pick(random, ROLES), OVER)
    if (random() < 0.95) await world.membership(workspaceId, personId, pick(random, ROLES), when())
    for (const group of groups.get(org) ?? [])
      if (random() < 0.5) await world.inGroup(group, personId, when())
    actors.push(await world.actor(personId))
  }
  const all = [...groups.values()].flat()
  const somebody = () => {
    const kind = pick(random, SUBJECT_KINDS)
    const among = { org: orgs, group: all, person: actors.map(({ personId }) => personId) }
    return { kind, id: pick(random, among[kind]) }
  }
  const documentId = await world.document(workspaceId, pick(random, orgs))
  const sectionId = await world.section(documentId, pick(random, orgs))
  for (const on of [{ workspaceId }, { documentId }, { sectionId }]) {
    for (let n = 0; n < 3; n++) {
      const { kind, id } = somebody()
      await world.grant(on, kind, id, pick(random, LEVELS), when())
    }
    const { kind, id } = somebody()
    if (random() < 0.5) await world.deny(on, kind, id, when())
  }
  if (random() < 0.7)
    await world.boundary(
      { sectionId },
      Array.from({ length: 6 }, () => ({ ...somebody(), max: pick(random, LEVELS) })),
    )
  return { actors, groups: all, documentId, sectionId }
}

test('[R0] of very many people each gets the answer that they would get alone', async () => {
  let byGroup = 0
  let members = 0
  for (let seed = 1; seed <= 6; seed++) {
    const { actors, sectionId } = await crowd(seed)
    const few = new Map((await whoCanIf(db, { sectionId }, Date.now(), LEVEL, []))(asItIs).map(byPerson))
    const all = new Map((await whoCanIf(db, { sectionId }))(asItIs).map(byPerson))
    const [on] = await everyoneOn(db, { sectionId }, Date.now(), LEVEL)
    const compared = new Set(on?.people.map(({ personId }) => personId))
    for (const actor of actors) {
      const alone = await authorize(db, actor, { sectionId }, LEVEL).catch((error: unknown) => {
        if (error instanceof Refusal) return error
        throw error
      })
      const { asked, ...decision } = alone.decision
      expect(asked, `seed ${seed}`).toBeDefined()
      const isMember = all.has(actor.personId)
      if (isMember) members++
      expect(few.get(actor.personId), `seed ${seed}`).toEqual(isMember ? decision : undefined)
      expect(all.get(actor.personId), `seed ${seed}`).toEqual(isMember ? decision : undefined)
      if (!isMember) expect(decision.allowed, `seed ${seed}`).toBe(false)
      if (isMember) expect(compared.has(actor.personId), `seed ${seed}`).toBe(true)
      if ('facts' in alone && namesGroup(alone.facts)) byGroup++
    }
  }
  expect(byGroup).toBeGreaterThan(10)
  expect(members).toBeGreaterThan(6 * 55)
}, 60_000)

test('a group that only a hypothesis names is looked up when it is said', async () => {
  const { groups, sectionId } = await crowd(3)
  const validity = { from: 0, until: null }
  const given = (groupId: string) => (facts: Facts) => ({
    ...facts,
    denies: [
      { id: 'one', on: 'section' as const, subjectKind: 'group' as const, subjectId: groupId, validity },
    ],
  })
  let kept = 0
  for (const groupId of groups) {
    const all = (await whoCanIf(db, { sectionId }))(given(groupId))
    const said = (await whoCanIf(db, { sectionId }, Date.now(), LEVEL, [groupId]))(given(groupId))
    expect(said).toEqual(all)
    kept += all.filter(({ decision }) => decision.rule === 'R3').length
  }
  expect(kept).toBeGreaterThan(20)
}, 60_000)

const byPerson = ({ personId, decision }: PersonAnswer) => [personId, decision] as const

const namesGroup = ({ grants, denies, section }: Facts): boolean =>
  [...grants, ...denies, ...(section?.boundary?.clauses ?? [])].some(
    ({ subjectKind }) => subjectKind === 'group',
  )
