import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { newId } from '@/lib/ids'
import type { Request } from '@/lib/policy/facts'
import type { Level } from '@/lib/policy/vocabulary'
import type { Database, Reader } from '@/server/db/client'
import { authorize, authorizeEach, type Refusal } from '@/server/policy/authorize'
import { whoCan } from '@/server/policy/who-can'
import { openTestDatabase } from '@/tests/support/database'
import { threeAgencies } from '@/tests/support/three-agencies'

let db: Database
let scene: Awaited<ReturnType<typeof threeAgencies>>
beforeAll(async () => {
  db = await openTestDatabase()
  scene = await threeAgencies(db)
})
afterAll(() => db.close())

type Who = keyof Awaited<ReturnType<typeof threeAgencies>>['people']
type Which = keyof Awaited<ReturnType<typeof threeAgencies>>['sections']
const discover = { ask: 'level', needs: 'discover' } as const
const refusal = (promise: Promise<unknown>): Promise<Refusal> =>
  promise.then(
    () => expect.fail('was allowed'),
    (error) => error,
  )

describe('what each person of three agencies gets', () => {
  const EXPECTED: [Who, Record<Which, Level>][] = [
    ['countyLead', { open: 'manage', shared: 'read', named: 'read', closed: 'none' }],
    ['countyReader', { open: 'read', shared: 'read', named: 'none', closed: 'none' }],
    ['weatherSteward', { open: 'edit', shared: 'manage', named: 'none', closed: 'none' }],
    ['weatherEditor', { open: 'edit', shared: 'edit', named: 'none', closed: 'none' }],
    ['hospitalLead', { open: 'edit', shared: 'none', named: 'manage', closed: 'manage' }],
    ['hospitalEditor', { open: 'edit', shared: 'none', named: 'none', closed: 'edit' }],
    ['guest', { open: 'none', shared: 'none', named: 'none', closed: 'none' }],
    ['auditor', { open: 'none', shared: 'none', named: 'none', closed: 'none' }],
  ]
  test.each(EXPECTED)('%s', async (who, expected) => {
    const each = await authorizeEach(db, scene.people[who], { documentId: scene.documentId }, discover)
    const levelOf = (id: string) => each.sections.find((one) => one.sectionId === id)?.decision.level
    for (const [which, level] of Object.entries(expected) as [Which, Level][]) {
      expect(levelOf(scene.sections[which]), which).toBe(level)
      const one = await authorize(
        db,
        scene.people[who],
        { sectionId: scene.sections[which] },
        discover,
      ).catch((error: Refusal) => error)
      expect(one.decision.level, which).toBe(level)
      const panel = await whoCan(db, { sectionId: scene.sections[which] })
      const inPanel = panel.find((person) => person.personId === scene.people[who].personId)
      expect({ ...inPanel?.decision, asked: one.decision.asked }, which).toEqual(one.decision)
    }
  })
})

describe('[R0] hidden and missing look alike', () => {
  const missing = () => ({ sectionId: newId() })
  const ASKS = [
    discover,
    { ask: 'level', needs: 'edit' },
    { ask: 'govern' },
    { ask: 'handle', how: 'export', reason: 'x' },
  ] as const

  test.each(ASKS)('for $ask', async (request) => {
    const hidden = await refusal(
      authorize(db, scene.people.countyReader, { sectionId: scene.sections.closed }, request),
    )
    const absent = await refusal(authorize(db, scene.people.countyReader, missing(), request))
    expect([hidden.code, hidden.forPeople, hidden.details]).toEqual(['hidden', NOT_FOUND_FOR_PEOPLE, {}])
    expect([absent.code, absent.forPeople, absent.details]).toEqual(['hidden', NOT_FOUND_FOR_PEOPLE, {}])
    expect([hidden.decision.rule, absent.decision.rule]).toEqual(['R5', 'R0'])
  })

  test('they take the same number of queries', async () => {
    const queriesFor = async (ref: { sectionId: string }) => {
      let count = 0
      const counting: Reader = {
        orm: db.orm,
        query: (text, values) => {
          count++
          return db.query(text, values)
        },
      }
      await refusal(authorize(counting, scene.people.countyReader, ref, discover))
      return count
    }
    expect(await queriesFor(missing())).toBe(3)
    expect(await queriesFor({ sectionId: scene.sections.closed })).toBe(3)
  })

  test('an id that is no id is missing, not an error', async () => {
    for (const id of ['', 'x', "'; drop table people", scene.sections.open.toUpperCase()]) {
      for (const ref of [{ sectionId: id }, { documentId: id }, { workspaceId: id }]) {
        expect((await refusal(authorize(db, scene.people.countyLead, ref, discover))).code).toBe('hidden')
      }
    }
  })

  test('a removed section is there only for who may bring it back', async () => {
    const { world, orgs, documentId, people } = scene
    const sectionId = await world.section(documentId, orgs.weather, { removedAt: Date.now() })
    expect((await refusal(authorize(db, people.weatherSteward, { sectionId }, discover))).code).toBe('hidden')
    await authorize(db, people.weatherSteward, { sectionId }, { ask: 'govern' })
    expect((await refusal(authorize(db, people.countyLead, { sectionId }, { ask: 'govern' }))).code).toBe(
      'hidden',
    )
    const each = await authorizeEach(db, people.weatherSteward, { documentId }, discover)
    expect(each.sections.some((one) => one.sectionId === sectionId)).toBe(false)
  })
})

describe('a refusal about what one can see names the rule and whom to ask', () => {
  const CASES: [string, Who, Which, Request, RegExp, RegExp][] = [
    [
      '[R7] a reader edits',
      'countyReader',
      'open',
      { ask: 'level', needs: 'edit' },
      /role/,
      /a lead of County/,
    ],
    [
      '[R5] County edits the forecast',
      'countyLead',
      'shared',
      { ask: 'level', needs: 'edit' },
      /boundary/,
      /a steward of National Weather/,
    ],
    [
      '[R7] an editor of another agency rules',
      'weatherEditor',
      'open',
      { ask: 'govern' },
      /County/,
      /a steward of County/,
    ],
    [
      '[R9] an export without the right',
      'countyLead',
      'open',
      { ask: 'handle', how: 'export', reason: 'x' },
      /taken out/,
      /County/,
    ],
  ]
  test.each(CASES)('%s', async (title, who, which, request, why, ask) => {
    const error = await refusal(
      authorize(db, scene.people[who], { sectionId: scene.sections[which] }, request),
    )
    expect(error.code).toBe('denied')
    expect(error.details.rule).toBe(title.slice(1, 3))
    expect(error.forPeople).toMatch(why)
    expect(error.details.ask).toMatch(ask)
    expect(error.object).toEqual({
      workspaceId: scene.workspaceId,
      documentId: scene.documentId,
      sectionId: scene.sections[which],
    })
  })

  test('[R7] members and record of a workspace one is in', async () => {
    const { people, workspaceId, orgs } = scene
    await authorize(db, people.countyLead, { workspaceId }, { ask: 'members', orgId: orgs.county })
    const members = { ask: 'members', orgId: orgs.weather } as const
    expect((await refusal(authorize(db, people.countyLead, { workspaceId }, members))).code).toBe('denied')
    expect((await refusal(authorize(db, scene.stranger, { workspaceId }, members))).code).toBe('hidden')
    await authorize(db, people.auditor, { workspaceId }, { ask: 'record' })
    expect((await refusal(authorize(db, people.countyLead, { workspaceId }, { ask: 'record' }))).code).toBe(
      'denied',
    )
  })
})

describe('[R1] who is asking is read anew', () => {
  const open = () => ({ sectionId: scene.sections.open })
  const newcomer = async (session: Parameters<typeof scene.world.actor>[1] = {}, orgId?: string) => {
    const personId = await scene.world.person(orgId ?? scene.orgs.county)
    await scene.world.membership(scene.workspaceId, personId, 'editor')
    return scene.world.actor(personId, session)
  }

  test('a session that has ended, run out, rested too long, or belongs to someone else', async () => {
    const ended = await newcomer({ endedAt: Date.now() + 5_000 })
    const ranOut = await newcomer({ expiresAt: Date.now() - 1 })
    const borrowed = { ...(await newcomer()), sessionId: scene.people.countyLead.sessionId }
    const rested = { ...(await newcomer({ seenAt: Date.now() - 31 * 60_000 })), idleMinutes: 30 }
    await authorize(db, { ...rested, idleMinutes: 32 }, open(), discover)
    for (const actor of [ended, ranOut, borrowed, rested]) {
      expect((await refusal(authorize(db, actor, open(), discover))).code).toBe('signed_out')
      expect((await refusal(authorize(db, actor, { sectionId: newId() }, discover))).code).toBe('signed_out')
      expect((await refusal(authorizeEach(db, actor, { documentId: newId() }, discover))).code).toBe(
        'signed_out',
      )
    }
  })

  test('a suspended person, whatever the actor says', async () => {
    const actor = await newcomer()
    await authorize(db, actor, open(), discover)
    await db.query(`update people set state = 'suspended' where id = $1`, [actor.personId])
    expect((await refusal(authorize(db, actor, open(), discover))).code).toBe('signed_out')
  })

  test('the organisation is the one in the database, not the one the actor names', async () => {
    const actor = { ...scene.people.weatherEditor, orgId: scene.orgs.hospital }
    expect((await refusal(authorize(db, actor, { sectionId: scene.sections.closed }, discover))).code).toBe(
      'hidden',
    )
  })

  test('a sign-in that is too weak: a member learns it, a stranger learns nothing', async () => {
    const { world, orgs, people, stranger } = scene
    const workspaceId = await world.workspace(orgs.county, { minimumStrength: 2 })
    await world.participation(workspaceId, orgs.county)
    await world.membership(workspaceId, people.countyLead.personId, 'lead')
    const weak = await refusal(authorize(db, people.countyLead, { workspaceId }, { ask: 'enter' }))
    expect([weak.code, weak.details.rule]).toEqual(['denied', 'R1'])
    expect((await refusal(authorize(db, stranger, { workspaceId }, { ask: 'enter' }))).code).toBe('hidden')
    await authorize(
      db,
      await world.actor(people.countyLead.personId, { strength: 2 }),
      { workspaceId },
      { ask: 'enter' },
    )
    const panel = await whoCan(db, { workspaceId })
    expect(panel.map((person) => person.decision.level)).toEqual(['edit'])
  })
})
