import { type Grouping, QUESTIONS, type Question, type QuestionId } from '@/lib/audit/questions'
import type { RecordFilter } from '@/lib/views/record'
import { readGroups } from '@/server/audit/desk/groups'
import { readRecord } from '@/server/audit/read'
import type { RecordScope } from '@/server/audit/scope'
import type { Database } from '@/server/db/client'
import { percentile } from '@/tests/bench/figures'
import type { FilledRecord } from '@/tests/bench/record/fill'
import { pick, type Random, seeded, whole } from '@/tests/support/seeded'

export interface Timed {
  what: string
  rounds: number
  p50: number
  p95: number
  worst: number
}

const DAY = 86_400_000

/** What an auditor would choose: somebody, some section, a span of between an hour and the whole year. */
const chosen = (record: FilledRecord, question: Question, random: Random): RecordFilter => {
  const skewed = <T>(of: readonly T[]): T => of[Math.floor(random() ** 2.5 * of.length)] as T
  const filter: RecordFilter = { ...question.fixed }
  for (const need of question.needs) {
    if (need === 'section') filter.sectionId = skewed(record.sections)
    if (need === 'person') filter.personId = skewed(record.people).id
    if (need === 'org') {
      const orgId = pick(random, record.orgs)
      if (question.ofOurs) Object.assign(filter, { originatorId: orgId, not: { orgId: [orgId] } })
      else filter.orgId = orgId
    }
    const at = record.from + whole(random, record.until - record.from)
    if (need === 'day') Object.assign(filter, { from: iso(at), until: iso(at + DAY) })
    if (need === 'range') {
      const span = pick(random, [DAY / 24, DAY, 7 * DAY, 30 * DAY, 365 * DAY])
      Object.assign(filter, { from: iso(at - span), until: iso(at) })
    }
  }
  return filter
}

const iso = (at: number) => new Date(at).toISOString()

/**
 * Every question of the desk and the page of its entries, as an audit office and as each agency's auditor, with parameters
 * from a seed. Asked one after the other: what is measured is one auditor who waits.
 */
export async function timeQuestions(
  db: Database,
  record: FilledRecord,
  rounds: number,
  seed: number,
): Promise<Timed[]> {
  const random = seeded(seed)
  const scopeOf = (n: number): RecordScope =>
    n % 2 === 0 ? { kind: 'whole' } : { kind: 'agency', orgId: pick(random, record.orgs) }
  const { workspaceId } = record
  const timed: Timed[] = []
  const time = async (what: string, run: (scope: RecordScope) => Promise<unknown>) => {
    const taken: number[] = []
    for (let n = 0; n < rounds; n++) {
      const scope = scopeOf(n)
      const begun = performance.now()
      await run(scope)
      taken.push(performance.now() - begun)
    }
    timed.push({
      what,
      rounds,
      p50: percentile(taken, 0.5),
      p95: percentile(taken, 0.95),
      worst: Math.max(...taken),
    })
  }
  await time('first page, no filter', (scope) => readRecord(db, { workspaceId, scope }))
  for (const [id, question] of Object.entries(QUESTIONS) as [QuestionId, Question][]) {
    if (question.fromPolicy) continue
    const by: Grouping = question.by
    await time(`${id}: answer`, (scope) =>
      readGroups(db, { workspaceId, scope, filter: chosen(record, question, random) }, by),
    )
    await time(`${id}: first page`, (scope) =>
      readRecord(db, { workspaceId, scope, filter: chosen(record, question, random) }),
    )
  }
  return timed
}
