import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, canonicalRecord } from '@/lib/audit/canonical'
import type { Json } from '@/lib/audit/event'
import { newId } from '@/lib/ids'
import { glance } from '@/lib/verifier/verify.mjs'

/** Names and texts that a careless reader would take for parts of the record itself. */
const decoy = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom('commitments', 'type', 'v', 'volume', 'at', 'section.edit_closed', 'é'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('"type":"x","v":1}', ',"commitments":{', '},"at":"', '{', '}', '\\'),
  },
)
const value: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    decoy,
    fc.integer({ min: 0, max: 2 }),
    fc.dictionary(decoy, tie('any'), { maxKeys: 3 }),
    fc.array(tie('any'), { maxLength: 2 }),
  ),
})).any
const flat = fc.dictionary(decoy, fc.oneof(decoy, fc.integer({ min: 0, max: 2 })), { maxKeys: 2 })
const rarely = fc.option(value, { nil: undefined, freq: 1 })
const record = fc.record(
  {
    actor: fc.oneof({ weight: 4, arbitrary: flat }, value),
    at: fc.oneof(fc.constant('2026-11-30T17:19:07.538Z'), decoy),
    type: fc.constantFrom('section.opened', 'section.edit_closed', 'record.viewed'),
    v: fc.constantFrom(1, 1, 1, 2),
    after: rarely,
    before: rarely,
    commitments: fc.oneof(flat, value),
    details: value,
    object: flat,
    volume: fc.oneof(flat, value),
    zone: value,
  },
  { requiredKeys: ['actor', 'at', 'type', 'v'] },
)

test('what is read off a record without parsing it is what parsing gives, however it is made', () => {
  let read = 0
  fc.assert(
    fc.property(record, (made) => {
      const text = canonicalJson(JSON.parse(JSON.stringify(made)) as Json)
      const found = glance(text)
      if (found === null) return
      read++
      const { v, at, type, commitments } = JSON.parse(text)
      expect(found).toEqual({ v, at, type, commitments })
    }),
    { numRuns: 20_000 },
  )
  expect(read).toBeGreaterThan(150)
})

test('it is enough for an event as the server writes it', () => {
  const id = newId()
  const draft = {
    type: 'section.opened',
    outcome: 'allowed',
    actor: { personId: id, orgId: id, sessionId: id },
    object: { workspaceId: id, sectionId: id },
    decision: { rule: 'R7', level: 'edit', rows: [id] },
    volume: { bytes: 3 },
  } as const
  const commitments = { address: 'ab'.repeat(32) }
  expect(glance(canonicalRecord(draft, { id, at: new Date(0), commitments }))).toMatchObject({ commitments })
  expect(glance(canonicalRecord(draft, { id, at: new Date(0), commitments: {} }))).toMatchObject({ v: 1 })
})
