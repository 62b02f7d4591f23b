import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Id, newId } from '@/lib/ids'
import { openOfferLink } from '@/server/operations/entry/open-offer-link'
import { setUpByOffer } from '@/server/operations/entry/set-up-by-offer'
import { answerOffer } from '@/server/operations/offers/answer-offer'
import { consentToOffer } from '@/server/operations/offers/consent-to-offer'
import { getOffer } from '@/server/operations/offers/get-offer'
import { myOffers } from '@/server/operations/offers/my-offers'
import { makeOfferLink } from '@/server/operations/offers/offer-link'
import { settleCounter } from '@/server/operations/offers/settle-counter'
import { withdrawOffer } from '@/server/operations/offers/withdraw-offer'
import { runOperation } from '@/server/operations/run-operation'
import { signTerms } from '@/server/operations/terms/sign-terms'
import { getWorkspace } from '@/server/operations/workspaces/get-workspace'
import { lapseOffers } from '@/server/upkeep/lapse-offers'
import { freshPartnership, invited, published } from '@/tests/operations/partnership/fresh-partnership'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
let workspaceId: Id
beforeAll(async () => {
  plan = await openPlan()
})
afterAll(() => plan.services.close())
beforeEach(async () => {
  source = { ...source, address: `127.0.1.${callers++}` }
  ;({ workspaceId } = await freshPartnership(plan, ['weather']))
})

const mine = (who: keyof Plan['people']) => runOperation(plan.services, plan.people[who], myOffers, undefined)
const NO_TERMS = { version: 0, hash: null }
/** Whoever tries links that are not valid is slowed down, by address. */
let callers = 0
let source = { address: '127.0.0.1', userAgent: 'test', requestId: 'r' }
const accept = (offerId: Id, read: { version: number; hash: string | null } = NO_TERMS) =>
  runOperation(plan.services, plan.people.hospitalLead, answerOffer, {
    offerId,
    answer: 'accept',
    version: read.version,
    hash: read.hash,
  })
const asHost = (offerId: Id) => runOperation(plan.services, plan.people.countyLead, getOffer, { offerId })
const enters = (who: keyof Plan['people']) =>
  runOperation(plan.services, plan.people[who], getWorkspace, { workspaceId }).then(
    () => true,
    () => false,
  )
const part = async () => {
  const { rows } = await plan.services.db.query<{ ceiling: string; signed: number }>(
    `select ceiling, signed_terms_version as signed from participations
     where workspace_id = $1 and org_id = $2 and ended_at is null`,
    [workspaceId, plan.orgs.hospital],
  )
  return rows
}

describe('an invitation', () => {
  it('shows the other side who asks, the terms and what it would give, and begins when it is signed', async () => {
    const terms = await published(plan, workspaceId)
    const { offerId } = await invited(plan, workspaceId)
    const seen = await runOperation(plan.services, plan.people.hospitalLead, getOffer, { offerId })
    expect(seen).toMatchObject({
      workspace: { host: { id: plan.orgs.county } },
      ceiling: 'edit',
      terms: { version: 1, hash: terms.hash },
      can: { answer: true },
    })
    expect(await enters('hospitalLead')).toBe(false)
    await expect(accept(offerId)).rejects.toMatchObject({ code: 'conflict' })
    await accept(offerId, terms)
    expect(await part()).toEqual([{ ceiling: 'edit', signed: 1 }])
    expect(await enters('hospitalLead')).toBe(true)
    expect((await asHost(offerId)).agency?.id).toBe(plan.orgs.hospital)
    await expect(accept(offerId, terms)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('can be accepted once, however many try at the same moment', async () => {
    const { offerId } = await invited(plan, workspaceId)
    const outcomes = await Promise.allSettled([accept(offerId), accept(offerId), accept(offerId)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await part()).toHaveLength(1)
  })

  it('is declined with a reason that stands in no record', async () => {
    const { offerId } = await invited(plan, workspaceId)
    const decline = { offerId, answer: 'decline', reason: 'Not this year.' } as const
    await runOperation(plan.services, plan.people.hospitalLead, answerOffer, decline)
    expect((await asHost(offerId)).answered).toMatchObject({ reason: 'Not this year.', by: null })
    const [event] = await eventsOf(plan, 'offer.answered')
    expect(event?.canonical).not.toContain('this year')
    await expect(accept(offerId)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is nobody’s but the invited organisation’s administrators’', async () => {
    const { offerId } = await invited(plan, workspaceId)
    for (const who of [plan.people.hospitalEditor, plan.people.weatherEditor, plan.stranger]) {
      await expect(runOperation(plan.services, who, getOffer, { offerId })).rejects.toMatchObject({
        code: 'missing',
      })
      await expect(
        runOperation(plan.services, who, answerOffer, { offerId, answer: 'accept', ...NO_TERMS }),
      ).rejects.toMatchObject({ code: 'missing' })
    }
    expect(await mine('hospitalEditor')).toEqual([])
  })

  it('taken back, or after thirty days, it is over', async () => {
    const { offerId } = await invited(plan, workspaceId)
    await runOperation(plan.services, plan.people.countyLead, withdrawOffer, { offerId })
    await expect(accept(offerId)).rejects.toMatchObject({ code: 'conflict' })
    const { offerId: late } = await invited(plan, workspaceId)
    const in31 = new Date(Date.now() + 31 * 86_400_000)
    await plan.services.db.transaction((tx) => lapseOffers.run(plan.services, tx, in31))
    expect((await asHost(late)).state).toBe('lapsed')
    await expect(accept(late)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('an address', () => {
  it('that is known here looks to the inviting side like one that is not', async () => {
    const known = await asHost((await invited(plan, workspaceId)).offerId)
    const unknown = await asHost((await invited(plan, workspaceId, 'nobody@nowhere.test')).offerId)
    const plain = ({ id: _, email: _email, createdAt: _at, expiresAt: _until, ...rest }: typeof known) => rest
    expect(plain(known)).toEqual(plain(unknown))
    const { rows } = await plan.services.db.query(
      `select kind, org_id from mail_outbox where ref_id = any($1::uuid[])`,
      [[known.id, unknown.id]],
    )
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual(rows[1])
  })

  it.each(['"a b"@agency.test', 'a@ägency.test', 'a@agency', 'a@b@c.test', 'a@agency.test\nBcc: x@y.test'])(
    'of a kind that could deceive is refused: %s',
    async (email) => {
      await expect(invited(plan, workspaceId, email)).rejects.toMatchObject({ code: 'invalid' })
    },
  )

  it('has one invitation at a time', async () => {
    await invited(plan, workspaceId)
    await expect(invited(plan, workspaceId)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a lower ceiling', () => {
  const counter = async (
    ceiling: 'read' | 'edit' | 'manage',
    read: { version: number; hash: string | null } = NO_TERMS,
  ) => {
    const { offerId } = await invited(plan, workspaceId)
    const answer = { offerId, answer: 'counter', ceiling, version: read.version, hash: read.hash } as const
    await runOperation(plan.services, plan.people.hospitalLead, answerOffer, answer)
    return offerId
  }
  it('is proposed, signed, and in force when the inviting side agrees', async () => {
    const offerId = await counter('read')
    expect(await part()).toEqual([])
    expect(await asHost(offerId)).toMatchObject({ state: 'countered', counterCeiling: 'read' })
    await runOperation(plan.services, plan.people.countyLead, settleCounter, { offerId, agree: true })
    expect(await part()).toEqual([{ ceiling: 'read', signed: 0 }])
  })
  it('is never a higher one, nor the same', async () => {
    await expect(counter('edit')).rejects.toMatchObject({ code: 'invalid' })
    const offerId = (await mine('hospitalLead'))[0]?.id ?? ''
    await runOperation(plan.services, plan.people.countyLead, withdrawOffer, { offerId })
    await expect(counter('manage')).rejects.toMatchObject({ code: 'invalid' })
  })
  it('not agreed to, the first offer stands', async () => {
    const offerId = await counter('read')
    await runOperation(plan.services, plan.people.countyLead, settleCounter, { offerId, agree: false })
    await accept(offerId)
    expect(await part()).toEqual([{ ceiling: 'edit', signed: 0 }])
  })
  it('signed under terms that have changed since cannot be agreed to', async () => {
    const terms = await published(plan, workspaceId)
    const offerId = await counter('read', terms)
    await published(plan, workspaceId, { text: 'New words.' })
    await expect(
      runOperation(plan.services, plan.people.countyLead, settleCounter, { offerId, agree: true }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await part()).toEqual([])
  })
})

describe('consent of the others, where the terms ask for it', () => {
  const waiting = async () => {
    const { version, hash } = await published(plan, workspaceId, { consentToInvite: true })
    await runOperation(plan.services, plan.people.weatherSteward, signTerms, { workspaceId, version, hash })
    const { offerId, state } = await invited(plan, workspaceId)
    expect(state).toBe('consent')
    return { offerId, read: { version, hash } }
  }
  const consent = (offerId: Id, give: boolean) =>
    runOperation(plan.services, plan.people.weatherSteward, consentToOffer, {
      offerId,
      give,
      reason: 'Because.',
    })

  it('nobody outside hears of it before every organisation has consented', async () => {
    const { offerId, read } = await waiting()
    await expect(accept(offerId, read)).rejects.toMatchObject({ code: 'missing' })
    expect((await mine('hospitalLead')).map(({ id }) => id)).not.toContain(offerId)
    const asked = { id: offerId, email: expect.stringContaining('@'), can: { consent: true } }
    expect(await mine('weatherSteward')).toMatchObject([asked])
    expect(await mine('weatherEditor')).toEqual([])
    await consent(offerId, true)
    expect(await mine('weatherSteward')).toEqual([])
    await accept(offerId, read)
    expect(await part()).toHaveLength(1)
  })
  it('one refusal ends it', async () => {
    const { offerId, read } = await waiting()
    await consent(offerId, false)
    expect(await asHost(offerId)).toMatchObject({
      state: 'declined',
      consents: [{ given: false, reason: 'Because.' }],
    })
    await expect(accept(offerId, read)).rejects.toMatchObject({ code: 'conflict' })
    await expect(consent(offerId, true)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('the link in the mail', () => {
  const link = async (offerId: Id) => {
    const path = await plan.services.db.transaction((tx) => makeOfferLink(tx, offerId, plan.services.now()))
    return path?.split('#')[1] ?? ''
  }
  const agency = () => {
    const n = newId().slice(-6)
    return { name: `Agency ${n}`, shortCode: `A${n.slice(-4)}`, colour: 3, personName: 'Nadia Newcomer' }
  }
  const setUp = (token: string, more = agency()) =>
    setUpByOffer(plan.services, source, { ...more, token, password: 'seven quiet herons wading' })

  it('lets the holder of an unknown address set up its organisation, once, and only with that address', async () => {
    const email = `first-${newId().slice(-6)}@agency.test`
    const { offerId } = await invited(plan, workspaceId, email)
    const token = await link(offerId)
    expect(await openOfferLink(plan.services, source, { token })).toMatchObject({
      offerId,
      email,
      hasAccount: false,
    })
    await setUp(token)
    const { rows } = await plan.services.db.query<{
      id: Id
      org_id: Id
      is_administrator: boolean
      is_operator: boolean
    }>('select id, org_id, is_administrator, is_operator from people where email = $1', [email])
    expect(rows).toMatchObject([{ is_administrator: true, is_operator: false }])
    await expect(setUp(token)).rejects.toMatchObject({ code: 'denied' })
    const newcomer = await plan.world.actor(rows[0]?.id ?? '')
    expect(await runOperation(plan.services, newcomer, myOffers, undefined)).toMatchObject([{ id: offerId }])
    await runOperation(plan.services, newcomer, answerOffer, { offerId, answer: 'accept', ...NO_TERMS })
    expect(await runOperation(plan.services, newcomer, getWorkspace, { workspaceId })).toMatchObject({
      role: 'lead',
    })
  })
  it('is stored as a hash only, and a new one closes the earlier', async () => {
    const { offerId } = await invited(plan, workspaceId, `second-${newId().slice(-6)}@agency.test`)
    const first = await link(offerId)
    const second = await link(offerId)
    const { rows } = await plan.services.db.query(
      'select token_hash from participation_offers where id = $1',
      [offerId],
    )
    expect(JSON.stringify(rows)).not.toContain(second)
    await expect(setUp(first)).rejects.toMatchObject({ code: 'denied' })
    await setUp(second)
  })
  it('is dead after 72 hours, after the offer was taken back, and for whoever guesses', async () => {
    const { offerId } = await invited(plan, workspaceId, `third-${newId().slice(-6)}@agency.test`)
    const token = await link(offerId)
    const { rows } = await plan.services.db.query<{ hours: number }>(
      'select extract(epoch from token_expires_at - now()) / 3600 as hours from participation_offers where id = $1',
      [offerId],
    )
    expect(Number(rows[0]?.hours)).toBeCloseTo(72, 1)
    await plan.services.db.query('update participation_offers set token_expires_at = now() where id = $1', [
      offerId,
    ])
    await expect(setUp(token)).rejects.toMatchObject({ code: 'denied' })
    const fresh = await link(offerId)
    await runOperation(plan.services, plan.people.countyLead, withdrawOffer, { offerId })
    await expect(setUp(fresh)).rejects.toMatchObject({ code: 'denied' })
    await expect(openOfferLink(plan.services, source, { token: 'x'.repeat(43) })).rejects.toMatchObject({
      code: 'denied',
    })
  })
  it('makes no second account for an address that has one', async () => {
    const { offerId } = await invited(plan, workspaceId)
    const token = await link(offerId)
    expect(await openOfferLink(plan.services, source, { token })).toMatchObject({ hasAccount: true })
    await expect(setUp(token)).rejects.toMatchObject({ code: 'conflict' })
  })
})
