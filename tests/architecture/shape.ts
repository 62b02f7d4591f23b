import { basename, dirname } from 'node:path'
import { type Source, withoutComments } from '@/tests/architecture/source-tree'

const lines = ({ text }: Source) => text.trimEnd().split('\n').length

export const tooLong = (sources: readonly Source[], most = 300): string[] =>
  sources.filter((source) => lines(source) > most).map((source) => `${source.path}: ${lines(source)} lines`)

export const tooFull = (sources: readonly Source[], most = 15): string[] => {
  const counts = new Map<string, number>()
  for (const { path } of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > most).map(([folder, count]) => `${folder}: ${count} files`)
}

/** Of the product's own code. */
export const medianLength = (sources: readonly Source[]): number => {
  const all = sources
    .filter(({ path }) => !path.startsWith('tests/'))
    .map(lines)
    .sort((a, b) => a - b)
  return all[Math.floor(all.length / 2)] ?? 0
}

/** From the line that begins with `opening` to the next that is a closing brace alone. */
export const lengthOf = (source: Source, opening: string): number => {
  const all = source.text.split('\n')
  const begin = all.findIndex((line) => line.startsWith(opening))
  return begin === -1
    ? Number.POSITIVE_INFINITY
    : all.findIndex((line, i) => i > begin && line === '}') - begin + 1
}

const NEXT_NAMES = /^(page|layout|not-found|error|global-error|loading|route|template|icon)$/

export const badNames = (sources: readonly Source[]): string[] =>
  sources.flatMap(({ path, text }) => {
    const name = basename(path).replace(/(\.\w+)+$/, '')
    const found: string[] = []
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) found.push('file names are kebab-case')
    if (name === 'index') found.push('no barrels: name a file by what one finds in it')
    if (/(^|\/)(utils?|helpers?|common|misc)(\/|\.|$)/.test(path)) found.push('a name that says nothing')
    const isNext = path.startsWith('app/') && NEXT_NAMES.test(name)
    const isCode = /\.tsx?$/.test(path) && !/^tests\/.*(config|setup)/.test(path)
    if (isCode && !isNext && /(^|\n)export default /.test(withoutComments(text)))
      found.push('no default export')
    return found.map((why) => `${path}: ${why}`)
  })

/**
 * The folders that the fenced tree of a map names. Two spaces are one step; a line is "folder/   what is in it";
 * several folders may stand in one line's path ("a/b/"). Lines without a closing slash are files: passed over.
 */
export const foldersOfMap = (markdown: string): string[] => {
  const block = /```[a-z]*\n((?:app|lib|server)\/[\s\S]*?)```/.exec(markdown)?.[1] ?? ''
  const way: { indent: number; folder: string }[] = []
  const folders: string[] = []
  for (const line of block.split('\n')) {
    const match = /^( *)(\S+)\/(?:\s|$)/.exec(line)
    if (match === null) continue
    const indent = (match[1] ?? '').length
    while ((way.at(-1)?.indent ?? -1) >= indent) way.pop()
    const folder = [way.at(-1)?.folder, match[2]].filter(Boolean).join('/')
    way.push({ indent, folder })
    folders.push(folder)
  }
  return folders.sort()
}
