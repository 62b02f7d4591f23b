import { type Import, importsOf, isLocal, type Source } from '@/tests/architecture/source-tree'

/** What pure code may stand on: no I/O, no framework. */
const PURE = new Set(['uuid', 'canonicalize', 'node:crypto'])

interface Rule {
  in: string
  /** Why not, or null. */
  refuses(one: Import, path: string): string | null
}

const starts = (target: string, ...folders: string[]) => folders.some((folder) => target.startsWith(folder))

const RULES: Rule[] = [
  {
    in: 'lib/',
    refuses: ({ target }) =>
      starts(target, 'lib/') || PURE.has(target) ? null : 'lib stands on nothing but lib and pure packages',
  },
  {
    in: 'server/',
    refuses: ({ target }) => (starts(target, 'app/', 'tests/') ? 'nothing in server points back' : null),
  },
  {
    in: 'app/',
    refuses: ({ target, typeOnly }) => {
      if (starts(target, 'tests/')) return 'the product does not know its tests'
      const through = !starts(target, 'server/') || target === 'server/runtime' || typeOnly
      return through
        ? null
        : 'app reaches the server only through server/runtime; types may come from anywhere'
    },
  },
  {
    in: 'server/operations/',
    refuses: ({ target }) =>
      starts(target, 'server/sync/', 'server/api/')
        ? 'operations publish; they know neither sync nor api'
        : null,
  },
  {
    in: 'server/api/',
    refuses: ({ target }) => {
      if (starts(target, 'server/sync/')) return 'api and sync are sisters'
      return starts(target, 'server/db/schema/', 'drizzle-orm')
        ? 'api touches no tables: call an operation'
        : null
    },
  },
  {
    in: 'server/sync/',
    refuses: ({ target }) => {
      if (starts(target, 'server/api/', 'server/operations/')) return 'api and sync are sisters'
      const own = target === 'server/db/schema/sync'
      return !own && starts(target, 'server/db/schema/') ? 'sync touches only its own update log' : null
    },
  },
  {
    in: 'server/policy/',
    refuses: ({ target }) =>
      starts(target, 'server/operations/', 'server/api/', 'server/sync/')
        ? 'policy knows nobody who asks it'
        : null,
  },
]

export const wrongDirections = (sources: readonly Source[]): string[] =>
  sources.flatMap((source) =>
    RULES.filter((rule) => source.path.startsWith(rule.in)).flatMap((rule) =>
      importsOf(source).flatMap((one) => {
        const why = rule.refuses(one, source.path)
        return why === null ? [] : [`${source.path} imports ${one.target}: ${why}`]
      }),
    ),
  )

/** Cycles of imports that exist at run time; a type may look back. */
export const cycles = (sources: readonly Source[]): string[] => {
  const known = new Map(sources.map((source) => [source.path.replace(/\.(tsx?|mts|mjs|js)$/, ''), source]))
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (name: string, way: string[]) => {
    if (state.get(name) === 'done') return
    if (state.get(name) === 'open') {
      found.push([...way.slice(way.indexOf(name)), name].join(' → '))
      return
    }
    state.set(name, 'open')
    const source = known.get(name)
    for (const { target, typeOnly } of source === undefined ? [] : importsOf(source)) {
      if (!typeOnly && isLocal(target) && known.has(target)) visit(target, [...way, name])
    }
    state.set(name, 'done')
  }
  for (const name of known.keys()) visit(name, [])
  return found
}
