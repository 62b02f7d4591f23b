import { newId } from '@/lib/ids'
import type { BoundaryInput } from '@/lib/views/boundary'
import { previewBoundary } from '@/server/operations/boundaries/preview-boundary'
import { runOperation } from '@/server/operations/run-operation'
import type { Person } from '@/tests/api/served'
import type { Plan } from '@/tests/operations/plan'

export const SIGNED_IN = [
  'countyLead',
  'countyReader',
  'weatherSteward',
  'weatherEditor',
  'reviewer',
  'hospitalLead',
  'hospitalEditor',
  'guest',
  'auditor',
  'stranger',
] as const satisfies readonly Person[]

export const EVERYONE: readonly Person[] = [...SIGNED_IN, 'signedOut']

const MEMBERS: readonly Person[] = SIGNED_IN.filter((who) => who !== 'stranger')
const READERS = MEMBERS.filter((who) => who !== 'guest' && who !== 'auditor')
const EDITORS = READERS.filter((who) => who !== 'countyReader' && who !== 'reviewer')
const ADMINISTRATORS: readonly Person[] = ['countyLead', 'hospitalLead']
const HOST: readonly Person[] = ['countyLead']

interface ProcedureCase {
  input?: (plan: Plan) => unknown
  /** Who gets an answer; everyone else is refused. */
  may: readonly Person[]
  /** Ids whose existence is not hidden from whoever may call this, and why. */
  open?: Record<string, string>
}

const boundary = ({ orgs }: Plan): BoundaryInput => [
  { subjectKind: 'org', subjectId: orgs.county, maxLevel: 'manage', until: null },
]
const inWorkspace = ({ workspaceId }: Plan) => ({ workspaceId })
const inDocument = ({ documentId }: Plan) => ({ documentId })
const inOpen = ({ sections }: Plan) => ({ sectionId: sections.open })
const noToken = 'x'.repeat(43)

/** Every procedure of the API, with an input that is right for somebody. A new procedure needs its line here. */
export const PROCEDURES: Record<string, ProcedureCase> = {
  'entry.banner': { may: EVERYONE },
  'entry.openLink': { may: [], input: () => ({ kind: 'password', token: noToken }) },
  'entry.setPassword': { may: [], input: () => ({ token: noToken, password: 'a long enough pass phrase' }) },
  'entry.setUp': {
    may: [],
    input: () => ({
      token: noToken,
      name: 'Agency',
      shortCode: 'AGY',
      colour: 1,
      personName: 'First',
      email: 'first@example.test',
      password: 'a long enough pass phrase',
    }),
  },
  'me.get': { may: SIGNED_IN },
  'me.sessions': { may: SIGNED_IN },
  'me.keepAlive': { may: SIGNED_IN },
  'me.endSession': {
    may: ['countyLead'],
    input: ({ people }) => ({ sessionId: people.countyLead.sessionId }),
  },
  'me.endOtherSessions': { may: SIGNED_IN },
  'people.list': { may: ADMINISTRATORS },
  'people.create': { may: ADMINISTRATORS, input: () => ({ name: 'New', email: 'new@example.test' }) },
  'people.issueLink': { may: HOST, input: ({ newcomerId }) => ({ personId: newcomerId }) },
  'people.suspend': { may: HOST, input: ({ newcomerId }) => ({ personId: newcomerId }) },
  'people.reinstate': { may: HOST, input: ({ suspendedId }) => ({ personId: suspendedId }) },
  'organisations.list': { may: [] },
  'organisations.create': {
    may: [],
    input: () => ({
      name: 'Third',
      shortCode: 'THIRD',
      colour: 3,
      adminName: 'Adm',
      adminEmail: 'adm@example.test',
    }),
  },
  'workspaces.list': { may: SIGNED_IN },
  'workspaces.get': { may: MEMBERS, input: inWorkspace },
  'workspaces.create': { may: ADMINISTRATORS, input: () => ({ title: 'Fire season' }) },
  'workspaces.invitable': { may: HOST, input: inWorkspace },
  'workspaces.addOrganisation': {
    may: HOST,
    input: ({ workspaceId, spareOrgId: orgId }) => ({
      workspaceId,
      orgId,
      ceiling: 'edit',
      mayExport: false,
    }),
    open: { orgId: 'the host is offered every organisation of the instance' },
  },
  'workspaces.removeOrganisation': {
    may: HOST,
    input: ({ workspaceId, orgs }) => ({ workspaceId, orgId: orgs.weather, confirm: true }),
  },
  'members.get': { may: MEMBERS.filter((who) => who !== 'guest'), input: inWorkspace },
  'members.add': {
    may: HOST,
    input: ({ workspaceId, newcomerId }) => ({
      workspaceId,
      personId: newcomerId,
      role: 'reader',
      until: null,
    }),
  },
  'members.change': {
    may: HOST,
    input: ({ people }) => ({ membershipId: people.countyReader.membershipId, role: 'editor', until: null }),
  },
  'members.end': { may: HOST, input: ({ people }) => ({ membershipId: people.countyReader.membershipId }) },
  'documents.create': {
    may: EDITORS,
    input: ({ workspaceId, annexId }) => ({ workspaceId, title: 'New', parentId: annexId }),
  },
  'documents.get': { may: READERS, input: inDocument },
  'documents.rename': { may: EDITORS, input: (plan) => ({ ...inDocument(plan), title: 'Plan B' }) },
  'documents.archive': { may: HOST, input: inDocument },
  'documents.restore': { may: HOST, input: inDocument },
  'documents.star': { may: READERS, input: inDocument },
  'documents.unstar': { may: READERS, input: inDocument },
  'documents.recent': { may: SIGNED_IN },
  'documents.starred': { may: SIGNED_IN },
  'documents.move': {
    may: EDITORS,
    input: ({ documentId, annexId }) => ({
      documentId: annexId,
      parentId: documentId,
      afterDocumentId: null,
    }),
  },
  'sections.create': {
    may: EDITORS,
    input: ({ documentId, sections }) => ({ documentId, title: 'New', afterSectionId: sections.open }),
  },
  'sections.rename': { may: EDITORS, input: (plan) => ({ ...inOpen(plan), title: 'Outlook' }) },
  'sections.move': { may: EDITORS, input: (plan) => ({ ...inOpen(plan), afterSectionId: plan.frozenId }) },
  'sections.freeze': { may: HOST, input: inOpen },
  'sections.unfreeze': { may: HOST, input: ({ frozenId }) => ({ sectionId: frozenId }) },
  'sections.openReseed': { may: HOST, input: (plan) => ({ ...inOpen(plan), minutes: 15 }) },
  'sections.closeReseed': { may: HOST, input: inOpen },
  'sections.remove': { may: HOST, input: inOpen },
  'sections.restore': { may: HOST, input: ({ removedId }) => ({ sectionId: removedId }) },
  'sections.mark': { may: HOST, input: (plan) => ({ ...inOpen(plan), label: 'TLP:AMBER' }) },
  'boundaries.get': { may: READERS, input: inOpen },
  'boundaries.preview': { may: READERS, input: (plan) => ({ ...inOpen(plan), boundary: boundary(plan) }) },
  'boundaries.set': {
    may: HOST,
    input: async (plan) => {
      const change = { sectionId: plan.sections.open, boundary: boundary(plan) }
      const { hash } = await runOperation(plan.services, plan.people.countyLead, previewBoundary, change)
      return { ...change, hash }
    },
  },
  'record.list': {
    may: ['auditor'],
    input: ({ workspaceId, orgs, people, documentId, sections }) => ({
      workspaceId,
      filter: {
        personId: people.countyLead.personId,
        orgId: orgs.county,
        documentId,
        sectionId: sections.open,
      },
    }),
  },
  'record.choices': { may: ['auditor'], input: inWorkspace },
}

/** Where an input names something by id: the path to it, and an id of the same kind that nobody here knows of. */
export const idsIn = (input: unknown, plan: Plan, path: readonly string[] = []): IdPlace[] => {
  if (typeof input === 'string') {
    const foreign = UUID.test(input) ? foreignId(path.at(-1) ?? '', plan) : null
    return foreign === null ? [] : [{ path, foreign: [foreign, ...hiddenIds(path.at(-1) ?? '', plan)] }]
  }
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([key, value]) => idsIn(value, plan, [...path, key]))
}

interface IdPlace {
  path: readonly string[]
  foreign: { id: string; hiddenFrom: (who: Person) => boolean }[]
}

const UUID = /^[0-9a-f]{8}-/
const fromEveryone = () => true

const foreignId = (key: string, { elsewhere }: Plan) => {
  const kinds: Record<string, string> = {
    workspaceId: elsewhere.workspaceId,
    documentId: elsewhere.documentId,
    parentId: elsewhere.documentId,
    afterDocumentId: elsewhere.documentId,
    sectionId: elsewhere.sectionId,
    afterSectionId: elsewhere.sectionId,
    membershipId: elsewhere.membershipId,
    personId: elsewhere.personId,
    orgId: elsewhere.orgId,
    subjectId: elsewhere.orgId,
    sessionId: elsewhere.actor.sessionId,
  }
  const id = kinds[key]
  if (id === undefined) throw new Error(`no foreign id for a field named ${key}: add its kind`)
  return { id, hiddenFrom: fromEveryone }
}

/** In the same document, behind a boundary: hidden from all but the hospital's own. */
const hiddenIds = (key: string, { sections }: Plan) =>
  key === 'sectionId' || key === 'afterSectionId'
    ? [
        {
          id: sections.closed,
          hiddenFrom: (who: Person) =>
            who !== 'hospitalLead' && who !== 'hospitalEditor' && who !== 'auditor',
        },
      ]
    : []

export const swapped = (input: unknown, [key, ...rest]: readonly string[], id: string = newId()): unknown => {
  if (key === undefined) return id
  const copy = structuredClone(input) as Record<string, unknown>
  copy[key] = swapped(copy[key], rest, id)
  return copy
}
