import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '@/lib/ids'
import { countUnread } from '@/server/operations/inbox/count-unread'
import { listInbox } from '@/server/operations/inbox/list-inbox'
import { markAllRead } from '@/server/operations/inbox/mark-all-read'
import { markNotices } from '@/server/operations/inbox/mark-notices'
import { runOperation } from '@/server/operations/run-operation'
import { type Notice, notify } from '@/server/told/notify'
import { openPlan, type Plan } from '@/tests/operations/plan'
import { changeAs } from '@/tests/operations/sharing/pending-release'

let plan: Plan
beforeAll(async () => {
  plan = await openPlan()
})
afterAll(() => plan.services.close())
beforeEach(() => plan.services.db.query('delete from notifications'))

const tell = (who: keyof Plan['people'], notice: Notice) =>
  plan.services.db.transaction((tx) => notify(tx, [plan.people[who].personId], notice))
const inbox = (who: keyof Plan['people'], more: { unreadOnly?: boolean; cursor?: string | null } = {}) =>
  runOperation(plan.services, plan.people[who], listInbox, {
    unreadOnly: more.unreadOnly ?? false,
    kind: null,
    cursor: more.cursor ?? null,
  })
const unread = (who: keyof Plan['people']) => countUnread(plan.services.db, plan.people[who].personId)
const about = (sectionId: Id): Notice => ({
  kind: 'access.requested',
  workspaceId: plan.workspaceId,
  documentId: plan.documentId,
  sectionId,
  byPersonId: plan.people.countyReader.personId,
})

describe('what a notice says', () => {
  it('names the section and leads to it, for whoever may know it', async () => {
    await tell('weatherSteward', about(plan.sections.shared))
    const { entries } = await inbox('weatherSteward')
    expect(entries).toMatchObject([
      {
        text: 'Carl County asks for access to “Forecast”.',
        href: `/d/${plan.documentId}#${plan.sections.shared}`,
        read: false,
      },
    ])
  })

  it('[R5] names nothing that has been hidden since, and its number tells no more', async () => {
    const { orgs, people, sections, services } = plan
    const sectionId = await plan.world.section(plan.documentId, orgs.weather, { title: 'Secret route' })
    await tell('hospitalEditor', about(sectionId))
    expect((await inbox('hospitalEditor')).entries[0]?.text).toContain('Secret route')
    await changeAs(
      plan,
      people.weatherSteward,
      { sectionId },
      {
        boundary: [{ subjectKind: 'org', subjectId: orgs.weather, maxLevel: 'manage', until: null }],
      },
    )
    const { entries } = await inbox('hospitalEditor')
    expect(JSON.stringify(entries)).not.toContain('Secret route')
    expect(entries[0]).toMatchObject({
      text: expect.stringContaining('a section you cannot see now'),
      href: `/d/${plan.documentId}`,
    })
    expect(sections.shared).not.toBe(sectionId)
    expect(services.db.kind).toBe('embedded')
  })

  it('[R7] shows a stranger neither workspace nor document', async () => {
    await plan.services.db.transaction((tx) =>
      notify(tx, [plan.stranger.personId], about(plan.sections.open)),
    )
    const { entries } = await runOperation(plan.services, plan.stranger, listInbox, {
      unreadOnly: false,
      kind: null,
      cursor: null,
    })
    expect(JSON.stringify(entries)).not.toMatch(/Situation|Flood/)
    expect(entries[0]?.href).toBeNull()
  })
})

describe('the inbox', () => {
  it('is one’s own: nobody marks or counts another’s', async () => {
    await tell('weatherSteward', about(plan.sections.shared))
    const [entry] = (await inbox('weatherSteward')).entries
    await runOperation(plan.services, plan.people.countyLead, markNotices, {
      notificationIds: [entry?.id ?? ''],
      read: true,
    })
    expect(await unread('weatherSteward')).toBe(1)
    expect((await inbox('countyLead')).entries).toEqual([])
    await runOperation(plan.services, plan.people.weatherSteward, markNotices, {
      notificationIds: [entry?.id ?? ''],
      read: true,
    })
    expect(await unread('weatherSteward')).toBe(0)
    expect((await inbox('weatherSteward', { unreadOnly: true })).entries).toEqual([])
    await runOperation(plan.services, plan.people.weatherSteward, markNotices, {
      notificationIds: [entry?.id ?? ''],
      read: false,
    })
    expect(await unread('weatherSteward')).toBe(1)
  })

  it('comes in pages without doubles or holes, however many come at one moment', async () => {
    for (let i = 0; i < 65; i++) await tell('guest', { kind: 'terms.signed', workspaceId: plan.workspaceId })
    await plan.services.db.query(`update notifications set at = date_trunc('hour', now())`)
    const ids: Id[] = []
    let cursor: string | null = null
    do {
      const page = await inbox('guest', { cursor })
      ids.push(...page.entries.map(({ id }) => id))
      cursor = page.cursor
    } while (cursor !== null)
    expect(ids).toHaveLength(65)
    expect(new Set(ids).size).toBe(65)
    await expect(inbox('guest', { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('marks all as read up to a moment: what came since stays unread', async () => {
    await tell('guest', { kind: 'terms.signed', workspaceId: plan.workspaceId })
    const until = new Date().toISOString()
    await plan.services.db.query(`update notifications set at = now() - interval '1 minute'`)
    await tell('guest', { kind: 'terms.published', workspaceId: plan.workspaceId })
    await plan.services.db.query(
      `update notifications set at = now() + interval '1 minute' where kind = 'terms.published'`,
    )
    await runOperation(plan.services, plan.people.guest, markAllRead, { until })
    expect(await unread('guest')).toBe(1)
  })
})
