import { TRPCClientError } from '@trpc/client'
import { describe, expect, it } from 'vitest'
import { inOneLine, problemOf } from '@/app/_data/problem'
import { DomainError } from '@/lib/errors'

describe('problemOf', () => {
  it('reads the server’s own words from an API error', () => {
    const data = {
      code: 'denied',
      forPeople: 'Only leads add people.',
      rule: 'R7',
      ask: 'a lead of County',
      id: null,
    }
    const error = new TRPCClientError('x', { result: { error: { code: -1, message: 'x', data } } as never })
    expect(problemOf(error)).toMatchObject({ ...data, retryAfter: null })
    expect(inOneLine(problemOf(error))).toBe('Only leads add people. Ask a lead of County.')
  })

  it('knows a DomainError of another copy of the class by its name, bare or as a cause', () => {
    const error = new DomainError('hidden', 'Nothing here.', { rule: 'R0' })
    const foreign = { name: error.name, code: error.code, forPeople: error.forPeople, details: error.details }
    for (const one of [error, foreign, { name: 'TRPCError', cause: foreign }])
      expect(problemOf(one)).toMatchObject({ code: 'hidden', forPeople: 'Nothing here.', rule: 'R0' })
  })

  it('says that the server cannot be reached when the call itself failed', () => {
    expect(problemOf(new TRPCClientError('Failed to fetch')).code).toBe('offline')
  })

  it.each([[new Error('SELECT secret')], ['text'], [null], [undefined], [{}]])(
    'shows nothing of a bug’s own words: %s',
    (error) => {
      const problem = problemOf(error)
      expect(problem.code).toBe('bug')
      expect(problem.forPeople).not.toContain('secret')
    },
  )
})
