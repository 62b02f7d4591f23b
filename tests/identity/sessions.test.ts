import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createTRPCCaller } from '@/tests/identity/call'
import {
  cookieOf,
  givePassword,
  type Identity,
  openIdentity,
  PASSWORD,
  signedIn,
  source,
} from '@/tests/identity/support'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let identity: Identity
beforeEach(async () => {
  identity = await openIdentity()
})

const whoIs = (cookie: string) => identity.sessions.actorOfCookies(cookie, source())

describe('who is asking', () => {
  it('[R1] knows the person behind the cookie with one query', async () => {
    const { cookie } = await signedIn(identity)
    const query = vi.spyOn(identity.services.db, 'query')
    const actor = await whoIs(cookie)
    expect(actor).toMatchObject({
      personId: identity.personId,
      orgId: identity.orgId,
      name: 'Ana Ruiz',
      strength: 1,
    })
    expect(query).toHaveBeenCalledOnce()
  })

  it('asks about a crowd in a few queries, and tells each who they are', async () => {
    const { services, sessions, personId } = identity
    const started: { sessionId: string; token: string }[] = []
    for (let i = 0; i < 20; i++) {
      const who = { personId, strength: 1, source: source() }
      started.push(await services.db.transaction((tx) => sessions.start(tx, who)))
    }
    const [ended, ...live] = started as [(typeof started)[0], ...typeof started]
    await sessions.end(ended.sessionId, 'signed_out')
    const query = vi.spyOn(services.db, 'query')
    const tokens = [...live.map(({ token }) => token), ended.token, 'A'.repeat(43), live[3]?.token ?? '']
    const actors = await Promise.all(tokens.map((token) => whoIs(cookieOf(sessions, token))))
    const looks = query.mock.calls.filter(([, , name]) => name === 'look up sessions')
    expect(looks.length).toBeLessThanOrEqual(4)
    expect(actors.map((actor) => actor?.sessionId ?? null)).toEqual([
      ...live.map(({ sessionId }) => sessionId),
      null,
      null,
      live[3]?.sessionId,
    ])
  })

  it('tells everybody who asked when the database does not answer, and asks it again for the next', async () => {
    const { cookie } = await signedIn(identity)
    const failure = new Error('no answer')
    const query = vi.spyOn(identity.services.db, 'query').mockRejectedValue(failure)
    const told = await Promise.allSettled(Array.from({ length: 5 }, () => whoIs(cookie)))
    expect(told).toEqual(Array(5).fill({ status: 'rejected', reason: failure }))
    query.mockRestore()
    expect(await whoIs(cookie)).toMatchObject({ personId: identity.personId })
  })

  it('stores no token, only its hash', async () => {
    const { token } = await identity.attempt()
    const { rows } = await identity.services.db.query('select * from sessions where person_id = $1', [
      identity.personId,
    ])
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  it.each([
    ['no cookie', () => undefined],
    ['an empty header', () => ''],
    ['another name', (token: string) => `session=${token}`],
    ['a longer name', (token: string) => `xliaison-session=${token}`],
    ['a token with a tail', (token: string) => `liaison-session=${token}A`],
    [
      'a changed token',
      (token: string) => `liaison-session=${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`,
    ],
  ])('[R1] knows nobody from %s', async (_, header) => {
    const { token } = await identity.attempt()
    expect(await identity.sessions.actorOfCookies(header(token), source())).toBeNull()
  })

  it('[R1] knows nobody when the person or the organisation is suspended', async () => {
    const { cookie } = await signedIn(identity)
    const { db } = identity.services
    await db.query(`update people set state = 'suspended' where id = $1`, [identity.personId])
    expect(await whoIs(cookie)).toBeNull()
    await db.query(`update people set state = 'active' where id = $1`, [identity.personId])
    expect(await whoIs(cookie)).not.toBeNull()
    await db.query(`update organisations set state = 'suspended' where id = $1`, [identity.orgId])
    expect(await whoIs(cookie)).toBeNull()
  })

  it('uses the __Host- prefix on https only', async () => {
    expect(identity.sessions.cookieName).toBe('liaison-session')
    const secure = await openIdentity({ publicUrl: 'https://liaison.example' })
    expect(secure.sessions.cookieName).toBe('__Host-liaison-session')
  })
})

describe('limits', () => {
  it('[R1] ends an idle session when it is noticed, once, on record, and tells open sockets', async () => {
    const { cookie, sessionId, personId } = await signedIn(identity)
    identity.pass(30 * MINUTE - 1)
    expect(await whoIs(cookie)).not.toBeNull()
    identity.pass(1)
    expect(await whoIs(cookie)).toBeNull()
    expect(await whoIs(cookie)).toBeNull()
    expect(await identity.events('session.ended')).toMatchObject([
      { details: { reason: 'idle' }, actorPersonId: personId },
    ])
    expect(identity.changes).toContainEqual({ personId, sessionId })
  })

  it('looking is not activity, touching is', async () => {
    const { cookie, sessionId } = await signedIn(identity)
    identity.pass(20 * MINUTE)
    await whoIs(cookie)
    const limits = await identity.sessions.touch(sessionId)
    expect(limits?.idleEndsAt.getTime()).toBe(identity.services.now().getTime() + 30 * MINUTE)
    identity.pass(29 * MINUTE)
    expect(await whoIs(cookie)).not.toBeNull()
    identity.pass(MINUTE)
    expect(await whoIs(cookie)).toBeNull()
  })

  it('[R1] the absolute limit holds however busy the person is', async () => {
    const { cookie, sessionId } = await signedIn(identity)
    for (let at = 0; at < 12 * HOUR - 20 * MINUTE; at += 20 * MINUTE) {
      identity.pass(20 * MINUTE)
      expect(await identity.sessions.touch(sessionId)).not.toBeNull()
    }
    expect(await whoIs(cookie)).not.toBeNull()
    identity.pass(20 * MINUTE)
    expect(await whoIs(cookie)).toBeNull()
    expect(await identity.sessions.touch(sessionId)).toBeNull()
    expect(await identity.events('session.ended')).toMatchObject([{ details: { reason: 'absolute' } }])
  })

  it('writes activity at most once a minute and session', async () => {
    const { sessionId } = await signedIn(identity)
    const seen = async () =>
      (await identity.services.db.query('select last_seen_at from sessions where id = $1', [sessionId]))
        .rows[0]?.last_seen_at
    await identity.sessions.touch(sessionId)
    const first = await seen()
    identity.pass(59_000)
    await identity.sessions.touch(sessionId)
    expect(await seen()).toEqual(first)
    identity.pass(1000)
    await identity.sessions.touch(sessionId)
    expect(await seen()).not.toEqual(first)
  })

  it('the sweep ends what ran out while nobody asked, and nothing else', async () => {
    const first = await signedIn(identity)
    identity.pass(29 * MINUTE)
    const second = await signedIn(identity)
    identity.pass(2 * MINUTE)
    expect(await identity.sessions.endRunOut()).toBeGreaterThanOrEqual(1)
    expect(identity.changes).toContainEqual({ personId: first.personId, sessionId: first.sessionId })
    expect(await whoIs(second.cookie)).not.toBeNull()
    expect(await identity.sessions.endRunOut()).toBe(0)
  })
})

describe('ending sessions', () => {
  it('gives a new token at every sign-in and ends the session that the browser still held (fixation)', async () => {
    const first = await signedIn(identity)
    const { token } = await identity.attempt({}, undefined, first.cookie)
    expect(cookieOf(identity.sessions, token)).not.toBe(first.cookie)
    expect(await whoIs(first.cookie)).toBeNull()
    expect(await identity.events('session.ended')).toMatchObject([{ details: { reason: 'signed_out' } }])
  })

  it('never takes over a token that somebody else chose', async () => {
    const planted = 'A'.repeat(43)
    const { token } = await identity.attempt({}, undefined, cookieOf(identity.sessions, planted))
    expect(token).not.toBe(planted)
    expect(await whoIs(cookieOf(identity.sessions, planted))).toBeNull()
  })

  it('[R1] lists my sessions with this one first, ends one, ends the others', async () => {
    const [first, second, third] = [
      await signedIn(identity),
      await signedIn(identity),
      await signedIn(identity),
    ]
    const call = createTRPCCaller(identity, third)
    const listed = await call.me.sessions()
    expect(listed).toHaveLength(3)
    expect(listed[0]).toMatchObject({ id: third.sessionId, current: true, address: identity.address })
    await call.me.endSession({ sessionId: first.sessionId })
    expect(await whoIs(first.cookie)).toBeNull()
    expect(await call.me.endOtherSessions()).toEqual({ ended: 1 })
    expect(await whoIs(second.cookie)).toBeNull()
    expect(await whoIs(third.cookie)).not.toBeNull()
    expect(await identity.events('session.others_ended')).toMatchObject([{ volume: { sessions: 1 } }])
    expect(await identity.events('session.ended')).toMatchObject([
      { details: { reason: 'signed_out_elsewhere' } },
      { details: { reason: 'signed_out_elsewhere' } },
    ])
    const { personId } = third
    expect(identity.changes).toContainEqual({ personId, sessionId: first.sessionId })
    expect(identity.changes).toContainEqual({ personId, sessionId: second.sessionId })
  })

  it("[R1] cannot end anybody else's session, and says the same of one that does not exist", async () => {
    const other = await identity.world.person(identity.orgId, { email: `ben-${identity.email}` })
    await givePassword(identity.services, other, PASSWORD)
    const ben = await signedIn(identity, { email: `ben-${identity.email}` })
    const ana = await signedIn(identity)
    const call = createTRPCCaller(identity, ben)
    await expect(call.me.endSession({ sessionId: ana.sessionId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await whoIs(ana.cookie)).not.toBeNull()
    expect((await identity.events('session.ended')).map((event) => event.outcome)).toEqual(['denied'])
  })
})
