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

const MINUTE = 60_000

let identity: Identity
let me: Actor & { cookie: string }
beforeEach(async () => {
  identity = await openIdentity()
  // From where only this test tries: what others have failed at must not slow it down.
  me = { ...(await signedIn(identity)), source: source(identity.address) }
})

const confirm = (password: string, actor: Actor = me) =>
  createTRPCCaller(identity, actor).me.confirm({ password })

const confirmedAt = async (sessionId = me.sessionId): Promise<number> => {
  const { rows } = await identity.services.db.query<{ at: Date }>(
    'select confirmed_at as at from sessions where id = $1',
    [sessionId],
  )
  return new Date(rows[0]?.at ?? 0).getTime()
}

const onRecord = async () =>
  (await identity.events('session.confirmed')).map(({ outcome, details }) => [outcome, details.reason])

describe('entering the password again', () => {
  it('notes the moment, on this session and no other, and is on record', async () => {
    const other = await signedIn(identity)
    const before = await confirmedAt(other.sessionId)
    identity.pass(20 * MINUTE)
    await confirm(PASSWORD)
    expect(await confirmedAt()).toBe(identity.services.now().getTime())
    expect(await confirmedAt(other.sessionId)).toBe(before)
    expect(await onRecord()).toEqual([['allowed', undefined]])
  })

  it('a wrong password changes nothing and is on record without it', async () => {
    const before = await confirmedAt()
    identity.pass(MINUTE)
    await expect(confirm(`${PASSWORD}!`)).rejects.toMatchObject({ cause: { code: 'denied' } })
    expect(await confirmedAt()).toBe(before)
    expect(await onRecord()).toEqual([['denied', 'wrong_password']])
    const [event] = await identity.events('session.confirmed')
    expect(event?.canonical).not.toContain(PASSWORD)
  })

  it('is slowed down with the sign-in form, by one counter for both', async () => {
    for (let guess = 0; guess < 3; guess++) await expect(confirm('a wrong guess')).rejects.toThrow()
    await expect(confirm(PASSWORD)).rejects.toMatchObject({
      cause: { code: 'too_many', details: { retryAfter: expect.any(Number) } },
    })
    await expect(confirm(PASSWORD)).rejects.toMatchObject({ cause: { code: 'too_many' } })
    await expect(identity.attempt({}, me.source)).rejects.toMatchObject({ code: 'too_many' })
    // The wait is on record once, however often it is tried.
    expect((await onRecord()).filter(([, reason]) => reason === 'slowed_down')).toHaveLength(1)
    identity.pass(MINUTE)
    await confirm(PASSWORD)
  })

  it.each([
    ['the session has ended', 'update sessions set ended_at = now() where id = $1', () => me.sessionId],
    ['the person is suspended', "update people set state = 'suspended' where id = $1", () => me.personId],
    ['the organisation is', "update organisations set state = 'suspended' where id = $1", () => me.orgId],
  ] as const)('is over when %s', async (_, sql, id) => {
    const before = await confirmedAt()
    await identity.services.db.query(sql, [id()])
    await expect(confirm(PASSWORD)).rejects.toMatchObject({ cause: { code: 'signed_out' } })
    expect(await confirmedAt()).toBe(before)
    expect(await onRecord()).toEqual([['denied', 'over']])
  })

  it('the session of somebody else is not confirmed by one’s own password', async () => {
    const { world, orgId, services } = identity
    const otherId = await world.person(orgId, { email: `eva-${identity.email}` })
    await givePassword(services, otherId, 'quite another phrase')
    const before = await confirmedAt()
    await expect(confirm('quite another phrase', { ...me, personId: otherId })).rejects.toMatchObject({
      cause: { code: 'signed_out' },
    })
    expect(await confirmedAt()).toBe(before)
  })
})
