import fc from 'fast-check'
import { expect, test } from 'vitest'
import { didWords, totalWords } from '@/app/w/_record/ask/answer-words'
import { filterFor, wholeDay } from '@/app/w/_record/ask/question-filter'
import { eventWords } from '@/app/w/_record/event-words'
import { addressOf, filterOf, questionOf } from '@/app/w/_record/record-query'
import { letIn, turnedAround } from '@/app/w/_record/use-record-filter'
import type { EventType } from '@/lib/audit/catalogue'
import { QUESTION_IDS, QUESTIONS } from '@/lib/audit/questions'
import { newId } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'

const id = fc.constantFrom(...Array.from({ length: 5 }, newId))
const type = fc.constantFrom('section.opened', 'record.viewed')
const kind = fc.constantFrom('reads', 'audits')
const outcome = fc.constantFrom('allowed', 'denied')
const rule = fc.constantFrom('R5', 'R7')
const moment = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const list = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { minLength: 1, maxLength: 3 })
const matched = { personId: id, orgId: id, documentId: id, sectionId: id, type, kind, outcome, rule }
const left = fc.record(
  {
    personId: list(id),
    orgId: list(id),
    documentId: list(id),
    type: list(type),
    kind: list(kind),
    rule: list(rule),
  },
  { requiredKeys: [] },
)
const filters = fc
  .tuple(fc.record({ ...matched, originatorId: id, from: moment, until: moment }, { requiredKeys: [] }), left)
  .map(([asked, not]) => (Object.keys(not).length > 0 ? { ...asked, not } : asked) as RecordFilter)

test('a filter and its question come back from the address as they were', () => {
  fc.assert(
    fc.property(filters, fc.option(fc.constantFrom(...QUESTION_IDS)), (filter, question) => {
      const query = new URLSearchParams(addressOf(filter, question))
      expect(filterOf(query)).toEqual(filter)
      expect(questionOf(query)).toBe(question)
    }),
  )
})

test('what makes no sense in an address is left out', () => {
  const query = new URLSearchParams('?person=nobody&event=x&-rule=R77&from=soon&ask=why&outcome=denied')
  expect(filterOf(query)).toEqual({ outcome: 'denied' })
  expect(questionOf(query)).toBeNull()
})

test('a kind of event that only the server can tell goes to it, and is said as it stands', () => {
  expect(filterOf(new URLSearchParams('?event=section.unheard_of'))).toEqual({ type: 'section.unheard_of' })
  expect(eventWords('section.unheard_of' as EventType)).toBe('section.unheard_of')
})

test('a chip turned around leaves out what it asked for, and can be let in again', () => {
  const turned = turnedAround({ rule: 'R5', outcome: 'denied' }, 'rule')
  expect(turned).toEqual({ outcome: 'denied', not: { rule: ['R5'] } })
  expect(letIn(turned, 'rule', 'R5')).toEqual({ outcome: 'denied' })
})

test('each question is a filter', () => {
  expect(filterFor(QUESTIONS['to-ours'], { orgId: 'o', from: 'f' })).toEqual({
    originatorId: 'o',
    not: { orgId: ['o'] },
    from: 'f',
  })
  expect(filterFor(QUESTIONS['who-read'], { sectionId: 's' })).toEqual({ kind: 'reads', sectionId: 's' })
  expect(filterFor(QUESTIONS['persons-day'], { personId: 'p', ...wholeDay('2026-03-03') })).toEqual({
    personId: 'p',
    from: '2026-03-03T00:00:00.000Z',
    until: '2026-03-04T00:00:00.000Z',
  })
})

test('an answer in sentences', () => {
  const group = {
    key: 'p',
    name: 'Ben',
    agency: null,
    entries: 19,
    refused: 0,
    first: '',
    last: '',
    only: {},
    types: [
      { type: 'section.opened', entries: 14 },
      { type: 'section.edit_closed', entries: 2 },
      { type: 'section.closed', entries: 1 },
      { type: 'document.viewed', entries: 2 },
    ],
  } as const
  expect(didWords({ ...group, types: [...group.types] }, 'person')).toBe(
    'Opened a section 14 times, edited a section twice, closed a section once, and 2 more.',
  )
  const groups = [{ ...group, types: [...group.types] }]
  expect(totalWords({ groups, entries: 1_900, isWhole: true }, 'person')).toBe('1,900 entries, by 1 person.')
  expect(totalWords({ groups, entries: 20_000, isWhole: false }, 'object')).toBe(
    'More than 20,000 entries, on 1 thing.',
  )
})
