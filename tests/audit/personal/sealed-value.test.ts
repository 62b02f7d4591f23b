import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { seal, sealValue, unseal, unsealValue } from '@/lib/audit/sealed-value'
import { type OwnedEvent, valueOwner } from '@/lib/audit/value-owner'

const key = () => createSecretKey(randomBytes(32))
const place = { eventId: 'event', field: 'address' }
const salt = randomBytes(16)

describe('sealed values', () => {
  test('open with their key at their place, to the salt and the text that were sealed', () => {
    const mine = key()
    const sealed = sealValue(mine, { ...place, salt, value: '"192.0.2.7 ü"' })
    expect(sealed.includes('192.0.2.7')).toBe(false)
    expect(sealed.includes(salt)).toBe(false)
    expect(unsealValue(mine, { ...place, sealed })).toEqual({ salt, value: '"192.0.2.7 ü"' })
  })

  test('open with no other key, at no other event or field, and not changed by one bit', () => {
    const mine = key()
    const sealed = sealValue(mine, { ...place, salt, value: '"192.0.2.7"' })
    expect(() => unsealValue(key(), { ...place, sealed })).toThrow()
    expect(() => unsealValue(mine, { ...place, field: 'email', sealed })).toThrow()
    expect(() => unsealValue(mine, { ...place, eventId: 'another', sealed })).toThrow()
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed)
      changed[i] = (changed[i] ?? 0) ^ 1
      expect(() => unsealValue(mine, { ...place, sealed: changed })).toThrow()
    }
  })

  test('no two use one nonce', () => {
    const mine = key()
    const nonces = Array.from({ length: 2_000 }, () => seal(mine, 'a', salt).toString('hex', 0, 12))
    expect(new Set(nonces).size).toBe(2_000)
    expect(unseal(mine, 'a', seal(mine, 'a', salt))).toEqual(salt)
  })
})

describe('whose a personal value is', () => {
  const event: OwnedEvent = {
    type: 'section.opened',
    at: new Date('2026-03-31T23:59:59Z'),
    tree: 'instance',
    actorPersonId: 'ada',
    targetId: 'grace',
    kind: null,
  }
  test.each<[string, Partial<OwnedEvent>, string, string]>([
    ['an address is of whoever acted', {}, 'address', 'person:ada'],
    ['a new name is of whom it names', { type: 'person.created' }, 'name', 'person:grace'],
    ['the address of who added them is not', { type: 'person.created' }, 'address', 'person:ada'],
    ['an invited address is the invitation’s', { type: 'invitation.sent' }, 'email', 'invitation:grace'],
    ['an invited agency’s address is the offer’s', { type: 'offer.made' }, 'email', 'offer:grace'],
    ['what was written to it is its writer’s', { type: 'offer.made' }, 'message', 'person:ada'],
    [
      'a link that was handed over',
      { type: 'mail.link_shown', kind: 'participation_offer' },
      'email',
      'offer:grace',
    ],
    [
      'a link of an invitation',
      { type: 'mail.link_shown', kind: 'person_invitation' },
      'email',
      'invitation:grace',
    ],
    [
      'who was refused with an address that has an account',
      { type: 'session.refused', actorPersonId: null },
      'email',
      'person:grace',
    ],
    [
      'from where they were refused, nobody knows',
      { type: 'session.refused', actorPersonId: null },
      'address',
      'month:2026-03:instance',
    ],
    [
      'an unknown address',
      { type: 'session.refused', actorPersonId: null, targetId: null },
      'email',
      'month:2026-03:instance',
    ],
  ])('%s', (_, more, field, owner) => {
    expect(valueOwner({ ...event, ...more }, field)).toBe(owner)
  })
})
