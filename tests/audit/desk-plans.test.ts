import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { QUESTIONS, type Question, type QuestionId } from '@/lib/audit/questions'
import type { RecordFilter } from '@/lib/views/record'
import { recordRows } from '@/server/audit/record-query'
import type { RecordScope } from '@/server/audit/scope'
import type { Database } from '@/server/db/client'
import { type FilledRecord, fillRecord } from '@/tests/bench/record/fill'
import { openTestDatabase } from '@/tests/support/database'

let db: Database
let record: FilledRecord

beforeAll(async () => {
  db = await openTestDatabase()
  record = await fillRecord(db, 5_000)
})
afterAll(() => db.close())

interface Plan {
  'Node Type': string
  'Index Name'?: string
  'Rows Removed by Filter'?: number
  'Actual Rows': number
  Plans?: Plan[]
}

/** Every part of the plan, run: with what it found, and how many rows it passed over. */
const planOf = async (scope: RecordScope, filter: RecordFilter, limit: number): Promise<Plan[]> => {
  const { text, values } = recordRows({ workspaceId: record.workspaceId, scope, filter }, 'id, at', limit)
  const { rows } = await db.transaction(async (tx) => {
    // Of a few thousand rows half are read faster without an index; of ten million they are not.
    await tx.query('set local enable_seqscan = off')
    return tx.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (analyze, format json) ${text}`, values)
  })
  const walk = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(walk)]
  const root = rows[0]?.['QUERY PLAN'][0]?.Plan
  if (root === undefined) throw new Error('no plan')
  return walk(root)
}

const day = (n: number) => new Date(record.until - n * 86_400_000).toISOString()
const filterOf = (question: Question, orgId: string): RecordFilter => {
  const filter: RecordFilter = { ...question.fixed }
  for (const need of question.needs) {
    if (need === 'section') filter.sectionId = record.sections[40] as string
    if (need === 'person') filter.personId = record.people[40]?.id as string
    if (need === 'day') Object.assign(filter, { from: day(20), until: day(19) })
    if (need === 'range') Object.assign(filter, { from: day(300), until: day(1) })
    if (need === 'org' && question.ofOurs)
      Object.assign(filter, { originatorId: orgId, not: { orgId: [orgId] } })
    else if (need === 'org') filter.orgId = orgId
  }
  return filter
}

const asked = (Object.entries(QUESTIONS) as [QuestionId, Question][]).filter(
  ([, { fromPolicy }]) => !fromPolicy,
)

describe.each(['whole', 'agency'] as const)('seen as %s', (kind) => {
  test.each(asked)('%s: every part comes from an index, also where nothing is found', async (_, question) => {
    for (const [mine, theirs] of [
      [3, 1],
      [7, 0],
      [2, 2],
    ] as const) {
      const scope: RecordScope = kind === 'whole' ? { kind } : { kind, orgId: record.orgs[mine] as string }
      for (const limit of [51, 10_001]) {
        const plan = await planOf(scope, filterOf(question, record.orgs[theirs] as string), limit)
        const scans = plan.filter((part) => part['Node Type'].includes('Scan'))
        expect(scans.length).toBeGreaterThan(0)
        expect(scans.filter((part) => part['Node Type'] === 'Seq Scan')).toEqual([])
      }
    }
  })
})

test('how a boundary came to be is read from its own index: none of the section’s reads is passed over', async () => {
  for (const scope of [{ kind: 'whole' }, { kind: 'agency', orgId: record.orgs[2] as string }] as const) {
    const plan = await planOf(scope, filterOf(QUESTIONS['boundary-history'], record.orgs[1] as string), 51)
    const scans = plan.filter((part) => part['Index Name'] !== undefined)
    expect(scans.map((part) => part['Index Name'])).toEqual(['audit_inbox_sharing'])
  }
})

test('what others did to an agency’s sections is read from their index alone, and nothing is passed over', async () => {
  const question = QUESTIONS['to-ours']
  for (const orgId of record.orgs) {
    for (const scope of [{ kind: 'whole' }, { kind: 'agency', orgId }] as const) {
      const plan = await planOf(scope, filterOf(question, orgId), 10_001)
      const scans = plan.filter((part) => part['Index Name'] !== undefined)
      expect(scans.map((part) => part['Index Name'])).toEqual(['audit_inbox_originator'])
      expect(plan.map((part) => part['Rows Removed by Filter'] ?? 0).reduce((a, b) => a + b)).toBe(0)
    }
  }
})
