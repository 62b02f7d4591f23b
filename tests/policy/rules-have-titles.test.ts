import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { RULES } from '@/lib/policy/vocabulary'

const tests = fileURLToPath(new URL('..', import.meta.url))

const rulesInTitles = (): { file: string; rule: string }[] =>
  readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) =>
      [...readFileSync(`${tests}/${file}`, 'utf8').matchAll(/\[(R\d+)\] /g)].map((match) => ({
        file,
        rule: match[1] as string,
      })),
    )

test('every rule stands in the title of a test, and every rule in a title exists', () => {
  const found = rulesInTitles()
  expect(found.length).toBeGreaterThan(150)
  for (const rule of RULES) {
    expect(found.filter((one) => one.rule === rule).length, `tests of ${rule}`).toBeGreaterThanOrEqual(2)
  }
  expect(found.filter((one) => !(RULES as readonly string[]).includes(one.rule))).toEqual([])
})
