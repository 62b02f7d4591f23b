import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import { plain } from '@/tests/audit/reference/page'

const page = readFileSync(fileURLToPath(new URL('../../../docs/audit.md', import.meta.url)), 'utf8')
const types = Object.keys(EVENTS) as EventType[]
const sectionOf = (type: string): string => page.split(`#### \`${type}\`\n`)[1]?.split('\n#')[0] ?? ''

describe('docs/audit.md', () => {
  test('has an entry with the sentence of every type of event, and of no other', () => {
    const listed = [...page.matchAll(/^#### `([^`]+)`$/gm)].map(([, type]) => type)
    expect(listed.length).toBeGreaterThan(150)
    expect(listed).toEqual([...listed].filter((type) => type !== undefined && type in EVENTS))
    expect(types.filter((type) => !sectionOf(type).includes(EVENTS[type]))).toEqual([])
  })

  test('most entries have an example, which is a record of that very type', () => {
    const examples = types.flatMap((type) => {
      const [, text] = /```json\n(.+)\n```/.exec(sectionOf(type)) ?? []
      return text === undefined ? [] : [{ type, record: JSON.parse(text) as { v: number; type: string } }]
    })
    expect(examples.length).toBeGreaterThan(types.length * 0.6)
    expect(examples.filter(({ type, record }) => record.type !== type || record.v !== 1)).toEqual([])
  })
})

test('an example is the same whenever it is written', () => {
  const at = '{"at":"2026-11-30T01:02:03.004Z","id":"0192aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"}'
  const other = '{"at":"2027-01-01T09:09:09.009Z","id":"0192aaaa-bbbb-7ccc-8ddd-ffffffffffff"}'
  expect(plain(at)).toBe(plain(other))
  expect(plain(at)).toContain('01990000-0000-7000-8000-0000000000')
})
