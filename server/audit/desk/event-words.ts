import type { Json } from '@/lib/audit/event'
import { type Id, isId } from '@/lib/ids'

/** A record's values come as deep as they like; beyond so many lines nobody reads on. */
const MOST_LINES = 200

interface Line {
  name: string
  value: string
}

/** Every id in a value: to look their names up in one go. */
export const idsIn = (value: Json | undefined): Id[] => {
  if (typeof value === 'string') return isId(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return (Array.isArray(value) ? value : Object.values(value)).flatMap((member) => idsIn(member as Json))
}

/** "maxLevel" → "max level"; places in lists count from 1. */
export const nameWords = (key: string): string =>
  /^\d+$/.test(key)
    ? String(Number(key) + 1)
    : key.replaceAll(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`).replaceAll('_', ' ')

/** A value that is not there. */
export const NOTHING = 'nothing'

const said = (value: null | boolean | number | string, nameOf: (id: Id) => string | null): string => {
  if (value === null) return NOTHING
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return value.toLocaleString('en')
  return isId(value) ? (nameOf(value) ?? `id ${value}`) : value
}

/** A value as lines of name and value: "clauses 1, max level: read". Ids are called by their names where these may be said. */
export const linesOf = (
  value: Json | undefined,
  nameOf: (id: Id) => string | null,
  path: string[] = [],
): Line[] => {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) {
    const name =
      path.length === 0
        ? 'value'
        : path
            .map(nameWords)
            .join(', ')
            .replaceAll(/, (\d+)/g, ' $1')
    return [{ name, value: said(value, nameOf) }]
  }
  const members = Object.entries(value)
  if (members.length === 0) return [{ name: path.map(nameWords).join(', ') || 'value', value: 'none' }]
  return members
    .flatMap(([key, member]) => linesOf(member as Json, nameOf, [...path, key]))
    .slice(0, MOST_LINES)
}

/** Line by line what was and what is; what did not change is left out. */
export const changesOf = (before: readonly Line[], after: readonly Line[]) => {
  const [was, is] = [before, after].map((lines) => new Map(lines.map(({ name, value }) => [name, value])))
  const names = [...new Set([...before, ...after].map(({ name }) => name))]
  return names
    .map((name) => ({ name, before: was?.get(name) ?? null, after: is?.get(name) ?? null }))
    .filter((line) => line.before !== line.after)
}
