import { expect, test } from 'vitest'
import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import { type SentenceParts, sentenceOf } from '@/server/audit/sentence'

const parts = (more: Partial<SentenceParts>): SentenceParts => ({
  type: 'section.opened',
  outcome: 'allowed',
  section: 'Shelters',
  document: 'Flood plan',
  workspace: 'River',
  target: 'Ada',
  role: 'reader',
  volume: {},
  ...more,
})

test.each<[Partial<SentenceParts>, string]>([
  [{}, 'opened Shelters'],
  [{ outcome: 'denied' }, 'was refused: opened Shelters'],
  [{ outcome: 'failed' }, 'could not finish: opened Shelters'],
  [{ type: 'session.refused', outcome: 'denied' }, 'could not sign in'],
  [{ type: 'membership.started' }, 'added Ada as reader'],
  [{ type: 'section.edit_closed', volume: { frames: 1 } }, 'edited Shelters (1 change)'],
  [{ type: 'section.edit_closed', volume: { frames: 12 } }, 'edited Shelters (12 changes)'],
  [
    { type: 'section.edit_closed', volume: { frames: 2, deleted_own: 4, deleted_others: 1 } },
    'edited Shelters (2 changes, 1 character of others deleted)',
  ],
  [
    { type: 'boundary.narrowed', volume: { gain: 0, lose: 3 } },
    'narrowed the boundary of Shelters (0 gain, 3 lose)',
  ],
  [{ section: null }, 'opened a section'],
  [{ section: '{target} $& $1' }, 'opened {target} $& $1'],
])('%j reads "%s"', (given, text) => {
  expect(sentenceOf(parts(given))).toBe(text)
})

test('every event type has a sentence without a gap', () => {
  const types = Object.keys(EVENTS) as EventType[]
  expect(types.length).toBeGreaterThan(40)
  for (const type of types) {
    expect(sentenceOf(parts({ type, section: null, document: null, target: null, role: null }))).not.toMatch(
      /[{}]|null|undefined/,
    )
  }
})
