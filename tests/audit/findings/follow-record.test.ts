import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventDraft } from '@/lib/audit/event'
import type { FindingListView } from '@/lib/views/figures/finding'
import { createRecorder } from '@/server/audit/append'
import { followRecord } from '@/server/audit/findings/follow-record'
import { sequenceBatch } from '@/server/audit/sequence'
import { disposeFinding } from '@/server/operations/record/findings/dispose-finding'
import { getFinding } from '@/server/operations/record/findings/get-finding'
import { listFindings } from '@/server/operations/record/findings/list-findings'
import { runOperation } from '@/server/operations/run-operation'
import { openPlan, type Plan } from '@/tests/operations/plan'
import { testPersonKeys } from '@/tests/support/database'

const DAY = 86_400_000
const NINE = Date.parse('2026-03-02T09:00:00Z')
let plan: Plan
let writers = 0

beforeEach(async () => {
  plan = await openPlan()
})
afterEach(() => plan.services.close())

type Who = keyof Plan['people']
interface Happened {
  who: Who
  at: number
  type?: EventDraft['type']
  section?: keyof Plan['sections']
  address?: string
}

const happen = async (events: readonly Happened[]): Promise<void> => {
  let now = new Date()
  const recorder = createRecorder({ node: `w${++writers}`, keys: testPersonKeys(), now: () => now })
  await plan.services.db.transaction(async (tx) => {
    for (const { who, at, type = 'section.opened', section = 'open', address } of events) {
      now = new Date(at)
      const { personId, orgId, sessionId } = plan.people[who]
      recorder.append(tx, {
        type,
        outcome: 'allowed',
        actor: { personId, orgId, sessionId },
        object: {
          workspaceId: plan.workspaceId,
          documentId: plan.documentId,
          sectionId: plan.sections[section],
        },
        ...(address === undefined ? {} : { clear: { address } }),
      })
    }
  })
}
const sequence = async () => {
  for (;;) {
    const moved = await sequenceBatch(plan.services)
    // Two who search at once: the other one is moving the same events.
    if (moved === 'busy') continue
    if (typeof moved === 'string') throw new Error(`the sequencer is ${moved}`)
    if (moved.taken === 0) return
  }
}
const search = async (most = 7) => {
  await sequence()
  while (await plan.services.db.transaction((tx) => followRecord(plan.services, tx, most))) await sequence()
}
const list = (who: Who): Promise<FindingListView> =>
  runOperation(plan.services, plan.people[who], listFindings, {
    workspaceId: plan.workspaceId,
    state: null,
    rule: null,
  })
const eventsOf = async (type: string) =>
  (
    await plan.services.db.query<{ canonical: string }>(
      'select canonical from audit_inbox where type = $1 order by at, id',
      [type],
    )
  ).rows.map(({ canonical }) => canonical)

const woken: Happened[] = [
  { who: 'weatherEditor', at: NINE, section: 'open' },
  { who: 'weatherEditor', at: NINE + 40 * DAY, section: 'open' },
]
const broken: Happened[] = [
  { who: 'hospitalEditor', at: NINE, type: 'break_glass.opened', section: 'shared' },
]

describe('the search of the record', () => {
  test('finds, puts on record and tells the auditors; each event is looked at once', async () => {
    await happen(woken)
    await search(1)
    const { findings, counts } = await list('auditor')
    expect(findings).toMatchObject([
      {
        rule: 'F-06',
        state: 'open',
        times: 1,
        person: { name: 'Walt Weather' },
        explanation: 'was on record again after 40 days without an entry.',
      },
    ])
    expect(counts).toEqual({ open: 1, expected: 0, follow_up: 0, escalated: 0 })
    expect(await eventsOf('finding.raised')).toHaveLength(1)
    const told = await plan.services.db.query(
      `select person_id, kind, target_id from notifications where kind = 'finding.raised'`,
    )
    expect(told.rows).toEqual([
      { person_id: plan.people.auditor.personId, kind: 'finding.raised', target_id: findings[0]?.id },
    ])
    await search(1)
    expect(await eventsOf('finding.raised')).toHaveLength(1)
  })

  test('the same record gives the same findings, however it is cut and wherever a node dies', async () => {
    const addresses = Array.from({ length: 25 }, (_, n) => ({
      who: 'countyReader' as const,
      at: NINE + n * 60_000,
      address: '192.0.2.7',
    }))
    await happen([
      ...woken,
      ...broken,
      ...addresses,
      { who: 'countyReader', at: NINE + DAY, address: '198.51.100.1' },
    ])
    const read = async () =>
      (
        await plan.services.db.query(
          'select rule, key, episode, numbers, event_ids, times, first_at, last_at, state from findings where workspace_id = $1 order by rule, key',
          [plan.workspaceId],
        )
      ).rows
    await search(1_000)
    const whole = await read()
    expect(whole.map(({ rule }) => rule)).toEqual(['F-01', 'F-06', 'F-08'])
    expect(JSON.stringify((await plan.services.db.query('select * from finding_profiles')).rows)).not.toMatch(
      /192\.0\.2|198\.51/,
    )
    await plan.services.db.query('delete from findings where workspace_id = $1', [plan.workspaceId])
    await plan.services.db.query('delete from finding_profiles')
    await plan.services.db.query(`delete from record_followers where name = 'findings'`)
    await expect(
      plan.services.db.transaction(async (tx) => {
        await followRecord(plan.services, tx, 20)
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    await Promise.all([search(3), search(5)])
    expect(await read()).toEqual(whole)
  })

  test('agencies’ auditors see what is of their people, their documents and their sections', async () => {
    const { world, orgs, workspaceId } = plan
    const auditorOf = async (orgId: string, name: string) => {
      const personId = await world.person(orgId, { name })
      await world.membership(workspaceId, personId, 'auditor')
      return world.actor(personId)
    }
    const [weather, hospital] = [
      await auditorOf(orgs.weather, 'Wilma'),
      await auditorOf(orgs.hospital, 'Hector'),
    ]
    // In a section of Weather's, in a document of County's, by a person of the Hospital's; and one that is Weather's own.
    await happen([...broken, ...woken])
    await search()
    const rulesFor = async (actor: typeof weather) =>
      (
        await runOperation(plan.services, actor, listFindings, { workspaceId, state: null, rule: null })
      ).findings.map(({ rule }) => rule)
    expect((await rulesFor(weather)).sort()).toEqual(['F-06', 'F-08'])
    expect(await rulesFor(hospital)).toEqual(['F-08'])
    const told = await plan.services.db.query<{ person_id: string }>(
      `select n.person_id from notifications n join findings f on f.id = n.target_id where f.rule = 'F-06'`,
    )
    expect(told.rows.map(({ person_id }) => person_id)).not.toContain(hospital.personId)
    const [id] = (await list('auditor')).findings.filter(({ rule }) => rule === 'F-06').map((one) => one.id)
    for (const operation of [
      () => runOperation(plan.services, hospital, getFinding, { workspaceId, findingId: String(id) }),
      () =>
        runOperation(plan.services, hospital, disposeFinding, {
          workspaceId,
          findingId: String(id),
          state: 'expected',
          note: 'Mine.',
        }),
    ])
      await expect(operation()).rejects.toMatchObject({ code: 'missing' })
  })

  test('what an auditor says stands beside the record, and holds until it happens again', async () => {
    await happen(woken)
    await search()
    const [finding] = (await list('auditor')).findings
    const about = { workspaceId: plan.workspaceId, findingId: String(finding?.id) }
    const note = 'She was on leave; I asked her lead.'
    await runOperation(plan.services, plan.people.auditor, disposeFinding, {
      ...about,
      state: 'expected',
      note,
    })
    const detail = await runOperation(plan.services, plan.people.auditor, getFinding, about)
    expect(detail).toMatchObject({
      finding: { state: 'expected' },
      dispositions: [{ state: 'expected', by: 'Otto Auditor', note }],
    })
    expect(detail.rows).toHaveLength(2)
    const [said] = await eventsOf('finding.disposed')
    expect(said).toContain('"state":"expected"')
    expect(said).not.toContain('leave')
    await happen([{ who: 'weatherEditor', at: NINE + 80 * DAY }])
    await search()
    expect((await list('auditor')).findings).toMatchObject([{ state: 'open', times: 2 }])
    expect((await eventsOf('finding.raised')).at(-1)).toContain('"again":true')
  })

  test('[R2] nobody says what is to be made of what they did themselves', async () => {
    await happen([
      { who: 'auditor', at: NINE },
      { who: 'auditor', at: NINE + 40 * DAY },
    ])
    await search()
    const [finding] = (await list('auditor')).findings
    await expect(
      runOperation(plan.services, plan.people.auditor, disposeFinding, {
        workspaceId: plan.workspaceId,
        findingId: String(finding?.id),
        state: 'expected',
        note: 'It was me.',
      }),
    ).rejects.toMatchObject({ code: 'denied', details: { rule: 'R2' } })
  })
})
