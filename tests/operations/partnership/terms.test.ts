import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '@/lib/ids'
import { runOperation } from '@/server/operations/run-operation'
import { getTerms } from '@/server/operations/terms/get-terms'
import { publishTerms } from '@/server/operations/terms/publish-terms'
import { saveTermsDraft } from '@/server/operations/terms/save-terms-draft'
import { signTerms } from '@/server/operations/terms/sign-terms'
import { getWorkspace } from '@/server/operations/workspaces/get-workspace'
import type { AccessScope } from '@/server/policy/access-scope'
import { drafted, freshPartnership, published, TERMS } from '@/tests/operations/partnership/fresh-partnership'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
let workspaceId: Id
const scopes: AccessScope[] = []
beforeAll(async () => {
  plan = await openPlan()
  plan.services.accessChanges.subscribe((scope) => scopes.push(scope))
})
afterAll(() => plan.services.close())
beforeEach(async () => {
  ;({ workspaceId } = await freshPartnership(plan))
  scopes.length = 0
})

const enters = (who: keyof Plan['people']) =>
  runOperation(plan.services, plan.people[who], getWorkspace, { workspaceId }).then(
    () => true,
    () => false,
  )
const look = (who: keyof Plan['people']) =>
  runOperation(plan.services, plan.people[who], getTerms, { workspaceId })
const sign = (who: keyof Plan['people'], terms: { version: number; hash: string }) =>
  runOperation(plan.services, plan.people[who], signTerms, {
    workspaceId,
    version: terms.version,
    hash: terms.hash,
  })

describe('a draft', () => {
  it('is the host’s own until it is published, and nobody’s changes are overwritten unseen', async () => {
    const { people, services } = plan
    const { hash } = await drafted(plan, workspaceId)
    expect((await look('countyLead')).draft).toMatchObject({ text: TERMS.text, hash })
    expect((await look('hospitalLead')).draft).toBeNull()
    expect((await look('countyReader')).draft).toBeNull()
    const content = { ...TERMS, text: 'Other words.' }
    const save = (basedOn: string | null) =>
      runOperation(services, people.countyLead, saveTermsDraft, { workspaceId, content, basedOn })
    await expect(save(null)).rejects.toMatchObject({ code: 'conflict' })
    await expect(save(hash)).resolves.toMatchObject({ hash: expect.not.stringContaining(hash) })
    await expect(
      runOperation(services, people.countyLead, publishTerms, { workspaceId, hash }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('published terms', () => {
  it('[R4] hold out everybody who has not signed, at once, and the host has signed them', async () => {
    expect(await enters('hospitalEditor')).toBe(true)
    const terms = await published(plan, workspaceId)
    expect(scopes).toContainEqual({ workspaceId })
    expect(await enters('countyReader')).toBe(true)
    expect(await enters('hospitalEditor')).toBe(false)
    expect(await look('hospitalEditor')).toMatchObject({
      heldOut: true,
      can: { sign: false, whom: expect.stringContaining('Hospital Network') },
      versions: [{ version: 1, hash: terms.hash, text: TERMS.text }],
    })
    expect((await look('countyLead')).versions[0]?.signatures).toMatchObject([
      { agency: { id: plan.orgs.county }, person: { id: plan.people.countyLead.personId } },
    ])
    const { rows } = await plan.services.db.query(
      `select person_id from notifications where kind = 'terms.published' and workspace_id = $1`,
      [workspaceId],
    )
    expect(rows).toContainEqual({ person_id: plan.people.hospitalLead.personId })
    expect(rows).not.toContainEqual({ person_id: plan.people.countyLead.personId })
  })

  it('let in again whose lead has signed, and keep who, when and which version', async () => {
    const terms = await published(plan, workspaceId)
    await expect(sign('hospitalEditor', terms)).rejects.toMatchObject({ code: 'denied' })
    await sign('hospitalLead', terms)
    expect(await enters('hospitalEditor')).toBe(true)
    expect(await enters('weatherEditor')).toBe(false)
    await expect(sign('hospitalLead', terms)).rejects.toMatchObject({ code: 'conflict' })
    const event = (await eventsOf(plan, 'terms.signed')).find(({ outcome }) => outcome === 'allowed')
    expect(event?.says).toMatchObject({ details: { version: 1, hash: terms.hash } })
    const { rows } = await plan.services.db.query(
      `select ended_at is null as open, signed_terms_version from participations
       where workspace_id = $1 and org_id = $2 order by valid_from`,
      [workspaceId, plan.orgs.hospital],
    )
    expect(rows).toEqual([
      { open: false, signed_terms_version: 0 },
      { open: true, signed_terms_version: 1 },
    ])
  })

  it('ask everyone again when there are new ones; an old version can no longer be signed', async () => {
    const first = await published(plan, workspaceId)
    await sign('hospitalLead', first)
    const second = await published(plan, workspaceId, { text: 'New words.' })
    expect(second.version).toBe(2)
    expect(await enters('hospitalEditor')).toBe(false)
    await expect(sign('hospitalLead', first)).rejects.toMatchObject({ code: 'conflict' })
    await expect(sign('hospitalLead', { version: 2, hash: first.hash })).rejects.toMatchObject({
      code: 'conflict',
    })
    await sign('hospitalLead', second)
    expect(await enters('hospitalEditor')).toBe(true)
  })

  it('are shown to nobody else, and a workspace of others is as good as none', async () => {
    await published(plan, workspaceId)
    await expect(runOperation(plan.services, plan.stranger, getTerms, { workspaceId })).rejects.toMatchObject(
      {
        code: 'missing',
      },
    )
    await expect(look('guest')).rejects.toMatchObject({ code: 'missing' })
  })

  it('cannot be rewritten, whatever a query says', async () => {
    await published(plan, workspaceId)
    const { db } = plan.services
    await expect(db.query(`update terms_versions set text = 'x'`)).rejects.toMatchObject({ code: '23001' })
    await expect(db.query('delete from terms_signatures')).rejects.toMatchObject({ code: '23001' })
  })
})
