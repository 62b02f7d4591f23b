import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, canonicalRecord } from '@/lib/audit/canonical'
import { commitmentTo } from '@/lib/audit/commitment'
import type { EventDraft, Json } from '@/lib/audit/event'

describe('canonical JSON (RFC 8785)', () => {
  test('the example of section 3.2.2 and 3.2.3', () => {
    const given = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    ) as Json
    expect(canonicalJson(given)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  test('members are sorted by UTF-16 code units (section 3.2.3)', () => {
    const given = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.values(JSON.parse(canonicalJson(given)) as object)).toHaveLength(7)
    expect(canonicalJson(given)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    )
  })

  test.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [1e23, '1e+23'],
    [0.000001, '0.000001'],
    [333333333.33333325, '333333333.33333325'],
    [1424953923781206.2, '1424953923781206.2'],
  ])('the number %d is written %s (appendix B)', (number, text) => {
    expect(canonicalJson(number)).toBe(text)
  })

  test('any value is spelled as another implementation spells it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(canonicalJson(value as Json)).toBe(
          (canonicalize as unknown as (value: unknown) => string)(value),
        )
      }),
    )
  })

  test.each([
    ['NaN', Number.NaN],
    ['infinity', { a: [Number.POSITIVE_INFINITY] }],
    ['undefined', { a: undefined }],
    ['a Date', { a: new Date(0) }],
    ['bytes', new Uint8Array(2)],
    ['a hole', new Array(1)],
    ['half a surrogate pair', '\ud800'],
    ['half a surrogate pair as a name', { '\udc00': 1 }],
    ['a bigint', 1n],
  ])('%s is refused, not changed', (_, value) => {
    expect(() => canonicalJson(value as unknown as Json)).toThrow(RangeError)
  })
})

describe('canonical record', () => {
  const draft: EventDraft = {
    type: 'section.opened',
    outcome: 'allowed',
    actor: { personId: 'p', orgId: 'o', sessionId: null },
    object: { workspaceId: 'w', sectionId: 's' },
    decision: { rule: 'R7', level: 'edit', rows: ['r2', 'r1'] },
    volume: { bytes: 3 },
    correlation: 'c',
    clear: { address: '192.0.2.1' },
  }
  const made = { id: 'e', at: new Date('2026-03-03T10:00:00.007Z'), commitments: { address: 'ab' } }

  test('is one text: sorted, milliseconds, unknown members absent, personal values as commitments', () => {
    expect(canonicalRecord(draft, made)).toBe(
      '{"actor":{"org":"o","person":"p"},"at":"2026-03-03T10:00:00.007Z","commitments":{"address":"ab"},"correlation":"c",' +
        '"decision":{"level":"edit","rows":["r1","r2"],"rule":"R7"},"id":"e","object":{"section":"s","workspace":"w"},' +
        '"outcome":"allowed","type":"section.opened","v":1,"volume":{"bytes":3}}',
    )
  })

  test('keeps before and after, also when they are null', () => {
    const text = canonicalRecord({ ...draft, before: null, after: { title: 'B', label: 'A' } }, made)
    expect(text).toContain('"after":{"label":"A","title":"B"}')
    expect(text).toContain('"before":null')
  })
})

describe('commitments', () => {
  const salt = new Uint8Array(16).fill(7)

  test('bind the value and the salt', () => {
    expect(commitmentTo(salt, 'a')).toMatch(/^[0-9a-f]{64}$/)
    expect(commitmentTo(salt, 'a')).toBe(commitmentTo(salt, 'a'))
    expect(commitmentTo(salt, 'a')).not.toBe(commitmentTo(salt, 'b'))
    expect(commitmentTo(salt, 'a')).not.toBe(commitmentTo(new Uint8Array(16), 'a'))
  })

  test('a short salt is refused', () => {
    expect(() => commitmentTo(new Uint8Array(8), 'a')).toThrow(RangeError)
  })
})
