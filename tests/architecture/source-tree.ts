import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file of the tree, or one that a test has made up. The path begins at the project's root. */
export interface Source {
  path: string
  text: string
}

export interface Import {
  /** Within the tree without its ending ("server/policy/authorize"); a package's name otherwise. */
  target: string
  names: string
  typeOnly: boolean
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const CODE = /\.(ts|tsx|mts|mjs|js|css)$/
const LEFT_OUT = new Set(['node_modules', '.next', 'dist', 'data', 'test-results'])

const walk = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })

const TOPS = ['app', 'lib', 'server', 'tests']

/** Every source file of the product and of its tests. Migrations are SQL and notes of a tool: not looked at. */
export const readSources = (): Source[] =>
  TOPS.flatMap(walk)
    .filter((path) => CODE.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Folders that hold a file, with all folders above them; "docs" and the like count when they are there. */
export const foldersOnDisk = (): string[] => {
  const folders = new Set<string>()
  for (const path of [...TOPS, ...['docs', '.ci'].filter(isFolder)].flatMap(walk)) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder)
  }
  return [...folders].sort()
}

const isFolder = (path: string): boolean =>
  statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() ?? false

/** Comments blanked out: what a comment mentions is no use of it. Strings stay (an import's path is one). */
export const withoutComments = (text: string): string =>
  text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, string) => string ?? '',
  )

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?([\w*{}\s,$]*?)\s*from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)/g

export const importsOf = ({ path, text }: Source): Import[] =>
  [...withoutComments(text).matchAll(STATEMENT)].map((match) => ({
    target: resolved(path, match[3] ?? match[4] ?? match[5] ?? ''),
    names: match[2] ?? '',
    typeOnly: match[1] !== undefined,
  }))

const resolved = (from: string, specifier: string): string => {
  const local = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? join(dirname(from), specifier)
      : null
  return local === null ? specifier : local.replace(CODE, '')
}

export const isLocal = (target: string): boolean => TOPS.some((top) => target.startsWith(`${top}/`))
