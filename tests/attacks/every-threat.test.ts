import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { THREATS } from '@/tests/attacks/threats'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(HERE).filter((name) => name.endsWith('.test.ts') && !name.startsWith('every-'))
const titles = files.flatMap((name) =>
  [...readFileSync(`${HERE}/${name}`, 'utf8').matchAll(/['"`](\[T-\d\d\])/g)].map((match) => match[1]),
)

test('every threat of the list has a test, and every number in a title is on the list', () => {
  const listed = Object.keys(THREATS).map((threat) => `[${threat}]`)
  expect(listed.length).toBe(31)
  expect([...new Set(titles)].sort()).toEqual(listed)
})

test('docs/attacks.md tells what happened of every threat', () => {
  const written = readFileSync(`${HERE}/../../docs/attacks.md`, 'utf8')
  for (const threat of Object.keys(THREATS)) expect(written).toContain(`| ${threat} |`)
})
