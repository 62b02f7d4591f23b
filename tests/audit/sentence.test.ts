import { expect, test } from 'vitest'
import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import { isLook, kindOf, typesOf } from '@/lib/audit/event-kinds'
import { EVENT_KINDS, type EventKind } from '@/lib/audit/figures/kind-names'
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
    'narrowed the boundary of Shelters (3 people lose access)',
  ],
  [
    { type: 'release.completed', volume: { gain: 1, lose: 0 } },
    'completed a release of Shelters (1 person gains access)',
  ],
  [
    { type: 'release.completed', volume: { gain: 3, lose: 2, raised: 2, lowered: 1 } },
    'completed a release of Shelters (1 person gains access, 2 people gain a higher level, 1 person loses access, 1 person keeps a lower level)',
  ],
  [
    { type: 'grant.started', volume: { gain: 1, lose: 0, raised: 1 } },
    'let Ada into Shelters (1 person gains a higher level)',
  ],
  [
    { type: 'sharing.changed', volume: { gain: 0, lose: 0 } },
    'changed who can see Shelters (nobody’s access changes)',
  ],
  [
    { type: 'membership.started', until: '2026-03-03T12:00:00.000Z' },
    'added Ada as reader (until 2026-03-03 12:00 UTC)',
  ],
  [
    { type: 'participation.changed', target: 'Weather', level: 'read', until: '2026-03-03T12:00:00.000Z' },
    'changed the participation of Weather (at most “read”, until 2026-03-03 12:00 UTC)',
  ],
  [{ type: 'document.viewed', volume: { sections: 1 } }, 'opened Flood plan (1 section)'],
  [
    { type: 'record.asked', question: 'who-read', volume: { entries: 1_204, groups: 3 } },
    'asked the record who did what: “Who read this section?” (1,204 entries)',
  ],
  [{ type: 'record.asked', question: 'constructor', until: 'soon' }, 'asked the record who did what'],
  [{ section: null }, 'opened a section'],
  [{ section: '{target} $& $1' }, 'opened {target} $& $1'],
])('%j reads "%s"', (given, text) => {
  expect(sentenceOf(parts(given))).toBe(text)
})

const TYPES = Object.keys(EVENTS) as EventType[]

test('there are many types, and each is of one kind', () => {
  expect(TYPES.length).toBeGreaterThan(150)
  for (const kind of Object.keys(EVENT_KINDS) as EventKind[])
    for (const type of typesOf(kind)) expect(kindOf(type)).toBe(kind)
  expect((Object.keys(EVENT_KINDS) as EventKind[]).flatMap(typesOf).sort()).toEqual([...TYPES].sort())
})

test('what is called like a look is listed as one; what changes a workspace is not', () => {
  const called = TYPES.filter((type) =>
    /[._](viewed|viewed_as|listed|previewed|searched|explained|compared)$/.test(type),
  )
  expect(called.length).toBeGreaterThan(35)
  expect(called.filter((type) => !isLook(type))).toEqual([])
  const changes = TYPES.filter((type) =>
    /^(membership|participation|terms|workspace)\.(?!.*(viewed|listed))/.test(type),
  )
  expect(changes.length).toBeGreaterThan(12)
  expect(changes.filter(isLook)).toEqual([])
})

test.each(TYPES)('%s reads well with and without names, whatever came of it', (type) => {
  const named = sentenceOf(parts({ type, volume: { gain: 2 }, until: '2026-03-03T12:00:00.000Z' }))
  expect(named).toMatch(/^[a-z].* \(2 people gain access, until 2026-03-03 12:00 UTC\)$/)
  const nameless = { section: null, document: null, workspace: null, target: null, role: null }
  for (const outcome of ['allowed', 'denied', 'failed'] as const) {
    const said = sentenceOf(parts({ type, outcome, ...nameless }))
    expect(said).not.toMatch(/[{}]|null|undefined| {2}|\.$/)
    expect(said.length).toBeGreaterThan(8)
  }
})
