import { describe, expect, test } from 'vitest'
import { decide } from '@/lib/policy/decide'
import { explain } from '@/lib/policy/explain'
import { RULES } from '@/lib/policy/vocabulary'
import { factsOf, requestOf } from '@/tests/policy/case-language'
import { DENIED_BY_CONTENT } from '@/tests/policy/must-be-denied-content'
import { DENIED_BY_STANDING } from '@/tests/policy/must-be-denied-standing'

const CONTEXT = { what: 'section', originator: 'Weather', ownOrg: 'County' } as const

describe('every refusal is one plain sentence', () => {
  test.each([...DENIED_BY_STANDING, ...DENIED_BY_CONTENT])('%s', (_, situation, asked) => {
    const request = requestOf(asked)
    const decision = decide(factsOf(situation), request)
    const { why, ask } = explain(decision, { ...CONTEXT, ask: request.ask })
    expect(why).toMatch(/^[A-Z“].{20,180}\.$/)
    expect(why).not.toMatch(/\bR\d\b|undefined|null|row-|clause/)
    if (ask !== null) expect(ask).toMatch(/^an? (steward|lead|administrator) of /)
  })
})

test.each(RULES)('[%s] has words of its own', (rule) => {
  const decision = { allowed: false, level: 'none', rule, rows: [] } as const
  expect(explain(decision, { ...CONTEXT, ask: 'level' }).why).not.toBe('')
})
