import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordFilter } from '@/lib/views/record'
import type { Actor } from '@/server/identity/actor'
import { whoCanSee } from '@/server/operations/explain/who-can-see'
import { getMembers } from '@/server/operations/members/get-members'
import { askRecord } from '@/server/operations/record/ask-record'
import { findInRecord } from '@/server/operations/record/find-in-record'
import { listRecord } from '@/server/operations/record/list-record'
import { readRecordEvent } from '@/server/operations/record/read-record-event'
import { listSearches } from '@/server/operations/record/searches/list-searches'
import { saveSearch } from '@/server/operations/record/searches/save-search'
import { tailRecord } from '@/server/operations/record/tail-record'
import { runOperation } from '@/server/operations/run-operation'
import { eventIn } from '@/tests/operations/cases/record'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
let now: number
/** Hospital's own auditor. */
let hospitalAuditor: Actor
const ADDRESS = '127.0.0.1'

beforeAll(async () => {
  now = Date.now()
  plan = await openPlan({ now: () => new Date(now) })
  const { world, orgs, workspaceId } = plan
  const personId = await world.person(orgs.hospital, { name: 'Hedda Auditor' })
  await world.membership(workspaceId, personId, 'auditor')
  hospitalAuditor = await world.actor(personId)
})
afterAll(() => plan.services.db.close())

const filter: RecordFilter = {}

describe('the auditors’ desk', () => {
  test('an entry says what decided and what changed, and no personal value', async () => {
    const { services, people, workspaceId } = plan
    await runOperation(services, people.countyLead, getMembers, { workspaceId })
    const [event] = await eventsOf(plan, 'membership.listed')
    const view = await runOperation(services, people.auditor, readRecordEvent, {
      workspaceId,
      eventId: event?.says.id as string,
    })
    expect(view.row.sentence).toMatch(/^looked at the members \(\d+ people\)$/)
    expect(view.decision?.rows.map(({ words }) => words).join()).toMatch(/takes part.*lead/)
    expect(view.place).toBeNull()
    expect(JSON.stringify(view)).not.toContain(ADDRESS)
    expect(view.personal).toEqual([{ name: 'address', gone: null }])
  })

  test('[R2] by no question does an auditor come to text or to a title that is not their agency’s to know', async () => {
    const { services, workspaceId, sections, orgs, people } = plan
    const said = await Promise.all([
      runOperation(services, people.auditor, listRecord, { workspaceId, filter }),
      runOperation(services, people.auditor, askRecord, {
        workspaceId,
        filter,
        by: 'object',
        question: null,
      }),
      runOperation(services, people.auditor, findInRecord, { workspaceId, text: 'Staff' }),
      runOperation(services, people.auditor, askRecord, {
        workspaceId,
        filter: { originatorId: orgs.hospital },
        by: 'object',
        question: 'to-ours',
      }),
    ])
    expect(JSON.stringify(said)).not.toContain('Staffing')
    const own = await runOperation(services, hospitalAuditor, findInRecord, { workspaceId, text: 'Staff' })
    expect(own.map(({ id }) => id)).toEqual([sections.closed])
  })

  test('who could have seen it is asked of one’s own sections and documents alone', async () => {
    const { services, sections, people } = plan
    const ask = (actor: Actor, sectionId: string) =>
      runOperation(services, actor, whoCanSee, { on: { sectionId }, at: null })
    // County owns the document, so that its auditor may ask about every section in it; Hospital only about its own.
    expect((await ask(people.auditor, sections.closed)).about).toBe('everyone')
    expect((await ask(hospitalAuditor, sections.closed)).title).toBeNull()
    await expect(ask(hospitalAuditor, sections.open)).rejects.toMatchObject({ code: 'hidden' })
  })

  test('a question is on record with what was asked', async () => {
    const { services, workspaceId, people } = plan
    await runOperation(services, people.auditor, askRecord, {
      workspaceId,
      filter: { outcome: 'denied' },
      by: 'person',
      question: 'denials',
    })
    const [event] = await eventsOf(plan, 'record.asked')
    expect(event?.says.details).toEqual({
      question: 'denials',
      by: 'person',
      filter: { outcome: 'denied' },
    })
  })

  test('a name that was looked for is no plain text in the record', async () => {
    const { services, workspaceId, people } = plan
    await runOperation(services, people.auditor, findInRecord, { workspaceId, text: 'Wendy' })
    const [event] = await eventsOf(plan, 'record.searched')
    expect(event?.canonical).not.toContain('Wendy')
    expect(event?.says.volume).toEqual({ characters: 5, found: 1 })
  })

  test('following is on record once, then at most once a minute with what was shown', async () => {
    const { services, workspaceId, people } = plan
    const follow = (since: string | null) =>
      runOperation(services, people.auditor, tailRecord, {
        workspaceId,
        filter: { type: 'workspace.viewed' },
        since,
      })
    const told = async () => (await eventsOf(plan, 'record.followed')).length
    let since: string | null = new Date(now).toISOString()
    ;({ since } = await follow(since))
    expect(await told()).toBe(1)
    for (let call = 0; call < 5; call++) {
      now += 3_000
      await eventIn(plan)
      ;({ since } = await follow(since))
    }
    expect(await told()).toBe(1)
    now += 60_000
    const last = await eventIn(plan)
    const { rows } = await follow(since)
    expect(rows[0]?.id).toBe(last.eventId)
    expect(await told()).toBe(2)
    const shown = (await eventsOf(plan, 'record.followed')).map(({ says }) => says.volume)
    expect(shown).toEqual(expect.arrayContaining([{ rows: 0 }, { rows: 6 }]))
  })

  test('kept searches are one’s own; the same name replaces', async () => {
    const { services, workspaceId, people } = plan
    const keep = (query: string) =>
      runOperation(services, people.auditor, saveSearch, { workspaceId, name: 'Refusals', query })
    const first = await keep('?outcome=denied')
    const second = await keep('?outcome=failed')
    expect(second.id).toBe(first.id)
    const kept = (actor: Actor) => runOperation(services, actor, listSearches, { workspaceId })
    expect(await kept(people.auditor)).toEqual([{ id: first.id, name: 'Refusals', query: '?outcome=failed' }])
    expect(await kept(hospitalAuditor)).toEqual([])
  })
})
