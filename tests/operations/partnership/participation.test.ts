import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '@/lib/ids'
import { addMember } from '@/server/operations/members/add-member'
import { answerOffer } from '@/server/operations/offers/answer-offer'
import { consentToOffer } from '@/server/operations/offers/consent-to-offer'
import { getOffer } from '@/server/operations/offers/get-offer'
import { changeParticipation } from '@/server/operations/participation/change-participation'
import { leaveWorkspace } from '@/server/operations/participation/leave-workspace'
import { listHeldOut } from '@/server/operations/participation/list-held-out'
import { previewEnd } from '@/server/operations/participation/preview-end'
import { resumeParticipation } from '@/server/operations/participation/resume-participation'
import { suspendParticipation } from '@/server/operations/participation/suspend-participation'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import { signTerms } from '@/server/operations/terms/sign-terms'
import { getWorkspace } from '@/server/operations/workspaces/get-workspace'
import { removeOrganisation } from '@/server/operations/workspaces/remove-organisation'
import type { AccessScope } from '@/server/policy/access-scope'
import { authorize } from '@/server/policy/authorize'
import { freshPartnership, invited, published } from '@/tests/operations/partnership/fresh-partnership'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

type Who = keyof Plan['people']

let plan: Plan
let workspaceId: Id
let orgId: Id
const scopes: AccessScope[] = []
beforeAll(async () => {
  plan = await openPlan()
  plan.services.accessChanges.subscribe((scope) => scopes.push(scope))
  orgId = plan.orgs.hospital
})
afterAll(() => plan.services.close())
beforeEach(async () => {
  ;({ workspaceId } = await freshPartnership(plan))
  scopes.length = 0
})

const as = <In, Out>(who: Who, operation: Operation<In, Out>, input: In) =>
  runOperation(plan.services, plan.people[who], operation, input)
const enters = (who: Who) =>
  as(who, getWorkspace, { workspaceId }).then(
    () => true,
    () => false,
  )
const levelOn = (who: Who, sectionId: Id) =>
  authorize(plan.services.db, plan.people[who], { sectionId }, { ask: 'level', needs: 'read' }).then(
    ({ decision }) => decision.level,
    () => 'none',
  )
const parts = async () => {
  const { rows } = await plan.services.db.query<{ ceiling: string; state: string; export: boolean }>(
    `select ceiling, state, may_export as export from participations
     where workspace_id = $1 and org_id = $2 and ended_at is null`,
    [workspaceId, orgId],
  )
  return rows
}
const change = (
  who: Who,
  more: { ceiling?: 'read' | 'edit' | 'manage'; until?: string | null; mayExport?: boolean },
) =>
  as(who, changeParticipation, {
    workspaceId,
    orgId,
    ceiling: more.ceiling ?? 'manage',
    mayExport: more.mayExport ?? false,
    until: more.until ?? null,
    message: 'Because of the season.',
  })
const suspend = (who: Who) => as(who, suspendParticipation, { workspaceId, orgId, confirm: true })
const resume = (who: Who) => as(who, resumeParticipation, { workspaceId, orgId })
const leave = (sections: 'withdraw' | 'freeze', who: Who = 'hospitalLead') =>
  as(who, leaveWorkspace, { workspaceId, sections, confirm: true })

describe('a change', () => {
  it.each(['countyLead', 'hospitalLead'] as const)('narrower is in force at once, by %s', async (who) => {
    expect(await change(who, { ceiling: 'read' })).toEqual({ offerId: null })
    expect(await parts()).toEqual([{ ceiling: 'read', state: 'active', export: false }])
    expect(scopes).toContainEqual({ workspaceId, orgId })
  })

  it.each([{ mayExport: true }, { until: null, ceiling: 'manage', mayExport: true }] as const)(
    'wider changes nothing before the other side accepts: %o',
    async (wider) => {
      const { offerId } = await change('countyLead', wider)
      expect(await parts()).toEqual([{ ceiling: 'manage', state: 'active', export: false }])
      expect(scopes).toEqual([])
      const seen = await as('hospitalLead', getOffer, { offerId: offerId ?? '' })
      expect(seen).toMatchObject({
        kind: 'change',
        now: { mayExport: false },
        mayExport: true,
        can: { answer: true },
      })
      await expect(as('hospitalEditor', getOffer, { offerId: offerId ?? '' })).rejects.toMatchObject({
        code: 'missing',
      })
      const accept = { offerId: offerId ?? '', answer: 'accept', version: 0, hash: null } as const
      await expect(as('countyLead', answerOffer, accept)).rejects.toMatchObject({ code: 'missing' })
      await as('hospitalLead', answerOffer, accept)
      expect(await parts()).toEqual([{ ceiling: 'manage', state: 'active', export: true }])
    },
  )

  it('narrower in one thing and wider in another waits as a whole; one waits at a time', async () => {
    const { offerId } = await change('countyLead', { ceiling: 'read', mayExport: true })
    expect(offerId).not.toBeNull()
    expect(await parts()).toMatchObject([{ ceiling: 'manage' }])
    await expect(change('countyLead', { mayExport: true })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('an end is narrower, a later one wider; nobody widens their own', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const later = new Date(Date.now() + 7_200_000).toISOString()
    expect(await change('countyLead', { until: soon })).toEqual({ offerId: null })
    expect((await change('countyLead', { until: later })).offerId).not.toBeNull()
    await expect(change('hospitalLead', { until: later })).rejects.toMatchObject({ code: 'denied' })
    await expect(change('hospitalLead', { mayExport: true })).rejects.toMatchObject({ code: 'denied' })
    await expect(change('countyLead', { until: '2020-01-01T00:00:00.000Z' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('never of the host', async () => {
    const host = { workspaceId, orgId: plan.orgs.county, ceiling: 'read', mayExport: false } as const
    await expect(
      as('countyLead', changeParticipation, { ...host, until: null, message: '' }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('suspended', () => {
  it('by the host: out at once, and only the host resumes', async () => {
    expect(await enters('hospitalEditor')).toBe(true)
    await suspend('countyLead')
    expect(await enters('hospitalEditor')).toBe(false)
    expect(scopes).toContainEqual({ workspaceId, orgId })
    expect(await as('hospitalEditor', listHeldOut, undefined)).toContainEqual(
      expect.objectContaining({ workspaceId, state: 'suspended', speaks: false }),
    )
    await expect(resume('hospitalLead')).rejects.toMatchObject({ code: 'denied' })
    await expect(resume('hospitalEditor')).rejects.toMatchObject({ code: 'denied' })
    await expect(suspend('hospitalLead')).rejects.toMatchObject({ code: 'conflict' })
    await resume('countyLead')
    expect(await enters('hospitalEditor')).toBe(true)
  })

  it('by its own lead: only its own side resumes', async () => {
    await suspend('hospitalLead')
    await expect(resume('countyLead')).rejects.toMatchObject({ code: 'denied' })
    expect(await enters('hospitalLead')).toBe(false)
    await resume('hospitalLead')
    expect(await enters('hospitalLead')).toBe(true)
    await expect(resume('hospitalLead')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('stays suspended when it signs new terms or is narrowed', async () => {
    await suspend('countyLead')
    const { version, hash } = await published(plan, workspaceId)
    await as('hospitalLead', signTerms, { workspaceId, version, hash })
    await change('hospitalLead', { ceiling: 'read' })
    expect(await parts()).toEqual([{ ceiling: 'read', state: 'suspended', export: false }])
    expect(await enters('hospitalLead')).toBe(false)
  })
})

describe('leaving', () => {
  /** Of Hospital: two sections in County's document, one for one person; a document with another's section; one of its own. */
  const withContent = async () => {
    const { world, orgs, people } = plan
    const documentId = await world.document(workspaceId, orgs.county)
    const open = await world.section(documentId, orgId)
    const named = await world.section(documentId, orgId)
    await world.boundary({ sectionId: named }, [
      { kind: 'person', id: people.hospitalLead.personId, max: 'manage' },
      { kind: 'org', id: orgs.county, max: 'read' },
    ])
    const mixed = await world.document(workspaceId, orgId)
    const others = await world.section(mixed, orgs.county)
    const alone = await world.document(workspaceId, orgId)
    const inside = await world.section(alone, orgId)
    return { open, named, mixed, others, alone, inside }
  }
  const ownerOf = async (documentId: Id) =>
    (
      await plan.services.db.query<{ owner_org_id: Id }>('select owner_org_id from documents where id = $1', [
        documentId,
      ])
    ).rows[0]?.owner_org_id

  it('withdrawn: nobody sees its sections, others’ go on, shared documents pass to the host', async () => {
    const { open, named, mixed, others, alone, inside } = await withContent()
    expect(await levelOn('countyReader', open)).toBe('read')
    expect(await as('hospitalLead', previewEnd, { workspaceId, orgId })).toMatchObject({
      people: 2,
      sections: 3,
      sharedDocuments: 1,
      onLeaving: 'choice',
    })
    await leave('withdraw')
    for (const section of [open, named, inside]) {
      for (const who of ['countyLead', 'countyReader', 'hospitalLead', 'hospitalEditor'] as const)
        expect([who, await levelOn(who, section)]).toEqual([who, 'none'])
    }
    expect(await levelOn('countyReader', others)).toBe('read')
    expect([await ownerOf(mixed), await ownerOf(alone)]).toEqual([plan.orgs.county, orgId])
    expect(await enters('hospitalLead')).toBe(false)
    expect(scopes).toContainEqual({ workspaceId })
    const [event] = await eventsOf(plan, 'participation.left')
    expect(event?.says).toMatchObject({
      after: { sections: 'withdraw' },
      volume: { sections: 3, handedOver: 1 },
    })
    expect((await eventsOf(plan, 'document.handed_over'))[0]).toMatchObject({ document_id: mixed })
  })

  it('withdrawn and come back: its own see what they saw before, and nobody more', async () => {
    const { open, named } = await withContent()
    await leave('withdraw')
    const { offerId } = await invited(plan, workspaceId)
    const accept = { offerId, answer: 'accept', version: 0, hash: null } as const
    await as('hospitalLead', answerOffer, accept)
    expect(await levelOn('hospitalLead', named)).toBe('edit')
    expect(await levelOn('countyLead', named)).toBe('none')
    expect(await levelOn('countyLead', open)).toBe('none')
    expect(await levelOn('hospitalEditor', open)).toBe('none')
    await as('hospitalLead', addMember, {
      workspaceId,
      personId: plan.people.hospitalEditor.personId,
      role: 'editor',
      until: null,
    })
    expect(await levelOn('hospitalEditor', open)).toBe('edit')
    expect(await levelOn('hospitalEditor', named)).toBe('none')
  })

  it('frozen: read by whom they were read, changed by nobody', async () => {
    const { open, named } = await withContent()
    await leave('freeze')
    expect(await levelOn('countyLead', open)).toBe('read')
    expect(await levelOn('countyReader', named)).toBe('read')
    expect(await levelOn('hospitalLead', open)).toBe('none')
  })

  it('does what the signed terms fix, not those that it has not signed', async () => {
    const first = await published(plan, workspaceId, { onLeaving: 'freeze' })
    await as('hospitalLead', signTerms, { workspaceId, version: first.version, hash: first.hash })
    await published(plan, workspaceId, { text: 'Other words.', onLeaving: 'withdraw' })
    await expect(leave('withdraw')).rejects.toMatchObject({ code: 'conflict' })
    await expect(leave('freeze', 'hospitalEditor')).rejects.toMatchObject({ code: 'denied' })
    await leave('freeze')
    expect(await parts()).toEqual([])
  })

  it('is not for the host; taken out by the host, sections are withdrawn', async () => {
    await expect(leave('freeze', 'countyLead')).rejects.toMatchObject({ code: 'invalid' })
    const { open } = await withContent()
    const out = { workspaceId, confirm: true } as const
    await expect(
      as('countyLead', removeOrganisation, { ...out, orgId: plan.orgs.county }),
    ).rejects.toMatchObject({ code: 'invalid' })
    await as('countyLead', removeOrganisation, { ...out, orgId })
    expect(await levelOn('countyLead', open)).toBe('none')
    await expect(as('countyLead', removeOrganisation, { ...out, orgId })).rejects.toMatchObject({
      code: 'missing',
    })
  })

  it('ends an emergency look at what is withdrawn', async () => {
    const { named } = await withContent()
    const { countyReader } = plan.people
    await plan.world.insert('break_glass', {
      section_id: named,
      person_id: countyReader.personId,
      session_id: countyReader.sessionId,
      reason: 'fire',
      valid_until: new Date(Date.now() + 600_000),
    })
    expect(await levelOn('countyReader', named)).toBe('read')
    await leave('withdraw')
    expect(await levelOn('countyReader', named)).toBe('none')
  })

  it('releases invitations that waited for its consent alone; publishing other terms does not', async () => {
    ;({ workspaceId } = await freshPartnership(plan, ['weather']))
    const terms = await published(plan, workspaceId, { consentToInvite: true })
    const sign = { workspaceId, version: terms.version, hash: terms.hash }
    await as('weatherSteward', signTerms, sign)
    await published(plan, workspaceId, { text: 'Nobody is asked.' })
    const { offerId, state } = await invited(plan, workspaceId)
    expect(state).toBe('consent')
    await expect(
      as('weatherSteward', consentToOffer, { offerId, give: true, reason: '' }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/denied|hidden/) })
    await leave('freeze', 'weatherSteward')
    expect(await as('countyLead', getOffer, { offerId })).toMatchObject({ state: 'open' })
  })
})
