import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDocument } from '@/server/operations/documents/create-document'
import { getDocument } from '@/server/operations/documents/get-document'
import { moveDocument } from '@/server/operations/documents/move-document'
import { recentDocuments } from '@/server/operations/documents/recent-documents'
import { starDocument } from '@/server/operations/documents/star-document'
import { starredDocuments } from '@/server/operations/documents/starred-documents'
import { runOperation } from '@/server/operations/run-operation'
import { createSection } from '@/server/operations/sections/create-section'
import { moveSection } from '@/server/operations/sections/move-section'
import { getSharing } from '@/server/operations/sharing/get-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { getWorkspace } from '@/server/operations/workspaces/get-workspace'
import { listWorkspaces } from '@/server/operations/workspaces/list-workspaces'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
let now = new Date()
beforeAll(async () => {
  now = new Date()
  plan = await openPlan({ now: () => now })
})
afterAll(() => plan.services.close())

const documentAs = (who: keyof Plan['people'], documentId = plan.documentId) =>
  runOperation(plan.services, plan.people[who], getDocument, { documentId })
const titlesFor = async (who: keyof Plan['people']) =>
  (await documentAs(who)).sections.map(({ title }) => title)

it('[R5] every person is shown another document: only what they may discover, in order', async () => {
  expect(await titlesFor('countyLead')).toEqual(['Situation', 'Forecast', 'Patients at risk', 'Cold'])
  expect(await titlesFor('countyReader')).toEqual(['Situation', 'Forecast', 'Cold'])
  expect(await titlesFor('weatherEditor')).toEqual(['Situation', 'Forecast', 'Cold'])
  expect(await titlesFor('hospitalLead')).toEqual(['Situation', 'Patients at risk', 'Staffing', 'Cold'])
  expect(await titlesFor('hospitalEditor')).toEqual(['Situation', 'Staffing', 'Cold'])
})

it('[R6] the document’s label rises only with what one may see', async () => {
  expect((await documentAs('countyLead')).label.id).toBe('TLP:RED')
  expect((await documentAs('countyReader')).label.id).toBe('TLP:GREEN')
})

it('says who can see a section in one chip, and why one cannot edit', async () => {
  const { sections } = await documentAs('countyLead')
  const [open, shared, named, cold] = sections
  expect(open).toMatchObject({
    audience: { kind: 'everyone', text: 'Everyone here' },
    level: 'manage',
    readOnlyWhy: null,
  })
  expect(shared?.audience.text).toMatch(/^T\w+ · T\w+$/)
  expect(shared?.readOnlyWhy).toContain('The boundary that National Weather Service set')
  expect(named?.audience).toEqual({ kind: 'people', text: '2 people', agencies: [] })
  expect(JSON.stringify(named)).not.toContain('Hanna')
  expect(cold?.readOnlyWhy).toContain('frozen')
  expect(cold?.can).toMatchObject({ edit: false, freeze: false, unfreeze: true, setBoundary: true })
})

it('[R7] a guest reaches a named section through its document, and nothing else', async () => {
  const { world, people, sections, services, workspaceId, documentId } = plan
  await expect(documentAs('guest')).rejects.toMatchObject({ code: 'hidden' })
  await world.grant({ sectionId: sections.open }, 'person', people.guest.personId, 'read')
  expect(await titlesFor('guest')).toEqual(['Situation'])
  const view = await runOperation(services, people.guest, getWorkspace, { workspaceId })
  expect(view.documents.map(({ id }) => id)).toEqual([documentId])
  expect(view.agencies.every((agency) => agency.people === 0)).toBe(true)
  // Nor who else is here, by way of the section's boundary.
  const inOpen = { sectionId: sections.open }
  const boundary = await runOperation(services, people.guest, getSharing, { on: inOpen })
  expect(boundary).toMatchObject({
    people: [],
    agencies: [],
    ceilings: [],
    inherited: null,
    can: { change: false },
  })
  await expect(
    runOperation(services, people.guest, previewSharing, { on: inOpen, change: { boundary: null } }),
  ).rejects.toMatchObject({ code: 'denied' })
})

it('[R0] lists and counts hold only documents that one may know of', async () => {
  const { world, services, people, orgs, workspaceId, elsewhere } = plan
  const secret = await world.document(workspaceId, orgs.hospital, { title: 'Hospital only' })
  await world.boundary({ documentId: secret }, [{ kind: 'org', id: orgs.hospital, max: 'manage' }])
  const child = await world.document(workspaceId, orgs.county, { title: 'Child', parentId: secret })
  const cardsOf = (who: keyof Plan['people']) =>
    runOperation(services, people[who], listWorkspaces, undefined)
  const rowsOf = async (who: keyof Plan['people']) =>
    (await runOperation(services, people[who], getWorkspace, { workspaceId })).documents
  expect((await cardsOf('countyLead')).map(({ documents }) => documents)).toEqual([3])
  expect((await cardsOf('hospitalEditor')).map(({ documents }) => documents)).toEqual([4])
  expect((await cardsOf('auditor')).map(({ documents }) => documents)).toEqual([0])
  expect((await rowsOf('countyLead')).find(({ id }) => id === child)?.parentId).toBeNull()
  expect((await rowsOf('hospitalEditor')).find(({ id }) => id === child)?.parentId).toBe(secret)
  expect(JSON.stringify(await rowsOf('countyLead'))).not.toContain(secret)

  await services.db.query('insert into stars (person_id, document_id) values ($1, $2), ($1, $3)', [
    people.countyLead.personId,
    secret,
    elsewhere.documentId,
  ])
  await runOperation(services, people.countyLead, starDocument, { documentId: child })
  const starred = await runOperation(services, people.countyLead, starredDocuments, undefined)
  expect(starred.map(({ id, workspaceTitle }) => [id, workspaceTitle])).toEqual([[child, 'Flood response']])
  const recent = await runOperation(services, people.countyLead, recentDocuments, undefined)
  expect(recent[0]?.id).toBe(plan.documentId)
})

it('puts a repeated look on record again only after ten minutes or when more or less is seen', async () => {
  const { people, services, documentId, sections } = plan
  const looks = async () =>
    (await eventsOf(plan, 'document.viewed')).filter(
      (event) => event.actor_person_id === people.reviewer.personId,
    )
  const look = () => documentAs('reviewer')
  for (let i = 0; i < 5; i++) await look()
  expect(await looks()).toHaveLength(1)
  await runOperation(services, people.countyLead, createSection, {
    documentId,
    title: 'Added',
    afterSectionId: sections.open,
  })
  await look()
  await look()
  expect(await looks()).toHaveLength(2)
  now = new Date(now.getTime() + 10 * 60_000)
  await look()
  expect(await looks()).toHaveLength(3)
})

it('keeps one order when many move at once', async () => {
  const { people, services, sections, frozenId } = plan
  await Promise.all(
    [people.countyLead, people.weatherEditor, people.hospitalEditor].map((actor, i) =>
      runOperation(services, actor, moveSection, {
        sectionId: i === 0 ? frozenId : sections.open,
        afterSectionId: null,
      }),
    ),
  )
  const { rows } = await services.db.query<{ places: number; rows: number }>(
    'select count(distinct position)::int as places, count(*)::int as rows from sections where document_id = $1',
    [plan.documentId],
  )
  expect(rows[0]?.places).toBe(rows[0]?.rows)
})

it('never makes a ring of documents', async () => {
  const { people, services, workspaceId } = plan
  const create = async (parentId: string | null) =>
    (await runOperation(services, people.countyLead, createDocument, { workspaceId, title: 'D', parentId }))
      .documentId
  const a = await create(null)
  const b = await create(a)
  const move = (documentId: string, parentId: string) =>
    runOperation(services, people.countyLead, moveDocument, { documentId, parentId, afterDocumentId: null })
  await expect(move(a, b)).rejects.toMatchObject({ code: 'invalid' })
  await expect(move(a, a)).rejects.toMatchObject({ code: 'invalid' })
})
