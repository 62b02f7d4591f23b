import { describe, expect, test } from 'vitest'
import { movedAfter, neighbourAfter, withKept } from '@/app/d/[documentId]/_sections/order'

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join('')

describe('moving a section', () => {
  test.each([
    ['c', null, 'cabd'],
    ['a', 'd', 'bcda'],
    ['a', 'b', 'bacd'],
    ['d', 'a', 'adbc'],
  ] as const)('%s after %s gives %s', (id, after, wanted) =>
    expect(ids(movedAfter(rows, id, after))).toBe(wanted),
  )

  test.each([
    ['a', null],
    ['b', 'a'],
    ['b', 'b'],
    ['b', 'gone'],
    ['gone', 'a'],
  ] as const)('%s after %s changes nothing and keeps the same list', (id, after) =>
    expect(movedAfter(rows, id, after)).toBe(rows),
  )

  test('one place up or down, until the end', () => {
    expect(neighbourAfter(rows, 'a', 'up')).toBeUndefined()
    expect(neighbourAfter(rows, 'b', 'up')).toBeNull()
    expect(neighbourAfter(rows, 'd', 'up')).toBe('b')
    expect(neighbourAfter(rows, 'a', 'down')).toBe('b')
    expect(neighbourAfter(rows, 'd', 'down')).toBeUndefined()
    expect(neighbourAfter(rows, 'gone', 'up')).toBeUndefined()
  })
})

describe('places that were closed for me while I looked', () => {
  test('stand where the section stood', () => {
    expect(withKept(['a', 'b', 'c'], ['a', 'c'], new Set(['b']))).toEqual(['a', 'b', 'c'])
    expect(withKept(['a', 'b', 'c'], ['b', 'c'], new Set(['a']))).toEqual(['a', 'b', 'c'])
  })
  test('follow what is left when what stood before is gone as well', () => {
    expect(withKept(['a', 'b', 'c'], ['a'], new Set(['c']))).toEqual(['a', 'c'])
    expect(withKept(['a', 'b', 'c'], [], new Set(['b', 'c']))).toEqual(['b', 'c'])
  })
  test('what vanished without having been closed leaves no gap', () => {
    expect(withKept(['a', 'b', 'c'], ['a', 'c'], new Set())).toEqual(['a', 'c'])
  })
  test('what came back stands once', () => {
    expect(withKept(['a', 'b'], ['b', 'a'], new Set(['b']))).toEqual(['b', 'a'])
  })
})
