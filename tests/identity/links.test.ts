import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueSetUpLink, needsSetUp } from '@/server/identity/set-up'
import { createTRPCCaller } from '@/tests/identity/call'
import {
  type Identity,
  openEmptyIdentity,
  openIdentity,
  PASSWORD,
  type Server,
  signedIn,
  source,
} from '@/tests/identity/support'

const HOUR = 3_600_000
const NEW = 'seven lanterns by the weir'

const tokenOf = (link: string): string => link.split('#')[1] ?? ''
const DENIED = { code: 'FORBIDDEN' }

describe('the first set-up', () => {
  let identity: Server
  let token: string
  const input = () => ({
    token,
    name: 'County Emergency Office',
    shortCode: 'cnty',
    colour: 3,
    personName: 'Ana Ruiz',
    email: 'Ana@County.Example',
    password: NEW,
  })
  beforeEach(async () => {
    identity = await openEmptyIdentity()
    token = tokenOf(await issueSetUpLink(identity.services))
  })
  afterEach(() => identity.services.db.close())

  it('creates organisation, administrator and operator, once, on record, and lets that person in', async () => {
    const entry = createTRPCCaller(identity, null).entry
    expect(await needsSetUp(identity.services.db)).toBe(true)
    expect(await entry.openLink({ kind: 'setup', token })).toEqual({ person: null, words: [] })
    await entry.setUp(input())
    expect(await needsSetUp(identity.services.db)).toBe(false)
    const me = await signedIn(identity, { email: 'ana@county.example', password: NEW })
    expect(me).toMatchObject({ isAdministrator: true, isOperator: true, orgShortCode: 'CNTY' })
    expect(await identity.events('instance.set_up')).toMatchObject([
      { outcome: 'allowed', actorPersonId: me.personId },
    ])
    await expect(entry.setUp(input())).rejects.toMatchObject(DENIED)
    expect(await identity.events('link.refused')).toHaveLength(1)
  })

  it('the link carries its token in the fragment, and only its hash is stored', async () => {
    const link = await issueSetUpLink(identity.services)
    expect(link).toMatch(/^\/set-up#[A-Za-z0-9_-]{43}$/)
    const { rows } = await identity.services.db.query('select * from one_time_links')
    expect(JSON.stringify(rows)).not.toContain(tokenOf(link))
  })

  it('a newer link closes the earlier one; a day closes every one', async () => {
    const newer = tokenOf(await issueSetUpLink(identity.services))
    const { entry } = createTRPCCaller(identity, null)
    await expect(entry.setUp(input())).rejects.toMatchObject(DENIED)
    identity.pass(24 * HOUR)
    await expect(entry.setUp({ ...input(), token: newer })).rejects.toMatchObject(DENIED)
    expect(await needsSetUp(identity.services.db)).toBe(true)
  })

  it('of two at once one sets up', async () => {
    const { entry } = createTRPCCaller(identity, null)
    const both = await Promise.allSettled([
      entry.setUp(input()),
      entry.setUp({ ...input(), name: 'Weather Service', shortCode: 'WX', email: 'b@weather.example' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { rows } = await identity.services.db.query('select id from organisations')
    expect(rows).toHaveLength(1)
  })

  it.each([
    ['a weak password', { password: 'password1234567' }],
    ['an address with look-alike letters', { email: 'an\u0430@county.example' }],
    ['an invisible name', { personName: '\u200b\u202e' }],
    ['a long short code', { shortCode: 'TOOLONG' }],
  ])('%s is refused with what to do and leaves the link usable', async (_, wrong) => {
    const { entry } = createTRPCCaller(identity, null)
    await expect(entry.setUp({ ...input(), ...wrong })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await entry.setUp(input())
  })
})

describe('password links', () => {
  let identity: Identity
  let token: string
  let personId: string
  let email: string
  beforeEach(async () => {
    identity = await openIdentity()
    email = `ben-${identity.email}`
    const admin = createTRPCCaller(identity, await signedIn(identity))
    const made = await admin.people.create({ name: 'Ben Ode', email })
    expect(made.link).toMatch(/^\/set-password#[A-Za-z0-9_-]{43}$/)
    token = tokenOf(made.link)
    personId = made.personId
  })
  const entry = () => createTRPCCaller(identity, null, source(identity.address)).entry

  it('sets the first password, once, on record', async () => {
    expect(await entry().openLink({ kind: 'password', token })).toMatchObject({
      person: { name: 'Ben Ode', email },
    })
    await entry().setPassword({ token, password: NEW })
    expect(await signedIn(identity, { email, password: NEW })).toMatchObject({ personId })
    expect(await identity.events('person.password_set')).toMatchObject([{ actorPersonId: personId }])
    await expect(entry().setPassword({ token, password: `${NEW} again` })).rejects.toMatchObject(DENIED)
    await expect(entry().openLink({ kind: 'password', token })).rejects.toMatchObject(DENIED)
    expect(await identity.events('link.refused')).toHaveLength(2)
  })

  it('runs out after 72 hours', async () => {
    identity.pass(72 * HOUR)
    await expect(entry().setPassword({ token, password: NEW })).rejects.toMatchObject(DENIED)
  })

  it('is good for its own purpose only', async () => {
    await expect(entry().openLink({ kind: 'setup', token })).rejects.toMatchObject(DENIED)
  })

  it('a suspended person cannot use it', async () => {
    await createTRPCCaller(identity, await signedIn(identity)).people.suspend({ personId })
    await expect(entry().setPassword({ token, password: NEW })).rejects.toMatchObject(DENIED)
  })

  it('a new password ends every session and closes the earlier link', async () => {
    await entry().setPassword({ token, password: NEW })
    const ben = await signedIn(identity, { email, password: NEW })
    const admin = createTRPCCaller(identity, await signedIn(identity))
    const first = tokenOf((await admin.people.issueLink({ personId })).link)
    const second = tokenOf((await admin.people.issueLink({ personId })).link)
    await expect(entry().setPassword({ token: first, password: NEW })).rejects.toMatchObject(DENIED)
    await entry().setPassword({ token: second, password: `${NEW} two` })
    expect(await identity.sessions.actorOfCookies(ben.cookie, source())).toBeNull()
    await expect(identity.attempt({ email, password: NEW })).rejects.toMatchObject({ code: 'denied' })
    expect(identity.changes).toContainEqual({ personId, sessionId: ben.sessionId })
  })

  it.each(['county', PASSWORD.slice(0, 14), 'ben ode ben ode ben', 'aaaaaaaaaaaaaaaaaaaa'])(
    'refuses a password that is easy to guess (%s)',
    async (password) => {
      await expect(entry().setPassword({ token, password })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      expect(await identity.events('person.password_set')).toEqual([])
    },
  )

  it('slows down an address that tries links which are not valid', async () => {
    const guess = (n: number) => entry().openLink({ kind: 'password', token: `${n}`.padStart(43, 'A') })
    for (let n = 0; n < 10; n++) await expect(guess(n)).rejects.toMatchObject(DENIED)
    await expect(guess(10)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    await expect(entry().setPassword({ token, password: NEW })).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    })
    identity.pass(30_000)
    await entry().setPassword({ token, password: NEW })
  })
})
