import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventType } from '@/lib/audit/catalogue'
import type { EventDraft } from '@/lib/audit/event'
import { isLook, kindOf } from '@/lib/audit/event-kinds'
import { EVENT_KINDS, type EventKind } from '@/lib/audit/figures/kind-names'
import { GROUPINGS } from '@/lib/audit/questions'
import type { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'
import { createRecorder } from '@/server/audit/append'
import { findNamed } from '@/server/audit/desk/find'
import { readGroups } from '@/server/audit/desk/groups'
import { readEvent } from '@/server/audit/desk/read-event'
import { readRecord } from '@/server/audit/read'
import { recordChoices } from '@/server/audit/record-choices'
import { type RecordScope, scopeOf } from '@/server/audit/scope'
import type { Database } from '@/server/db/client'
import { authorize } from '@/server/policy/authorize'
import { openTestDatabase, testPersonKeys } from '@/tests/support/database'
import { pick, seeded } from '@/tests/support/seeded'
import { worldIn } from '@/tests/support/world'

const EVENTS = 600
const TYPES: EventType[] = [
  'section.opened',
  'section.edit_closed',
  'document.viewed',
  'membership.started',
  'terms.published',
  'workspace.viewed',
  'record.viewed',
  'boundary.narrowed',
]

let db: Database
let workspaceId: Id
let orgs: Id[]
let people: { id: Id; orgId: Id }[]
let documents: { id: Id; orgId: Id }[]
let sections: { id: Id; orgId: Id; documentId: Id }[]
let told: (EventDraft & { id: Id; at: Date })[]

beforeAll(async () => {
  db = await openTestDatabase()
  const world = worldIn(db)
  const random = seeded(5)
  const one = <T>(of: readonly T[]) => pick(random, of)
  const chance = (share: number) => random() < share
  orgs = await Promise.all(['A', 'B', 'C', 'D'].map((name) => world.org(`Agency ${name}`)))
  workspaceId = await world.workspace(orgs[0] as Id)
  people = []
  for (const orgId of orgs) {
    await world.participation(workspaceId, orgId)
    for (const _ of [1, 2, 3]) {
      const id = await world.person(orgId)
      await world.membership(workspaceId, id, 'editor')
      people.push({ id, orgId })
    }
  }
  documents = []
  sections = []
  for (const _ of [1, 2, 3, 4]) {
    const ownerId = one(orgs.slice(0, 3))
    const documentId = await world.document(workspaceId, ownerId)
    documents.push({ id: documentId, orgId: ownerId })
    for (const __ of [1, 2, 3, 4]) {
      const orgId = one(orgs)
      const id = await world.section(documentId, orgId, { title: `Title ${newId()}` })
      await world.boundary({ sectionId: id }, [{ kind: 'org', id: orgId, max: 'manage' }])
      sections.push({ id, orgId, documentId })
    }
  }
  let minute = 0
  const start = Date.parse('2026-03-03T12:00:00Z')
  const recorder = createRecorder({
    node: 'a',
    keys: testPersonKeys(),
    now: () => new Date(start + 30_000 * Math.floor(minute++ / 3)),
  })
  const drafts = Array.from({ length: EVENTS }, (): EventDraft => {
    const actor = one(people)
    const section = one(sections)
    const about = one([
      {},
      { documentId: section.documentId },
      { documentId: section.documentId, sectionId: section.id },
      { sectionId: section.id },
    ])
    return {
      type: one(TYPES),
      outcome: chance(0.8) ? 'allowed' : 'denied',
      actor: chance(0.03)
        ? { personId: null, orgId: null, sessionId: null }
        : { personId: actor.id, orgId: actor.orgId, sessionId: null },
      object: { workspaceId, ...about },
      decision: { rule: one(['R5', 'R7']), level: 'none', rows: [] },
    }
  })
  const ids = await db.transaction(async (tx) => drafts.map((draft) => recorder.append(tx, draft)))
  const { rows } = await db.query<{ id: Id; at: Date }>('select id, at from audit_inbox')
  const at = new Map(rows.map((row) => [row.id, row.at]))
  told = drafts.map((draft, i) => ({ ...draft, id: ids[i] as Id, at: at.get(ids[i] as Id) as Date }))
})
afterAll(() => db.close())

/** What the words of the scope say, without SQL. */
const concerns = ({ actor, object, type }: EventDraft, orgId: Id): boolean => {
  const section = sections.find(({ id }) => id === object.sectionId)
  const document = documents.find(({ id }) => id === (object.documentId ?? section?.documentId))
  const isPolicy = section === undefined && document === undefined && !isLook(type)
  return actor.orgId === orgId || document?.orgId === orgId || section?.orgId === orgId || isPolicy
}

const fits = (event: EventDraft & { at: Date }, filter: RecordFilter): boolean => {
  const { actor, object, type, outcome } = event
  const values: Record<string, string | null | undefined> = {
    personId: actor.personId,
    orgId: actor.orgId,
    documentId: object.documentId,
    sectionId: object.sectionId,
    originatorId: sections.find(({ id }) => id === object.sectionId)?.orgId,
    type,
    kind: kindOf(type),
    outcome,
    rule: event.decision?.rule,
  }
  const { from, until, not = {}, ...same } = filter
  return (
    Object.entries(same).every(([field, value]) => values[field] === value) &&
    Object.entries(not).every(([field, left]) => !(left as string[]).includes(values[field] ?? '')) &&
    (from === undefined || event.at >= new Date(from)) &&
    (until === undefined || event.at < new Date(until))
  )
}

const filters = (): fc.Arbitrary<RecordFilter> => {
  const of = <T>(values: readonly T[]) => fc.constantFrom(...values)
  const moment = fc
    .integer({ min: 0, max: 100 })
    .map((n) => new Date(Date.parse('2026-03-03T12:00:00Z') + n * 60_000).toISOString())
  const field = {
    personId: of(people.map(({ id }) => id)),
    orgId: of(orgs),
    documentId: of(documents.map(({ id }) => id)),
    sectionId: of(sections.map(({ id }) => id)),
    type: of(TYPES),
    kind: of(Object.keys(EVENT_KINDS) as EventKind[]),
    outcome: of(['allowed', 'denied'] as const),
    rule: of(['R5', 'R7'] as const),
  }
  const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 2 })
  const few = <Of extends object>(of: fc.Arbitrary<Of>, most: number) =>
    of.map((value) => Object.fromEntries(Object.entries(value).slice(0, most)))
  const asked = fc.record(
    { ...field, originatorId: of(orgs), from: moment, until: moment },
    { requiredKeys: [] },
  )
  const left = fc.record(
    {
      personId: list(field.personId),
      orgId: list(field.orgId),
      sectionId: list(field.sectionId),
      type: list(field.type),
      kind: list(field.kind),
      rule: list(field.rule),
    },
    { requiredKeys: [] },
  )
  return fc
    .tuple(few(fc.oneof(asked, fc.constant({})), 3), few(left, 2), fc.boolean())
    .map(([filter, not, without]) => ({
      ...filter,
      ...(without ? { not } : {}),
    })) as fc.Arbitrary<RecordFilter>
}

/** All pages, in the order in which they come. */
const readAll = async (scope: RecordScope, filter: RecordFilter, limit: number) => {
  const ids: Id[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof readRecord>> = await readRecord(db, {
      workspaceId,
      scope,
      filter,
      cursor,
      limit,
    })
    ids.push(...page.rows.map(({ id }) => id))
    cursor = page.next
  } while (cursor !== null)
  return ids
}

const newestFirst = (events: typeof told) =>
  [...events].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)).map(({ id }) => id)

describe('the scope of an auditor', () => {
  test('an agency’s auditor is given exactly what concerns the agency, by any filter and over all pages', async () => {
    await fc.assert(
      fc.asyncProperty(filters(), fc.nat(3), fc.integer({ min: 20, max: 120 }), async (filter, n, limit) => {
        const orgId = orgs[n] as Id
        const expected = told.filter((event) => concerns(event, orgId) && fits(event, filter))
        expect(await readAll({ kind: 'agency', orgId }, filter, limit)).toEqual(newestFirst(expected))
      }),
      { numRuns: 50, seed: 1 },
    )
  })

  test('an audit office is given all, by any filter', async () => {
    await fc.assert(
      fc.asyncProperty(filters(), async (filter) => {
        const expected = told.filter((event) => fits(event, filter))
        expect(await readAll({ kind: 'whole' }, filter, 60)).toEqual(newestFirst(expected))
      }),
      { numRuns: 30, seed: 2 },
    )
    expect(await readAll({ kind: 'whole' }, {}, 60)).toHaveLength(EVENTS)
  })

  test('counted by group: the same entries, and nothing of others', async () => {
    await fc.assert(
      fc.asyncProperty(filters(), fc.nat(3), fc.constantFrom(...GROUPINGS), async (filter, n, by) => {
        const orgId = orgs[n] as Id
        const expected = told.filter((event) => concerns(event, orgId) && fits(event, filter))
        const answer = await readGroups(db, { workspaceId, scope: { kind: 'agency', orgId }, filter }, by)
        expect(answer.isWhole).toBe(true)
        expect(answer.entries).toBe(expected.length)
        expect(answer.groups.reduce((sum, group) => sum + group.entries, 0)).toBe(expected.length)
        expect(answer.groups.reduce((sum, group) => sum + group.refused, 0)).toBe(
          expected.filter(({ outcome }) => outcome === 'denied').length,
        )
        for (const group of answer.groups) {
          if (group.key === null) continue
          const inside = expected.filter((event) => fits(event, group.only))
          expect(inside.length, `${by} ${group.key}`).toBeGreaterThanOrEqual(group.entries)
        }
      }),
      { numRuns: 40, seed: 3 },
    )
  })

  test('an entry outside it is as missing as one that is not there', async () => {
    const codes = new Set<string>()
    for (const orgId of orgs) {
      const scope = { kind: 'agency', orgId } as const
      const [own, others] = [true, false].map((is) => told.find((event) => concerns(event, orgId) === is))
      expect((await readEvent(db, { workspaceId, scope, eventId: own?.id as Id })).row.id).toBe(own?.id)
      for (const eventId of [others?.id as Id, newId()]) {
        const error = await readEvent(db, { workspaceId, scope, eventId }).catch((thrown: unknown) => thrown)
        codes.add(JSON.stringify({ ...(error as DomainError), message: (error as DomainError).message }))
      }
    }
    expect(codes.size).toBe(1)
  })

  test('names are found only of what somebody in the agency may know of', async () => {
    for (const orgId of orgs) {
      const found = await findNamed(db, { workspaceId, scope: { kind: 'agency', orgId }, text: 'Title' })
      const own = sections.filter((section) => section.orgId === orgId).map(({ id }) => id)
      expect(found.map(({ id }) => id).sort()).toEqual(own.sort())
    }
    expect(await findNamed(db, { workspaceId, scope: { kind: 'whole' }, text: '%' })).toEqual([])
  })

  test('no title of a section or document that nobody in the agency may know of', async () => {
    const titles = await db.query<{ id: Id; title: string }>('select id, title from sections')
    for (const orgId of orgs) {
      const page = await readRecord(db, { workspaceId, scope: { kind: 'agency', orgId }, limit: EVENTS })
      const choices = await recordChoices(db, { workspaceId, scope: { kind: 'agency', orgId } })
      const said = JSON.stringify([page.rows.map(({ canonical: _, ...row }) => row), choices])
      for (const { id, title } of titles.rows) {
        const isOwn = sections.find((section) => section.id === id)?.orgId === orgId
        expect(said.includes(title), `${title} to ${orgId}`).toBe(isOwn)
      }
    }
  })

  test('who takes part with at most `discover` is an audit office; whoever could read has a side', async () => {
    const world = worldIn(db)
    const scopes = new Map<string, RecordScope>()
    for (const ceiling of ['discover', 'read', 'manage'] as const) {
      const orgId = await world.org()
      await world.participation(workspaceId, orgId, { ceiling })
      const personId = await world.person(orgId)
      await world.membership(workspaceId, personId, 'auditor')
      const actor = await world.actor(personId)
      const scope = scopeOf(await authorize(db, actor, { workspaceId }, { ask: 'record' }))
      scopes.set(ceiling, scope)
      expect(scope.kind === 'whole' ? orgId : scope.orgId).toBe(orgId)
    }
    expect([...scopes.values()].map(({ kind }) => kind)).toEqual(['whole', 'agency', 'agency'])
  })
})
