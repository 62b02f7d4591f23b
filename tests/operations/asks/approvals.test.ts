import { describe, expect, it } from 'vitest'
import { declineRelease } from '@/server/operations/releases/decline-release'
import { getRelease } from '@/server/operations/releases/get-release'
import { turnKey } from '@/server/operations/releases/turn-key'
import { approveRequest } from '@/server/operations/requests/approve-request'
import { declineRequest } from '@/server/operations/requests/decline-request'
import { previewApproval } from '@/server/operations/requests/preview-approval'
import { runOperation } from '@/server/operations/run-operation'
import { authorize } from '@/server/policy/authorize'
import { openAsking } from '@/tests/operations/asks/asking'

const DAY = 86_400_000
const { now, ask, mine, pending, only, approve, clock, levelOf, told, secret } = openAsking()

describe('an approval', () => {
  it('inside the originator’s agency acts at once, for exactly that person, until the end date', async () => {
    const { people } = now.plan
    const sectionId = await secret()
    await ask(people.countyReader, sectionId)
    const request = await only(people.countyLead)
    expect(request).toMatchObject({
      reason: 'I need it for the roster.',
      on: { title: 'Secret' },
      level: 'read',
    })
    const until = new Date(Date.now() + 5 * DAY).toISOString()
    const { preview } = await runOperation(now.plan.services, people.countyLead, previewApproval, {
      requestId: request.id,
      level: 'read',
      until,
    })
    expect(preview.gain.map(({ person, to }) => [person.name, to])).toEqual([['Carl County', 'read']])
    expect(await approve(people.countyLead, request.id, 'read', until)).toEqual({ applied: true })
    expect(await levelOf(people.countyReader, sectionId)).toBe('read')
    expect(await levelOf(people.weatherEditor, sectionId)).toBe('none')
    const request2 = { ask: 'level', needs: 'discover' } as const
    const then = await authorize(now.plan.services.db, people.countyReader, { sectionId }, request2)
    expect(then.validUntil).toBeLessThanOrEqual(Date.parse(until))
    expect((await mine(people.countyReader))[0]).toMatchObject({
      state: 'approved',
      on: { title: 'Secret' },
      answer: { level: 'read', until },
    })
    expect(await told('access.decided')).toEqual(['Carl County'])
    await expect(approve(people.countyLead, request.id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('for another agency’s person waits for the second key, and follows its release', async () => {
    const { people } = now.plan
    const sectionId = await secret()
    await ask(people.weatherEditor, sectionId)
    const { id } = await only(people.countyLead)
    const outcome = await approve(people.countyLead, id)
    if (outcome.applied) throw new Error('applied with one key')
    expect(await levelOf(people.weatherEditor, sectionId)).toBe('none')
    expect(await only(people.countyLead)).toMatchObject({ state: 'waiting', releaseId: outcome.releaseId })
    expect((await mine(people.weatherEditor))[0]).toMatchObject({ state: 'waiting', on: null, answer: null })
    await expect(ask(people.weatherEditor, sectionId)).rejects.toMatchObject({ code: 'conflict' })
    // R2: the one whom it is for turns no key of it, whatever their role.
    const { hash } = await runOperation(now.plan.services, people.countyLead, getRelease, outcome)
    await expect(
      runOperation(now.plan.services, people.weatherEditor, turnKey, { releaseId: outcome.releaseId, hash }),
    ).rejects.toMatchObject({ code: 'denied', details: { rule: 'R2' } })
  })

  it.each([
    ['declined', 'declined', 'Not yet.'],
    ['voided', 'pending', null],
  ])('a release that is %s leaves the request %s', async (how, state, reason) => {
    const { people, world, documentId, orgs, services, workspaceId } = now.plan
    const sectionId = await world.section(documentId, orgs.county, { title: 'Roster' })
    await world.boundary({ sectionId }, [
      { kind: 'org', id: orgs.county, max: 'manage' },
      { kind: 'person', id: people.weatherSteward.personId, max: 'read' },
    ])
    await ask(people.weatherEditor, sectionId)
    const { id } = await only(people.countyLead)
    const outcome = await approve(people.countyLead, id)
    if (outcome.applied) throw new Error('applied with one key')
    const { releaseId } = outcome
    if (how === 'declined')
      await runOperation(services, people.weatherSteward, declineRelease, { releaseId, reason: reason ?? '' })
    else await services.db.query(`update releases set state = 'voided' where id = $1`, [releaseId])
    await clock()
    expect((await mine(people.weatherEditor))[0]).toMatchObject({ state })
    expect((await mine(people.weatherEditor))[0]?.answer?.reason ?? null).toBe(reason)
    if (state === 'pending')
      expect(await only(people.countyLead)).toMatchObject({ state: 'pending', workspaceId })
  })

  it('completed by the second key: the text opens, the request is approved, the asker is told', async () => {
    const { people, world, documentId, orgs, services } = now.plan
    const sectionId = await world.section(documentId, orgs.county, { title: 'Roster' })
    await world.boundary({ sectionId }, [
      { kind: 'org', id: orgs.county, max: 'manage' },
      { kind: 'person', id: people.weatherSteward.personId, max: 'read' },
    ])
    await ask(people.weatherEditor, sectionId)
    const outcome = await approve(people.countyLead, (await only(people.countyLead)).id)
    if (outcome.applied) throw new Error('applied with one key')
    const { releaseId } = outcome
    const { hash } = await runOperation(services, people.weatherSteward, getRelease, { releaseId })
    await runOperation(services, people.weatherSteward, turnKey, { releaseId, hash })
    expect(await levelOf(people.weatherEditor, sectionId)).toBe('read')
    await clock()
    expect((await mine(people.weatherEditor))[0]).toMatchObject({
      state: 'approved',
      on: { title: 'Roster' },
    })
    expect(await told('access.decided')).toEqual(['Walt Weather', 'Walt Weather'])
    expect(await pending(people.countyLead)).toEqual([])
  })

  it('[R2] nobody approves their own request', async () => {
    const { people, world, orgs, workspaceId, documentId } = now.plan
    const second = await world.person(orgs.county, { name: 'Cora County' })
    await world.membership(workspaceId, second, 'steward')
    const cora = await world.actor(second)
    const sectionId = await world.section(documentId, orgs.county)
    await world.boundary({ sectionId }, [{ kind: 'org', id: orgs.county, max: 'manage' }])
    await world.insert('access_requests', {
      person_id: second,
      org_id: orgs.county,
      asked_for: sectionId,
      workspace_id: workspaceId,
      document_id: documentId,
      section_id: sectionId,
      level: 'edit',
      reason: 'x',
      state: 'pending',
    })
    const own = await only(cora)
    expect(own.can).toMatchObject({ answer: false, why: expect.stringContaining('your own request') })
    await expect(approve(cora, own.id)).rejects.toMatchObject({ code: 'denied', details: { rule: 'R2' } })
    await expect(
      runOperation(now.plan.services, cora, declineRequest, { requestId: own.id, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'denied' })
    expect((await only(people.countyLead)).can.answer).toBe(true)
  })

  it('[R4] never above what the participation allows, and says so', async () => {
    const { people, world, workspaceId, services, documentId, orgs } = now.plan
    const sectionId = await world.section(documentId, orgs.county, { title: 'Roster' })
    const org = await world.org('Low Agency')
    await world.participation(workspaceId, org, { ceiling: 'read' })
    const personId = await world.person(org, { name: 'Lola Low' })
    await world.membership(workspaceId, personId, 'guest')
    await ask(await world.actor(personId), sectionId, 'edit')
    const { id } = await only(people.countyLead)
    const view = await runOperation(services, people.countyLead, previewApproval, {
      requestId: id,
      level: 'edit',
      until: null,
    })
    expect(view).toMatchObject({ reaches: 'read', why: expect.any(String) })
    await expect(approve(people.countyLead, id, 'edit')).rejects.toMatchObject({ code: 'conflict' })
    expect(await approve(people.countyLead, id, 'read')).toMatchObject({ applied: false })
  })

  it('of a stale preview is refused', async () => {
    const { people, services, world } = now.plan
    const sectionId = await secret()
    await ask(people.countyReader, sectionId)
    const { id: requestId } = await only(people.countyLead)
    const given = { requestId, level: 'read', until: null } as const
    const { preview } = await runOperation(services, people.countyLead, previewApproval, given)
    await world.grant({ sectionId }, 'person', people.weatherEditor.personId, 'read')
    await expect(
      runOperation(services, people.countyLead, approveRequest, { ...given, hash: preview.hash }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})
