import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decide } from '@/lib/policy/decide'
import { createReplay, createState, decideAgain, type PolicyEntry } from '@/lib/verifier/replay.mjs'
import { askedOf } from '@/server/policy/on-record/asked'
import { rowsOfFacts } from '@/tests/audit/bundle/rows-of-facts'
import { facts, request } from '@/tests/policy/random-world'
import { liveALittle, openSealedBed, type SealedBed } from '@/tests/support/record/sealed-bundle'

describe('the second opinion', () => {
  test('decides as the server does, on every random world: level, rule and rows (R0-R9)', () => {
    const seen = { allowed: 0, all: 0, rules: new Set<string>() }
    fc.assert(
      fc.property(facts, request, (world, question) => {
        const { facts: loaded, rows } = rowsOfFacts({
          ...world,
          subject: { ...world.subject, session: { ...world.subject.session, live: true } },
        })
        const state = createState()
        for (const row of rows) state.put(row)
        const { subject, workspace } = loaded
        const actor = { person: subject.personId, org: subject.orgId }
        const { allowed, level, rule, rows: because } = decide(loaded, question)
        const again = decideAgain(state, workspace.id, actor, askedOf(loaded, question, false))
        expect({
          allowed: again?.allowed,
          level: again?.level,
          rule: again?.rule,
          rows: again?.rows,
        }).toEqual({ allowed, level, rule, rows: [...because].sort() })
        seen.all++
        if (allowed) seen.allowed++
        seen.rules.add(rule)
      }),
      { numRuns: 4_000 },
    )
    expect(seen.allowed / seen.all).toBeGreaterThan(0.08)
    expect([...seen.rules].sort()).toEqual(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9'])
  })

  test('[R0] what the bundle does not hold is not guessed; a label that nobody knows denies', () => {
    const state = createState()
    const actor = { person: 'p', org: 'o' }
    const asked = { ask: 'level', needs: 'read', at: 1, strength: 1, document: 'd' }
    expect(decideAgain(state, 'w', actor, asked)).toBeUndefined()
    state.put({
      table: 'workspaces',
      id: 'w',
      columns: { state: 'active', minimum_strength: 1, terms_version: 0 },
    })
    expect(decideAgain(state, 'w', actor, asked)).toBeUndefined()
    state.put({
      table: 'documents',
      id: 'd',
      columns: { owner_org_id: 'o', label: 'Lost', archived_at: null },
    })
    expect(decideAgain(state, 'w', actor, asked)).toMatchObject({ allowed: false, rule: 'R0' })
  })
})

const HOUR = 3_600_000

/** A record of a workspace of one agency, made by hand: policy first, then questions an hour apart. */
const told = (
  ...events: { hour: number; rows?: PolicyEntry[]; decision?: object; outcome?: string; person?: string }[]
) => {
  const replay = createReplay()
  const row = (table: string, id: string, columns: object): PolicyEntry => ({
    table,
    id,
    columns: columns as PolicyEntry['columns'],
  })
  const always = { valid_from: 0, valid_until: null, ended_at: null }
  const first: PolicyEntry[] = [
    row('workspaces', 'w', { state: 'active', minimum_strength: 1, terms_version: 0 }),
    row('organisations', 'o', { state: 'active' }),
    row('people', 'p', { org_id: 'o', state: 'active' }),
    row('participations', 'pa', {
      org_id: 'o',
      state: 'active',
      ceiling: 'manage',
      may_export: false,
      signed_terms_version: 0,
      ...always,
    }),
    row('memberships', 'm', { person_id: 'p', role: 'reader', ...always }),
    row('policy_labels', 'L', {
      enforces: { named: null, orgs: null, people: null, export: 'yes', print: 'yes', copy: 'yes' },
    }),
    row('documents', 'd', { owner_org_id: 'o', label: 'L', archived_at: null }),
  ]
  for (const [index, { hour, rows, decision, outcome = 'allowed', person = 'p' }] of [
    { hour: 0, rows: first },
    ...events,
  ].entries())
    replay.event(
      {
        at: new Date(hour * HOUR).toISOString(),
        type: rows === undefined ? 'document.viewed' : 'policy.changed',
        outcome,
        actor: { person, org: 'o' },
        object: { workspace: 'w', document: 'd' },
        ...(rows === undefined ? {} : { details: { rows } }),
        ...(decision === undefined
          ? {}
          : {
              decision: {
                ...decision,
                asked: { ask: 'level', needs: 'read', at: hour * HOUR, strength: 1, document: 'd' },
              },
            }),
      },
      'workspace:w',
      index,
    )
  return replay.end()
}
const READ = { rule: 'R7', level: 'read', rows: ['m', 'pa'] }
const ended = (hour: number): PolicyEntry => ({
  table: 'memberships',
  id: 'm',
  columns: { person_id: 'p', role: 'reader', valid_from: 0, valid_until: null, ended_at: hour * HOUR },
})

describe('what does not follow from the policy on record is named', () => {
  test('a decision that does', () => {
    expect(told({ hour: 1, decision: READ })).toMatchObject({ decisions: 1, agreed: 1, disagreements: [] })
  })

  test.each([
    ['a higher level than the role gives', { ...READ, level: 'edit' }, 'says R7 read'],
    ['another rule', { ...READ, rule: 'R5' }, 'says R7 read'],
    ['other rows', { ...READ, rows: ['m'] }, 'says R7 read'],
  ])('%s', (_, decision, why) => {
    const { disagreements } = told({ hour: 1, decision })
    expect(disagreements).toMatchObject([
      { tree: 'workspace:w', index: 1, why: expect.stringContaining(why) },
    ])
  })

  test('a look by somebody whose membership had ended; one before is right, also when it stands later in the tree', () => {
    const { disagreements, agreed } = told(
      { hour: 1, decision: READ },
      { hour: 2, rows: [ended(2)] },
      { hour: 3, decision: READ },
    )
    expect(agreed).toBe(1)
    expect(disagreements.map(({ index }) => index)).toEqual([3])
  })

  test('a look by somebody who never belonged here', () => {
    const { disagreements } = told({ hour: 1, decision: READ, person: 'stranger' })
    expect(disagreements.map(({ index }) => index)).toEqual([1])
  })

  test('what differs within moments of a change is told, and not held against anybody', () => {
    const archived = {
      table: 'documents',
      id: 'd',
      columns: { owner_org_id: 'o', label: 'L', archived_at: 1 },
    }
    const edit = { ...READ, level: 'comment' }
    const { near, disagreements } = told(
      { hour: 2, decision: edit },
      { hour: 2, rows: [archived] },
      { hour: 3, decision: edit },
    )
    expect(near).toBe(1)
    expect(disagreements.map(({ index }) => index)).toEqual([3])
  })
})

describe('a real record', () => {
  let bed: SealedBed
  beforeAll(async () => {
    bed = await openSealedBed()
    await liveALittle(bed)
    await bed.seal(bed.world.orgs.weather, bed.world.orgs.hospital)
  })
  afterAll(() => bed.close())

  test('every decision of a running server follows from its policy on record', async () => {
    const replay = createReplay()
    const denied: string[] = []
    for (const text of (await bed.bundle()).trimEnd().split('\n')) {
      const line = JSON.parse(text) as { kind: string; tree: string; index: number; canonical: string }
      if (line.kind !== 'event') continue
      const record = JSON.parse(line.canonical) as { outcome: string; decision?: { rule: string } }
      if (record.outcome === 'denied') denied.push(record.decision?.rule ?? '')
      replay.event(record, line.tree, line.index)
    }
    const { decisions, agreed, near, unknown, disagreements } = replay.end()
    expect({ near, unknown, disagreements }).toEqual({ near: 0, unknown: 0, disagreements: [] })
    expect(agreed).toBe(decisions)
    expect(decisions).toBeGreaterThanOrEqual(8)
    expect(denied.sort()).toEqual(['R5', 'R7', 'R8'])
  })
})
