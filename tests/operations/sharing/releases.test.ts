import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import type { Actor } from '@/server/identity/actor'
import { declineRelease } from '@/server/operations/releases/decline-release'
import { getRelease } from '@/server/operations/releases/get-release'
import { listReleases } from '@/server/operations/releases/list-releases'
import { turnKey } from '@/server/operations/releases/turn-key'
import { withdrawRelease } from '@/server/operations/releases/withdraw-release'
import { runOperation } from '@/server/operations/run-operation'
import { getSharing } from '@/server/operations/sharing/get-sharing'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'
import { changeAs, pendingRelease } from '@/tests/operations/sharing/pending-release'

let plan: Plan
let at: Date | null = null
beforeAll(async () => {
  plan = await openPlan({ now: () => at ?? new Date() })
})
afterAll(() => plan.services.close())

let releaseId: Id
let hash: string
beforeEach(async () => {
  at = null
  await narrow()
  ;({ releaseId, hash } = await pendingRelease(plan))
})

const org = (subjectId: Id, maxLevel: Level) =>
  ({ subjectKind: 'org', subjectId, maxLevel: maxLevel as 'read', until: null }) as const
/** Weather and County, as it was in the beginning. */
const narrow = async () => {
  const { orgs, people, sections } = plan
  await changeAs(
    plan,
    people.weatherSteward,
    { sectionId: sections.shared },
    {
      boundary: [org(orgs.weather, 'manage'), org(orgs.county, 'read')],
    },
  )
}
const turn = (who: Actor, with_ = hash) =>
  runOperation(plan.services, who, turnKey, { releaseId, hash: with_ })
const look = (who: Actor) => runOperation(plan.services, who, getRelease, { releaseId })
const hospitalReads = async () =>
  runOperation(plan.services, plan.people.hospitalEditor, getSharing, {
    on: { sectionId: plan.sections.shared },
  }).then(
    () => true,
    () => false,
  )
/** Somebody new of an organisation, with a role and a session. */
const another = async (orgId: Id, role: 'lead' | 'steward' | 'editor' | 'reader' | 'auditor') => {
  const personId = await plan.world.person(orgId)
  await plan.world.membership(plan.workspaceId, personId, role)
  return plan.world.actor(personId)
}

describe('two keys', () => {
  it('the second key lets in exactly whom it named, at once, and tells who asked', async () => {
    const { people, services } = plan
    const view = await look(people.countyLead)
    expect(view.gain.map(({ person, from, to }) => [person.name, from, to])).toEqual([
      ['Hanna Hospital', 'none', 'read'],
      ['Hugo Hospital', 'none', 'read'],
    ])
    expect(view).toMatchObject({ title: 'Forecast', current: true, keys: { missing: { second: true } } })
    expect(await hospitalReads()).toBe(false)
    expect(await turn(people.countyLead)).toEqual({ outcome: 'completed' })
    expect(await hospitalReads()).toBe(true)
    const [event] = await eventsOf(plan, 'release.completed')
    expect(event).toMatchObject({ actor_person_id: people.countyLead.personId })
    const told = await services.db.query(
      `select person_id from notifications where kind = 'release.ended' and target_id = $1`,
      [releaseId],
    )
    expect(told.rows).toEqual([{ person_id: people.weatherSteward.personId }])
  })

  it('may be held by somebody who would read it only afterwards', async () => {
    expect(await look(plan.people.hospitalLead)).toMatchObject({ title: 'Forecast', can: { turn: true } })
    expect(await turn(plan.people.hospitalLead)).toEqual({ outcome: 'completed' })
  })

  it('changes nothing while it waits, and is listed for those who could turn a key', async () => {
    const list = async (who: Actor) =>
      (await runOperation(plan.services, who, listReleases, { workspaceId: plan.workspaceId })).map(
        ({ id }) => id,
      )
    expect(await list(plan.people.hospitalLead)).toContain(releaseId)
    expect(await list(plan.people.weatherSteward)).toContain(releaseId)
    expect(await list(plan.people.countyReader)).not.toContain(releaseId)
    expect(await list(plan.people.guest)).toEqual([])
    expect(await hospitalReads()).toBe(false)
  })
})

describe('[R2] no way around the second key', () => {
  it('not the same person again', async () => {
    await expect(turn(plan.people.weatherSteward)).rejects.toMatchObject({ code: 'conflict' })
  })
  it('not another account of the same organisation', async () => {
    await expect(turn(await another(plan.orgs.weather, 'lead'))).rejects.toMatchObject({ code: 'conflict' })
  })
  it.each(['editor', 'reader'] as const)('[R7] not a %s of another organisation', async (role) => {
    await expect(turn(await another(plan.orgs.county, role))).rejects.toMatchObject({ code: 'denied' })
  })
  it('not an auditor, not a stranger: to them it is not there', async () => {
    await expect(turn(plan.people.auditor)).rejects.toMatchObject({ code: 'hidden' })
    await expect(turn(plan.stranger)).rejects.toMatchObject({ code: 'hidden' })
    await expect(look(plan.elsewhere.actor)).rejects.toMatchObject({ code: 'hidden' })
  })
  it('not with a stale proof of who it is', async () => {
    const { countyLead } = plan.people
    const set = (ago: string) =>
      plan.services.db.query(`update sessions set confirmed_at = now() - $2::interval where id = $1`, [
        countyLead.sessionId,
        ago,
      ])
    await set('6 minutes')
    await expect(turn(countyLead)).rejects.toMatchObject({ code: 'denied', details: { confirm: true } })
    expect(await hospitalReads()).toBe(false)
    await set('4 minutes')
    expect(await turn(countyLead)).toEqual({ outcome: 'completed' })
  })
  it('not for another hash than the one that was shown', async () => {
    await expect(turn(plan.people.countyLead, 'a'.repeat(64))).rejects.toMatchObject({ code: 'conflict' })
  })
  it('not after 72 hours', async () => {
    at = new Date(Date.now() + 72 * 3_600_000 + 1)
    await plan.services.db.query(
      `update sessions set expires_at = now() + interval '9 days', confirmed_at = $2 where id = $1`,
      [plan.people.countyLead.sessionId, at],
    )
    await expect(turn(plan.people.countyLead)).rejects.toMatchObject({ code: 'conflict' })
    at = null
    await plan.services.db.query('update sessions set confirmed_at = now() where id = $1', [
      plan.people.countyLead.sessionId,
    ])
  })
  it('not twice: two browsers at the same moment complete it once', async () => {
    const { people } = plan
    const outcomes = await Promise.allSettled([turn(people.countyLead), turn(people.hospitalLead)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { rows } = await plan.services.db.query('select purpose from release_keys where release_id = $1', [
      releaseId,
    ])
    expect(rows).toHaveLength(2)
  })
})

describe('what happens in between', () => {
  it('a recall acts at once and ends what waits', async () => {
    await narrow()
    expect((await look(plan.people.weatherSteward)).state).toBe('voided')
    await expect(turn(plan.people.countyLead)).rejects.toMatchObject({ code: expect.any(String) })
    expect(await hospitalReads()).toBe(false)
  })
  it('somebody more who would gain voids it when the next key is turned', async () => {
    await another(plan.orgs.hospital, 'editor')
    expect((await look(plan.people.countyLead)).current).toBe(false)
    expect(await turn(plan.people.countyLead)).toEqual({ outcome: 'voided' })
    expect(await hospitalReads()).toBe(false)
    expect((await look(plan.people.weatherSteward)).state).toBe('voided')
  })
  it('can be declined with a reason, or taken back, and then no key turns', async () => {
    const { people, services } = plan
    await runOperation(services, people.countyLead, declineRelease, {
      releaseId,
      reason: 'Not before Friday.',
    })
    expect((await look(people.weatherSteward)).ended).toMatchObject({ reason: 'Not before Friday.' })
    await expect(turn(people.hospitalLead)).rejects.toMatchObject({ code: 'conflict' })
    const [event] = await eventsOf(plan, 'release.declined')
    expect(event?.canonical).not.toContain('Friday')
    ;({ releaseId, hash } = await pendingRelease(plan))
    await runOperation(services, people.weatherSteward, withdrawRelease, { releaseId })
    await expect(turn(people.countyLead)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('grants, blocks and documents go the same way', () => {
  it('a grant to somebody of another organisation needs the second key, its end none', async () => {
    const { people, sections, orgs, services } = plan
    const add = {
      subjectKind: 'person',
      subjectId: people.countyReader.personId,
      level: 'edit',
      until: null,
    } as const
    const before = { boundary: [org(orgs.weather, 'manage'), org(orgs.county, 'edit')] }
    await changeAs(
      plan,
      people.weatherSteward,
      { sectionId: sections.shared },
      { grants: { add: [add], end: [] } },
    )
    // The boundary still says at most read: nobody gains, and nothing had to wait.
    const { rows } = await services.db.query<{ id: Id }>(
      'select id from grants where section_id = $1 and ended_at is null',
      [sections.shared],
    )
    expect(rows).toHaveLength(1)
    const { outcome } = await changeAs(plan, people.weatherSteward, { sectionId: sections.shared }, before)
    expect(outcome.applied).toBe(false)
    const ended = await changeAs(
      plan,
      people.weatherSteward,
      { sectionId: sections.shared },
      {
        grants: { add: [], end: [rows[0]?.id ?? ''] },
      },
    )
    expect(ended.outcome).toEqual({ applied: true })
  })

  it('a block acts at once; ending it waits', async () => {
    const { people, sections, services } = plan
    const on = { sectionId: sections.shared }
    const block = { subjectKind: 'person', subjectId: people.countyReader.personId, until: null } as const
    const { outcome } = await changeAs(plan, people.weatherSteward, on, { denies: { add: [block], end: [] } })
    expect(outcome).toEqual({ applied: true })
    await expect(
      runOperation(services, people.countyReader, getSharing, { on: { sectionId: sections.shared } }),
    ).rejects.toMatchObject({ code: 'hidden' })
    const { rows } = await services.db.query<{ id: Id }>(
      'select id from denies where section_id = $1 and ended_at is null',
      [sections.shared],
    )
    const back = await changeAs(plan, people.weatherSteward, on, {
      denies: { add: [], end: [rows[0]?.id ?? ''] },
    })
    expect(back.outcome.applied).toBe(false)
  })

  it('a document that is opened wider needs the key of every originator whose section would be seen by more', async () => {
    const { people, orgs, world, workspaceId } = plan
    const documentId = await world.document(workspaceId, orgs.county, { title: 'Joint' })
    const own = await world.section(documentId, orgs.county)
    const theirs = await world.section(documentId, orgs.weather)
    await world.boundary({ documentId }, [
      { kind: 'org', id: orgs.county, max: 'manage' },
      { kind: 'org', id: orgs.weather, max: 'manage' },
    ])
    const { outcome, hash: joint } = await changeAs(
      plan,
      people.countyLead,
      { documentId },
      { boundary: null },
    )
    if (outcome.applied) throw new Error('applied with one key')
    releaseId = outcome.releaseId
    const view = await look(people.countyLead)
    expect(view.keys.missing).toMatchObject({ originators: [{ id: orgs.weather }], second: false })
    expect(new Set(view.gain.map(({ sectionId }) => sectionId))).toEqual(new Set([null, own, theirs]))
    await expect(turn(people.hospitalLead, joint)).rejects.toMatchObject({ code: 'hidden' })
    expect(await turn(people.weatherSteward, joint)).toEqual({ outcome: 'completed' })
  })
})
