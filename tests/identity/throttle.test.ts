import { beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/errors'
import { throttleKeys, waitAfter } from '@/server/identity/sign-in/throttle'
import { type Identity, openIdentity, source } from '@/tests/identity/support'

let identity: Identity
let attacker: ReturnType<typeof source>
let owner: ReturnType<typeof source>
let net = 0
beforeEach(async () => {
  identity = await openIdentity()
  net++
  attacker = source(`198.51.100.${net}`)
  owner = source(`192.0.2.${net}`)
})

/** @returns 'in', 'no', or the seconds to wait */
const tries = async (
  from: ReturnType<typeof source>,
  password?: string,
  email?: string,
): Promise<string | number> => {
  try {
    await identity.attempt(
      { ...(password === undefined ? {} : { password }), ...(email === undefined ? {} : { email }) },
      from,
    )
    return 'in'
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.details.retryAfter ?? 'no'
  }
}

const failTimes = async (from: ReturnType<typeof source>, times: number) => {
  for (let done = 0; done < times; ) {
    const answer = await tries(from, 'wrong')
    if (typeof answer === 'number') identity.pass(answer * 1000)
    else done++
  }
}

describe('slowing down who guesses', () => {
  it('waits 1, 2, 4, … seconds after three failures, never more than 30', async () => {
    const waits: (string | number)[] = []
    for (let failure = 0; failure < 12; failure++) {
      await failTimes(attacker, 1)
      const next = await tries(attacker, 'wrong')
      waits.push(next)
      if (typeof next === 'number') identity.pass(next * 1000)
      else failure++
    }
    expect(waits.filter((wait) => wait !== 'no').slice(0, 6)).toEqual([1, 2, 4, 8, 16, 30])
    expect(waitAfter(1000, 3)).toBe(30)
  })

  it('attempts during the wait do not make it longer', async () => {
    await failTimes(attacker, 5)
    expect(await tries(attacker)).toBe(4)
    identity.pass(3000)
    for (let i = 0; i < 20; i++) expect(await tries(attacker)).toBe(1)
    identity.pass(1000)
    expect(await tries(attacker)).toBe('in')
  })

  it('the owner at another address gets in after one bounded wait, whatever the guesser does meanwhile', async () => {
    await failTimes(attacker, 9)
    const accomplice = source(`198.18.0.${net}`)
    const wait = await tries(owner)
    expect(wait).toBe(30)
    await tries(accomplice, 'wrong')
    for (let second = 0; second < 30; second++) {
      await tries(attacker, 'wrong')
      identity.pass(1000)
    }
    // A guess of this very moment: it must not take the owner's turn.
    expect(await tries(accomplice, 'wrong')).toBe('no')
    expect(await tries(owner)).toBe('in')
  })

  it('forgets: an hour later nothing is left', async () => {
    await failTimes(attacker, 9)
    identity.pass(60 * 60_000)
    expect(await tries(attacker, 'wrong')).toBe('no')
    expect(await tries(attacker, 'wrong')).toBe('no')
  })

  it('a hundred guesses at once are not all let through', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => tries(attacker, 'wrong')))
    expect(answers.filter((answer) => answer === 'no').length).toBeLessThanOrEqual(3)
  })

  it('an unknown account is slowed down just like a known one', async () => {
    const unknown = `nobody-${identity.email}`
    for (let i = 0; i < 3; i++) expect(await tries(attacker, 'wrong', unknown)).toBe('no')
    expect(await tries(attacker, 'wrong', unknown)).toBe(1)
  })

  it('one address that tries many accounts is slowed down as well', async () => {
    for (let i = 0; i < 10; i++) expect(await tries(attacker, 'wrong', `x${i}-${identity.email}`)).toBe('no')
    expect(await tries(attacker, 'wrong', `x99-${identity.email}`)).toBe(1)
  })

  it('a good sign-in takes back its own failures, not those of others', async () => {
    await failTimes(owner, 2)
    expect(await tries(owner)).toBe('in')
    await failTimes(attacker, 3)
    expect(await tries(owner)).toBe(1)
    identity.pass(1000)
    expect(await tries(owner)).toBe('in')
    // The pair that the good sign-in forgot waits anew; the guesser's failures still count.
    expect(await tries(owner)).toBe(1)
  })

  it('hammering during a wait is one event and an exact count, not a flood of the record', async () => {
    await failTimes(attacker, 3)
    for (let i = 0; i < 40; i++) await tries(attacker, 'wrong')
    const slowed = (await identity.events('session.refused')).filter(
      (event) => event.details.reason === 'slowed_down',
    )
    expect(slowed).toHaveLength(1)
    identity.pass(1000)
    await tries(attacker, 'wrong')
    const last = (await identity.events('session.refused')).at(-1)
    expect(last).toMatchObject({ details: { reason: 'wrong_password' }, volume: { slowed: 39 } })
  })
})

describe('what the counters are keyed on', () => {
  it('one IPv6 customer is one address, in every spelling', () => {
    const of = (address: string) => throttleKeys('sign-in', 'a', address).address
    expect(of('2001:db8:1:2::1')).toBe(of('2001:db8:1:2:ffff:ffff:ffff:ffff'))
    expect(of('2001:db8:1:2::1')).toBe(of('2001:0db8:0001:0002::1'))
    expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'))
    expect(of('203.0.113.7')).not.toBe(of('203.0.113.8'))
  })

  it('holds no e-mail address', () => {
    expect(JSON.stringify(throttleKeys('sign-in', 'ana@county.example', '203.0.113.7'))).not.toContain(
      'county',
    )
  })
})
