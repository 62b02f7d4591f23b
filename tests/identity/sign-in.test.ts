import { parseOptions } from '@node-rs/argon2'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ARGON2, NOBODYS_HASH } from '@/server/identity/sign-in/password-work'
import { givePassword, type Identity, openIdentity, PASSWORD } from '@/tests/identity/support'

const argon2 = vi.hoisted(() => ({ verified: [] as string[] }))
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>()
  const verify: typeof real.verify = (hash, ...rest) => {
    argon2.verified.push(String(hash))
    return real.verify(hash, ...rest)
  }
  return { ...real, verify }
})

let identity: Identity
beforeEach(async () => {
  identity = await openIdentity()
  argon2.verified.length = 0
})

const refusals = async () => (await identity.events('session.refused')).map((event) => event.details.reason)
const NOT_THESE = { code: 'denied', forPeople: expect.stringContaining('do not go together') }

describe('the same answer and the same work for every account', () => {
  const failing = async (name: string): Promise<{ email: string; password: string }> => {
    const { services, world, orgId, email, personId } = identity
    if (name === 'an unknown account') return { email: `nobody-${email}`, password: PASSWORD }
    if (name === 'a wrong password') return { email, password: `${PASSWORD}!` }
    if (name === 'far too long a password') return { email, password: PASSWORD.repeat(100) }
    if (name === 'an empty password') return { email, password: '' }
    if (name === 'what is no address') return { email: 'not an address', password: PASSWORD }
    if (name === 'a suspended person with a wrong password') {
      await services.db.query(`update people set state = 'suspended' where id = $1`, [personId])
      return { email, password: `${PASSWORD}!` }
    }
    const fresh = await world.person(orgId, { email: `new-${email}` })
    expect(fresh).toBeTruthy()
    return { email: `new-${email}`, password: '' }
  }

  it.each([
    'an unknown account',
    'a wrong password',
    'far too long a password',
    'an empty password',
    'what is no address',
    'a person who has not set a password',
    'a suspended person with a wrong password',
  ])('%s: one verification, one sentence, one record', async (name) => {
    await expect(identity.attempt(await failing(name))).rejects.toMatchObject(NOT_THESE)
    expect(argon2.verified).toHaveLength(1)
    expect(await refusals()).toHaveLength(1)
  })

  it("nobody's hash costs what a real one costs", () => {
    const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(NOBODYS_HASH)
    expect({ algorithm, memoryCost, timeCost, parallelism }).toEqual(ARGON2)
  })

  it('only the right password learns that the account is suspended', async () => {
    await identity.services.db.query(`update people set state = 'suspended' where id = $1`, [
      identity.personId,
    ])
    await expect(identity.attempt()).rejects.toMatchObject({
      forPeople: expect.stringContaining('suspended'),
    })
    expect(await refusals()).toEqual(['suspended'])
    const { rows } = await identity.services.db.query('select id from sessions where person_id = $1', [
      identity.personId,
    ])
    expect(rows).toEqual([])
  })

  it('a suspended organisation lets nobody in', async () => {
    await identity.services.db.query(`update organisations set state = 'suspended' where id = $1`, [
      identity.orgId,
    ])
    await expect(identity.attempt()).rejects.toMatchObject({ code: 'denied' })
  })
})

describe('the notice', () => {
  it.each(['', '0'.repeat(64)])(
    'without the hash of the notice in force nobody signs in (%s)',
    async (banner) => {
      await expect(identity.attempt({ banner })).rejects.toMatchObject({ code: 'invalid' })
      expect(await refusals()).toEqual(['banner'])
      expect(argon2.verified).toEqual([])
    },
  )

  it('what was accepted is on record', async () => {
    await identity.attempt()
    const [event] = await identity.events('session.started')
    expect(event?.details.banner).toMatch(/^[0-9a-f]{64}$/)
    expect(event?.actorPersonId).toBe(identity.personId)
  })
})

describe('who is meant', () => {
  it('takes the address in any case and with spaces around it', async () => {
    expect(await identity.attempt({ email: `  ${identity.email.toUpperCase()} ` })).toMatchObject({
      personId: identity.personId,
    })
  })

  it.each([
    ['Cyrillic a', (email: string) => email.replace('a', '\u0430')],
    ['full-width a', (email: string) => email.replace('a', '\uff41')],
    ['KELVIN SIGN for k, when lower-cased an ordinary one', (email: string) => `\u212a${email}`],
    ['a zero-width joiner', (email: string) => `${email.slice(0, 2)}\u200d${email.slice(2)}`],
    ['quotes', (email: string) => `"${email.split('@')[0]}"@${email.split('@')[1]}`],
  ])('does not take a look-alike for the person: %s', async (_, likeness) => {
    await identity.world.person(identity.orgId, { email: `k${identity.email}` })
    await expect(identity.attempt({ email: likeness(identity.email) })).rejects.toMatchObject(NOT_THESE)
    expect(await refusals()).toEqual(['unknown_account'])
  })

  it('takes the same password from keyboards that compose letters differently', async () => {
    const words = 'Überraschung am späten Abend'
    await givePassword(identity.services, identity.personId, words.normalize('NFC'))
    expect(await identity.attempt({ password: words.normalize('NFD') })).toMatchObject({
      personId: identity.personId,
    })
  })
})

describe('the record', () => {
  it('holds no address, password or token in clear', async () => {
    const { token } = await identity.attempt()
    await identity.attempt({ password: 'wrong' }).catch(() => undefined)
    const { rows } = await identity.services.db.query<{ canonical: string }>(
      'select canonical from audit_inbox where writer = $1',
      [identity.services.node],
    )
    expect(rows).toHaveLength(2)
    const text = rows.map((row) => row.canonical).join()
    for (const secret of [token, PASSWORD, identity.email, identity.address])
      expect(text).not.toContain(secret)
  })

  it('without a record nobody gets in', async () => {
    const { services } = identity
    vi.spyOn(services.recorder, 'append').mockImplementation(() => {
      throw new Error('the record cannot be written')
    })
    await expect(identity.attempt()).rejects.toThrow('the record cannot be written')
    const { rows } = await services.db.query('select id from sessions where person_id = $1', [
      identity.personId,
    ])
    expect(rows).toEqual([])
  })
})
