import { describe, expect, test } from 'vitest'
import { decide } from '@/lib/policy/decide'
import { factsOf, requestOf } from '@/tests/policy/case-language'
import { MUST_BE_ALLOWED } from '@/tests/policy/must-be-allowed'
import { DENIED_BY_CONTENT } from '@/tests/policy/must-be-denied-content'
import { DENIED_BY_STANDING } from '@/tests/policy/must-be-denied-standing'

const MUST_BE_DENIED = [...DENIED_BY_STANDING, ...DENIED_BY_CONTENT]

const ruleIn = (title: string) => /^\[(R\d)\]/.exec(title)?.[1]

test('the tables hold enough cases, each once', () => {
  const titles = [...MUST_BE_ALLOWED, ...MUST_BE_DENIED].map(([title]) => title)
  expect(titles.length).toBeGreaterThanOrEqual(200)
  expect(new Set(titles).size).toBe(titles.length)
})

describe('must be allowed', () => {
  test.each(MUST_BE_ALLOWED)('%s', (title, situation, ask, level) => {
    const decision = decide(factsOf(situation), requestOf(ask))
    expect(decision).toMatchObject({ allowed: true, level, rule: ruleIn(title) })
  })
})

describe('must be denied', () => {
  test.each(MUST_BE_DENIED)('%s', (title, situation, ask) => {
    const decision = decide(factsOf(situation), requestOf(ask))
    expect(decision).toMatchObject({ allowed: false, rule: ruleIn(title) })
  })
})

describe('the rows that a decision rests on', () => {
  test.each([
    ['[R3] a deny', { denies: ['org County on section', 'person Ann on workspace'] }, ['deny-0', 'deny-1']],
    ['[R4] a participation', { participation: 'suspended' }, ['participation']],
    [
      '[R5] a boundary without a matching clause',
      { section: { boundary: ['org Weather: edit'] } },
      ['section-boundary'],
    ],
    [
      '[R7] everything that lets in',
      {
        section: { boundary: ['org County: edit', 'org Weather: edit'] },
        grants: ['person Ann: read on section'],
      },
      ['grant-0', 'membership', 'participation', 'section-boundary-clause-0'],
    ],
  ] as const)('%s', (_, situation, rows) => {
    expect(decide(factsOf(situation as never), requestOf('edit')).rows).toEqual(rows)
  })
})
