import { importsOf, type Source, withoutComments } from '@/tests/architecture/source-tree'

const isProduct = ({ path }: Source) => !path.startsWith('tests/')
const offenders = (
  sources: readonly Source[],
  why: string,
  isOffence: (source: Source) => boolean,
): string[] =>
  sources.filter((source) => isProduct(source) && isOffence(source)).map(({ path }) => `${path}: ${why}`)

/** Its answer to the unknown, a constant, may be had by others. */
export const othersWhoDecide = (sources: readonly Source[]): string[] =>
  offenders(
    sources,
    'only server/policy/authorize.ts decides',
    (source) =>
      source.path !== 'server/policy/authorize.ts' &&
      importsOf(source).some(
        ({ target, typeOnly, names }) =>
          target === 'lib/policy/decide' && !typeOnly && (names === '' || /\bdecide\b|\*/.test(names)),
      ),
  )

/** The record has one writer: one file below server/audit may put rows into it. */
export const writersOfTheRecord = (sources: readonly Source[]): string[] =>
  sources
    .filter(isProduct)
    .filter(({ text }) =>
      /insert\s+into\s+"?audit_inbox|\.insert\(\s*auditInbox\b/i.test(withoutComments(text)),
    )
    .map(({ path }) => path)

const CLOSE_CODE = /(?<![\w.-])(1009|1012|1013|4205|44\d\d)(?![\w.])/
const FRAME_NUMBER = /\b(?:messageSync|messageAwareness|messageAuth|messageQueryAwareness|messageYjs\w+)\b/

export const othersWhoKnowTheWire = (sources: readonly Source[]): string[] =>
  offenders(sources, 'frame numbers and close codes live in lib/sync/protocol.ts', ({ path, text }) => {
    if (path === 'lib/sync/protocol.ts' || path.endsWith('.css')) return false
    const code = withoutComments(text)
    return CLOSE_CODE.test(code.replace(/'[^'\n]*'/g, '')) || FRAME_NUMBER.test(code)
  })

/** Scripts that start a process (`.mjs` below server/boot) hand settings on; everything else is told by server/env. */
export const othersWhoReadTheEnvironment = (sources: readonly Source[]): string[] =>
  offenders(
    sources,
    'only server/env.ts reads process.env',
    ({ path, text }) =>
      path !== 'server/env.ts' &&
      !(path.startsWith('server/boot/') && path.endsWith('.mjs')) &&
      withoutComments(text).includes('process.env'),
  )

/** Asked for by name: activity is not an operation, it changes nothing but the idle limit of one's own session. */
const NOT_OPERATIONS = new Set(['keepAlive'])

/** Every mutation of the API calls exactly one operation, and nothing else of ours. */
export const mutationsThatAreNotOneOperation = (
  sources: readonly Source[],
): { seen: number; wrong: string[] } => {
  let seen = 0
  const wrong: string[] = []
  for (const source of sources.filter(({ path }) => path.startsWith('server/api/routers/'))) {
    const code = withoutComments(source.text)
    const from = (test: (target: string) => boolean) =>
      importsOf(source)
        .filter(({ target, typeOnly }) => !typeOnly && test(target))
        .flatMap(({ names }) =>
          names
            .replace(/[{}]/g, '')
            .split(',')
            .map((name) => name.trim()),
        )
    const operations = from((target) => target.startsWith('server/operations/'))
    const others = from(
      (target) =>
        target.startsWith('server/') &&
        !target.startsWith('server/operations/') &&
        !target.startsWith('server/api/'),
    )
    for (const body of bodiesOf('.mutation(', code)) {
      seen++
      const used = (names: string[]) => names.filter((name) => new RegExp(`\\b${name}\\b`).test(body))
      const count = used(operations).length
      const beside = used(others).filter((name) => !NOT_OPERATIONS.has(name))
      const excused = used(others).length === 1 && beside.length === 0 && count === 0
      if (!excused && (count !== 1 || beside.length > 0))
        wrong.push(`${source.path}: mutation(${body.slice(0, 80)})`)
    }
  }
  return { seen, wrong }
}

/** What stands between the parentheses after each `opening`. */
const bodiesOf = (opening: string, code: string): string[] => {
  const bodies: string[] = []
  for (let at = code.indexOf(opening); at !== -1; at = code.indexOf(opening, at + 1)) {
    const begin = at + opening.length
    let end = begin
    for (let depth = 1; end < code.length && depth > 0; end++) {
      if (code[end] === '(') depth++
      if (code[end] === ')') depth--
    }
    bodies.push(code.slice(begin, end - 1))
  }
  return bodies
}
