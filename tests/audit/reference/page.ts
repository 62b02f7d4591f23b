import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import type { Examples } from '@/tests/audit/reference/harvest'

const BEGIN = '<!-- events: begin -->'
const END = '<!-- events: end -->'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g
const MILLISECONDS = /\b1[78]\d{11}\b/g
const HASH = /\b[0-9a-f]{64}\b/g

/** Ids, moments and hashes by their order in the example: a page that is written again differs only in what is new. */
export const plain = (canonical: string): string => {
  const seen = new Map<string, string>()
  const numbered = (make: (n: number) => string) => (value: string) => {
    const known = seen.get(value) ?? make(seen.size + 1)
    seen.set(value, known)
    return known
  }
  const two = (n: number) => String(n).padStart(2, '0')
  return canonical
    .replace(
      UUID,
      numbered((n) => `01990000-0000-7000-8000-0000000000${two(n)}`),
    )
    .replace(
      MOMENT,
      numbered((n) => `2026-03-03T09:30:${two(n)}.000Z`),
    )
    .replace(
      MILLISECONDS,
      numbered((n) => String(1_772_530_200_000 + n)),
    )
    .replace(
      HASH,
      numbered((n) => two(n).repeat(32)),
    )
}

/** Types by what stands before their dot, in the catalogue's order. */
const groups = (): Map<string, EventType[]> => {
  const found = new Map<string, EventType[]>()
  for (const type of Object.keys(EVENTS) as EventType[]) {
    const [noun = ''] = type.split('.')
    found.set(noun, [...(found.get(noun) ?? []), type])
  }
  return found
}

const entry = (type: EventType, example: string | undefined): string =>
  [
    `#### \`${type}\``,
    `{actor} ${EVENTS[type]}.`,
    example === undefined
      ? 'No example here: neither an operation nor a procedure alone makes it.'
      : `\`\`\`json\n${plain(example)}\n\`\`\``,
  ].join('\n\n')

/** The part of docs/audit.md between its marks. */
export const reference = (examples: Examples): string =>
  [...groups()]
    .map(([noun, types]) =>
      [`### ${noun}`, ...types.map((type) => entry(type, examples.get(type)))].join('\n\n'),
    )
    .join('\n\n')

/** @throws Error for a page that has lost its marks */
export const withReference = (page: string, examples: Examples): string => {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from < 0 || to < from) throw new Error('docs/audit.md has lost the marks of its events')
  return `${page.slice(0, from + BEGIN.length)}\n\n${reference(examples)}\n\n${page.slice(to)}`
}
