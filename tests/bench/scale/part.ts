import { TRPCError } from '@trpc/server'
import { appRouter } from '@/server/api/router'
import { createCallerFactory } from '@/server/api/trpc'
import { createSessions } from '@/server/identity/sessions'
import type { Services } from '@/server/services'
import type { Bed } from '@/tests/bench/bed'
import { checkOf, type PartFigures, percentile, round } from '@/tests/bench/figures'
import { loadScaleWorld } from '@/tests/bench/scale/load-world'
import { type Question, questionsOf } from '@/tests/bench/scale/questions'
import { openEmbeddedTestDatabase, openServerTestDatabase } from '@/tests/support/database'
import { testServices } from '@/tests/support/services'
import { worldIn } from '@/tests/support/world'

const WHOLE = { orgs: 200, people: 20_000, documents: 2_000, sections: 40_000, grants: 300_000 }
const TINY = { orgs: 10, people: 200, documents: 20, sections: 100, grants: 500 }
const GATE_MS = 200
/** Rounds that fill caches and do not count. */
const WARM_UP = 3

interface Measured {
  path: string
  took: number[]
  refused: number
  /** Why it was refused last. */
  why: string
}

const callerOf = createCallerFactory(appRouter)

export const measure = async (
  services: Services,
  { path, ask }: Question,
  rounds: number,
): Promise<Measured> => {
  const measured: Measured = { path, took: [], refused: 0, why: '' }
  const { actor: sessionFor } = worldIn(services.db)
  const sessions = createSessions(services)
  for (let i = -WARM_UP; i < rounds; i++) {
    const { person, input } = ask(i + WARM_UP)
    const actor = await sessionFor(person.id)
    const caller = callerOf({ services, sessions, source: actor.source, actor })
    const [router = '', procedure = ''] = path.split('.')
    const call = (caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[
      router
    ]?.[procedure]
    const began = performance.now()
    try {
      await call?.(input)
      if (i >= 0) measured.took.push(performance.now() - began)
    } catch (error) {
      if (!(error instanceof TRPCError) || error.code === 'INTERNAL_SERVER_ERROR') throw error
      measured.refused++
      measured.why = error.message
    }
  }
  return measured
}

/** Every query of the API in a whole instance: one call with its transaction and its record, without HTTP. */
export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const sizes = quick ? TINY : WHOLE
  const db =
    bed.postgresqlUrl === null || quick
      ? await openEmbeddedTestDatabase()
      : await openServerTestDatabase(bed.postgresqlUrl)
  const services = await testServices({ db })
  const all: Measured[] = []
  try {
    const began = performance.now()
    const world = await loadScaleWorld(db, sizes)
    console.log(`  loaded in ${Math.round(performance.now() - began)} ms`)
    const wanted = process.env.BENCH_SCALE_ONLY
    for (const question of questionsOf(world)) {
      if (wanted !== undefined && !new RegExp(wanted).test(question.path)) continue
      try {
        all.push(await measure(services, question, quick ? 2 : 40))
      } catch (error) {
        bed.failed(question.path, error)
      }
    }
  } finally {
    await services.close()
  }
  const answered = all.filter(({ took }) => took.length > 0)
  const never = all.filter(({ took }) => took.length === 0)
  if (never.length > 0 && !quick)
    bed.notes.push(
      `Never answered, so not measured: ${never.map(({ path, why }) => `${path} (${why})`).join(', ')}`,
    )
  const p95 = (one: Measured) => percentile(one.took, 0.95)
  const slowest = answered.toSorted((a, b) => p95(b) - p95(a))
  const [worst] = slowest
  return {
    tables: [
      {
        title: 'A whole instance: every query of the API',
        means: `${sizes.orgs} organisations, ${sizes.people} people, ${sizes.documents} documents, ${sizes.sections} sections, ${sizes.grants} grants; all questions are about the largest workspace (a third of the agencies, a fifth of the documents), each time by another member about another document. Milliseconds of one call in the server’s process with its transaction and its record on PostgreSQL, without HTTP; the slowest first.`,
        head: ['query', 'p50 ms', 'p95 ms', 'calls'],
        rows: slowest.map((one) => [
          one.path,
          round(percentile(one.took, 0.5)),
          round(p95(one)),
          one.took.length,
        ]),
      },
    ],
    checks: [
      checkOf(
        'lists and “who can see” in a whole instance, p95',
        { text: `≤ ${GATE_MS} ms each`, bounds: [{ most: GATE_MS }] },
        { text: '≤ 100 ms each', bounds: [{ most: 100 }] },
        worst === undefined
          ? []
          : [
              {
                server: 'Liaison, PostgreSQL',
                values: [p95(worst)],
                text: `${round(p95(worst))} ms (${worst.path})`,
              },
            ],
      ),
    ],
  }
}
