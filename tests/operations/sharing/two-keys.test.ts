import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '@/lib/ids'
import type { SharingChange } from '@/lib/views/sharing'
import type { Actor } from '@/server/identity/actor'
import { turnKey } from '@/server/operations/releases/turn-key'
import { withdrawRelease } from '@/server/operations/releases/withdraw-release'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import { objectOf } from '@/server/operations/sharing/apply-change'
import { applyOrRequest } from '@/server/operations/sharing/apply-or-request'
import { getSharing } from '@/server/operations/sharing/get-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
let sectionId: Id
let change: SharingChange
beforeAll(async () => {
  plan = await openPlan()
})
afterAll(() => plan.services.close())
beforeEach(async () => {
  const { world, documentId, orgs } = plan
  sectionId = await world.section(documentId, orgs.weather)
  await world.boundary({ sectionId }, [{ kind: 'org', id: orgs.weather, max: 'manage' }])
  change = {
    boundary: [
      { subjectKind: 'org', subjectId: orgs.weather, maxLevel: 'manage', until: null },
      { subjectKind: 'org', subjectId: orgs.county, maxLevel: 'read', until: null },
    ],
  }
})

const run = <In, Out>(who: Actor, operation: Operation<In, Out>, input: In) =>
  runOperation(plan.services, who, operation, input)

/** As the approval of somebody's request does: `forPerson` is who asked for access. */
const askFor = (forPerson: Id | null): Operation<{ hash: string }, Id> => ({
  event: 'sharing.changed',
  async run(context, { hash }) {
    const authorized = await context.authorize({ sectionId }, { ask: 'govern' })
    const outcome = await applyOrRequest(context, { sectionId }, change, hash, forPerson)
    context.record({ object: objectOf(authorized) })
    if (outcome.applied) throw new Error('applied with one key')
    return outcome.releaseId
  },
})
const ask = async (forPerson: Id | null = null, who: Actor = plan.people.weatherSteward) => {
  const { hash } = await run(who, previewSharing, { on: { sectionId }, change })
  return { releaseId: await run(who, askFor(forPerson), { hash }), hash }
}

/** A lead of an organisation with a session of their own: what is done to them is done to nobody else. */
const aLead = async (orgId: Id, role: 'lead' | 'steward' = 'lead') => {
  const personId = await plan.world.person(orgId)
  const membershipId = await plan.world.membership(plan.workspaceId, personId, role)
  return { actor: await plan.world.actor(personId), membershipId }
}
const countyReads = () =>
  run(plan.people.countyReader, getSharing, { on: { sectionId } }).then(
    () => true,
    () => false,
  )
const end = (table: string, id: Id) =>
  plan.services.db.query(`update ${table} set ended_at = now() where id = $1`, [id])

describe('[R2] keys', () => {
  it('whose request is approved turns no key of it, and their organisation’s others may', async () => {
    const { countyLead } = plan.people
    const release = await ask(countyLead.personId)
    await expect(run(countyLead, turnKey, release)).rejects.toMatchObject({
      code: 'denied',
      details: { rule: 'R2' },
    })
    const { actor } = await aLead(plan.orgs.county)
    // One more of County would gain: the hash is no longer the same, and nothing is done.
    expect(await run(actor, turnKey, release)).toEqual({ outcome: 'voided' })
    const again = await ask(countyLead.personId)
    expect(await run(actor, turnKey, again)).toEqual({ outcome: 'completed' })
    expect(await countyReads()).toBe(true)
  })

  it('who asked for access does not turn the originator’s key with the approval of their own request', async () => {
    const { weatherSteward } = plan.people
    const release = await ask(weatherSteward.personId)
    const { rows } = await plan.services.db.query('select 1 from release_keys where release_id = $1', [
      release.releaseId,
    ])
    expect(rows).toEqual([])
    await expect(run(weatherSteward, turnKey, release)).rejects.toMatchObject({ details: { rule: 'R2' } })
    // Before an originator has agreed, what it is about is shown to nobody else.
    await expect(run(plan.people.countyLead, turnKey, release)).rejects.toMatchObject({ code: 'hidden' })
  })

  it('are not replayed, and not turned for one that has ended', async () => {
    const { countyLead, weatherSteward } = plan.people
    const release = await ask()
    expect(await run(countyLead, turnKey, release)).toEqual({ outcome: 'completed' })
    await expect(run(countyLead, turnKey, release)).rejects.toMatchObject({ code: 'conflict' })
    await run(weatherSteward, getSharing, { on: { sectionId } })
  })

  it('the hash of one release turns no key of another', async () => {
    const first = await ask()
    await run(plan.people.weatherSteward, withdrawRelease, { releaseId: first.releaseId })
    change = {
      boundary: [
        { subjectKind: 'org', subjectId: plan.orgs.weather, maxLevel: 'manage', until: null },
        { subjectKind: 'org', subjectId: plan.orgs.county, maxLevel: 'edit', until: null },
      ],
    }
    const second = await ask()
    expect(second.hash).not.toBe(first.hash)
    await expect(
      run(plan.people.countyLead, turnKey, { releaseId: second.releaseId, hash: first.hash }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await countyReads()).toBe(false)
  })
})

describe('who is gone holds no key', () => {
  const gone: [string, (lead: { actor: Actor; membershipId: Id }) => Promise<unknown>, string][] = [
    ['signed out', ({ actor }) => end('sessions', actor.sessionId), 'signed_out'],
    [
      'suspended',
      ({ actor }) =>
        plan.services.db.query(`update people set state = 'suspended' where id = $1`, [actor.personId]),
      'signed_out',
    ],
    ['no longer a member', ({ membershipId }) => end('memberships', membershipId), 'hidden'],
  ]

  it.each(gone)('%s before the second key', async (_, happens, code) => {
    const lead = await aLead(plan.orgs.county)
    const release = await ask()
    await happens(lead)
    await expect(run(lead.actor, turnKey, release)).rejects.toMatchObject({ code })
    expect(await countyReads()).toBe(false)
  })

  it.each(gone.slice(1))('%s after the first key: the release ends with the next one', async (_, happens) => {
    const lead = await aLead(plan.orgs.weather, 'steward')
    const release = await ask(null, lead.actor)
    await happens(lead)
    expect(await run(plan.people.countyLead, turnKey, release)).toEqual({ outcome: 'voided' })
    expect(await countyReads()).toBe(false)
  })

  it('signed out after the first key: it was turned, and counts', async () => {
    const lead = await aLead(plan.orgs.weather, 'steward')
    const release = await ask(null, lead.actor)
    await end('sessions', lead.actor.sessionId)
    expect(await run(plan.people.countyLead, turnKey, release)).toEqual({ outcome: 'completed' })
  })

  it('an organisation that is suspended has no key to turn', async () => {
    const { orgs, services, people } = plan
    const release = await ask()
    const state = (to: string) =>
      services.db.query('update organisations set state = $2 where id = $1', [orgs.county, to])
    await state('suspended')
    await expect(run(people.countyLead, turnKey, release)).rejects.toMatchObject({ code: 'signed_out' })
    await state('active')
  })
})

it('a widening asked for with an old proof is asked for by nobody', async () => {
  const lead = await aLead(plan.orgs.weather, 'steward')
  await plan.services.db.query(
    `update sessions set confirmed_at = now() - interval '6 minutes' where id = $1`,
    [lead.actor.sessionId],
  )
  await expect(ask(null, lead.actor)).rejects.toMatchObject({ code: 'denied', details: { confirm: true } })
  const { rows } = await plan.services.db.query('select 1 from releases where section_id = $1', [sectionId])
  expect(rows).toEqual([])
})
