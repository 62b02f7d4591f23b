import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/server/identity/actor'
import { createTRPCCaller } from '@/tests/identity/call'
import {
  givePassword,
  type Identity,
  openIdentity,
  PASSWORD,
  signedIn,
  source,
} from '@/tests/identity/support'

let identity: Identity
let ana: Actor & { cookie: string }
beforeEach(async () => {
  identity = await openIdentity()
  ana = await signedIn(identity)
})
const as = (actor: Actor | null) => createTRPCCaller(identity, actor)

const addPerson = async (name: string, more: { administrator?: boolean; orgId?: string } = {}) => {
  const email = `${name}-${identity.email}`
  const personId = await identity.world.person(more.orgId ?? identity.orgId, {
    name,
    email,
    administrator: more.administrator ?? false,
  })
  await givePassword(identity.services, personId, PASSWORD)
  return { personId, email }
}

const outcomes = async (type: string) => (await identity.events(type)).map((event) => event.outcome)

describe('suspending', () => {
  it('[R1] ends every session at once, tells open sockets, is on record', async () => {
    const { personId, email } = await addPerson('ben')
    const [one, two] = [await signedIn(identity, { email }), await signedIn(identity, { email })]
    await as(ana).people.suspend({ personId })
    for (const { cookie } of [one, two])
      expect(await identity.sessions.actorOfCookies(cookie, source())).toBeNull()
    expect(identity.changes).toContainEqual({ personId })
    for (const { sessionId } of [one, two]) expect(identity.changes).toContainEqual({ personId, sessionId })
    expect(await identity.events('person.suspended')).toMatchObject([
      { outcome: 'allowed', volume: { sessions: 2 } },
    ])
    expect(await identity.events('session.ended')).toMatchObject([
      { details: { reason: 'suspended' }, actorPersonId: ana.personId },
      { details: { reason: 'suspended' } },
    ])
    await as(ana).people.reinstate({ personId })
    expect(await signedIn(identity, { email })).toMatchObject({ personId })
    expect(await outcomes('person.reinstated')).toEqual(['allowed'])
  })

  it('nobody suspends themselves, so the last administrator stays', async () => {
    await expect(as(ana).people.suspend({ personId: ana.personId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await outcomes('person.suspended')).toEqual(['denied'])
  })

  it('of two administrators who suspend each other at the same moment one stays, though a third is there', async () => {
    const { personId, email } = await addPerson('ben', { administrator: true })
    await addPerson('cleo', { administrator: true })
    const ben = await signedIn(identity, { email })
    const both = await Promise.allSettled([
      as(ana).people.suspend({ personId }),
      as(ben).people.suspend({ personId: ana.personId }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { rows } = await identity.services.db.query(
      `select id from people where org_id = $1 and is_administrator and state = 'active'`,
      [identity.orgId],
    )
    expect(rows).toHaveLength(2)
  })

  it("another organisation's person does not exist here", async () => {
    const { personId } = await addPerson('cleo', { orgId: await identity.world.org() })
    const unknown = '018f0000-0000-7000-8000-000000000000'
    for (const id of [personId, unknown])
      for (const act of ['suspend', 'reinstate', 'issueLink'] as const)
        await expect(as(ana).people[act]({ personId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { rows } = await identity.services.db.query('select state from people where id = $1', [personId])
    expect(rows).toEqual([{ state: 'active' }])
  })
})

describe('who may', () => {
  it('a person who is no administrator: nothing, and each attempt is on record', async () => {
    const { personId, email } = await addPerson('ben')
    const { people } = as(await signedIn(identity, { email }))
    await expect(people.list()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(people.create({ name: 'Eve', email: 'eve@county.example' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    for (const act of ['suspend', 'reinstate', 'issueLink'] as const)
      await expect(people[act]({ personId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    for (const type of [
      'person.listed',
      'person.created',
      'person.suspended',
      'person.reinstated',
      'person.link_issued',
    ])
      expect(await outcomes(type)).toEqual(['denied'])
  })

  it('nobody who is signed out', async () => {
    for (const attempt of [
      as(null).me.get(),
      as(null).me.sessions(),
      as(null).people.list(),
      as(null).organisations.list(),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('a person cannot be given more than asked for', async () => {
    const more = { name: 'Eve', email: `eve-${identity.email}`, isOperator: true, orgId: identity.orgId }
    await expect(as(ana).people.create(more)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('adding people', () => {
  it('lists the own organisation only', async () => {
    await addPerson('cleo', { orgId: await identity.world.org() })
    await as(ana).people.create({ name: 'Ben Ode', email: `ben-${identity.email}`, administrator: true })
    const listed = await as(ana).people.list()
    expect(
      listed.map(({ name, isAdministrator, hasPassword }) => ({ name, isAdministrator, hasPassword })),
    ).toEqual([
      { name: 'Ana Ruiz', isAdministrator: true, hasPassword: true },
      { name: 'Ben Ode', isAdministrator: true, hasPassword: false },
    ])
    expect(listed[0]?.can).toMatchObject({ suspend: false, why: expect.stringContaining('yourself') })
    expect(listed[1]?.can).toMatchObject({ suspend: true, why: null })
  })

  it.each([
    ['the same address', (email: string) => email],
    ['the same address in capitals', (email: string) => email.toUpperCase()],
  ])('one address, one account: %s', async (_, spell) => {
    await expect(
      as(ana).people.create({ name: 'Other', email: spell(identity.email) }),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await outcomes('person.created')).toEqual(['denied'])
  })

  it.each(
    [
      'an\u0430@county.example',
      '"ana"@county.example',
      'ana@county',
      'ana@@county.example',
      'ana@county.example\n',
      'ａna@county.example',
      'ana@c\u043eunty.example',
    ].filter((email) => !email.endsWith('\n')),
  )('refuses an address that could look like another: %s', async (email) => {
    await expect(as(ana).people.create({ name: 'Other', email })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it.each(['\u202eana', 'Ana\u200bRuiz', 'Ana\u0000', '   ', '\u001b[31mAna', 'x'.repeat(81)])(
    'refuses a name that could deceive: %j',
    async (name) => {
      await expect(as(ana).people.create({ name, email: `n-${identity.email}` })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      })
    },
  )
})

describe('organisations', () => {
  const input = (n: string) => ({
    name: `Weather ${n}`,
    shortCode: `W${n}`,
    colour: 2,
    adminName: 'Wim',
    adminEmail: `wim-${n}-${identity.email}`,
  })

  it('an operator adds one with its first administrator, who is not an operator', async () => {
    const { organisationId, link } = await as(ana).organisations.create(input('A1'))
    expect(link).toMatch(/^\/set-password#/)
    const { rows } = await identity.services.db.query(
      'select is_administrator, is_operator from people where org_id = $1',
      [organisationId],
    )
    expect(rows).toEqual([{ is_administrator: true, is_operator: false }])
    expect(await as(ana).organisations.list()).toContainEqual(
      expect.objectContaining({ id: organisationId, shortCode: 'WA1', people: 1 }),
    )
    for (const type of ['organisation.created', 'person.created', 'organisation.listed'])
      expect(await outcomes(type)).toEqual(['allowed'])
  })

  it('names and short codes are taken once, in any case; nothing half done stays', async () => {
    await as(ana).organisations.create(input('B1'))
    await expect(as(ana).organisations.create({ ...input('B2'), name: 'WEATHER b1' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await expect(as(ana).organisations.create({ ...input('B3'), shortCode: 'wb1' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await expect(
      as(ana).organisations.create({ ...input('B4'), adminEmail: identity.email }),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    const { rows } = await identity.services.db.query(
      `select name from organisations where short_code in ('WB2', 'WB3', 'WB4')`,
    )
    expect(rows).toEqual([])
  })

  it('an administrator who is no operator adds none', async () => {
    const { email } = await addPerson('ben', { administrator: true })
    const ben = as(await signedIn(identity, { email }))
    await expect(ben.organisations.create(input('C1'))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(ben.organisations.list()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
