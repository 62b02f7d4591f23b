import { describe, expect, it } from 'vitest'
import { safeReturnPath } from '@/lib/return-path'

describe('the way back after signing in', () => {
  it.each(['/', '/w/1', '/d/1?section=2', '/account'])('keeps %s', (path) => {
    expect(safeReturnPath(path)).toBe(path)
  })

  it.each([
    undefined,
    null,
    '',
    'w/1',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/sign-in',
    '/sign-in?next=/',
    '/set-up',
    '/set-password',
    '/api/auth/signout',
    '/./sign-in',
    '/x/../sign-in',
    '/.//evil.example',
    '/a/..//evil.example',
    `/${'x'.repeat(600)}`,
  ])('leads home instead of %j', (path) => {
    expect(safeReturnPath(path)).toBe('/')
  })
})
