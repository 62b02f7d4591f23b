import { describe, expect, it } from 'vitest'
import type { Actor } from '@/server/identity/actor'
import { declineRequest } from '@/server/operations/requests/decline-request'
import { remindRequest } from '@/server/operations/requests/remind-request'
import { withdrawRequest } from '@/server/operations/requests/withdraw-request'
import { runOperation } from '@/server/operations/run-operation'
import { openAsking } from '@/tests/operations/asks/asking'
import { eventsOf } from '@/tests/operations/plan'

const DAY = 86_400_000
const { now, ask, mine, pending, only, approve, clock, told, secret } = openAsking()

describe('[R0] hidden, missing, foreign: one', () => {
  it('the same answer and the same row of one’s own; only its originator’s stewards hear of what is there', async () => {
    const { people, sections, elsewhere, services, stranger } = now.plan
    const ids = [
      sections.closed,
      crypto.randomUUID(),
      elsewhere.sectionId,
      elsewhere.workspaceId,
      sections.named,
    ]
    const answers = []
    for (const id of ids) answers.push(await ask(people.countyReader, id))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const views = await mine(people.countyReader)
    const alike = views.map(({ id: _id, askedFor: _for, createdAt: _at, lapsesAt: _lapses, ...rest }) => rest)
    expect(new Set(alike.map((view) => JSON.stringify(view))).size).toBe(1)
    for (const id of ids) {
      await expect(ask(people.countyReader, id)).rejects.toMatchObject({
        code: 'conflict',
        message: 'conflict: You have asked for this already. The answer comes to your inbox.',
      })
    }
    // Somebody without a membership: nobody hears of it, and the asker cannot tell.
    expect(await ask(stranger, sections.open)).toEqual({ asked: true })
    await clock()
    expect(await told('access.requested')).toEqual(['Hanna Hospital', 'Hanna Hospital'])
    const { rows } = await services.db.query('select 1 from access_requests where workspace_id = $1', [
      elsewhere.workspaceId,
    ])
    expect(rows).toHaveLength(1) // the one that was there before
    expect(await pending(people.countyLead)).toEqual([])
  })

  it('takes as long for what is hidden as for what is missing', async () => {
    const { people, sections, services } = now.plan
    await services.db.query('delete from access_requests')
    const took: Record<'hidden' | 'missing', number[]> = { hidden: [], missing: [] }
    for (let i = 0; i < 15; i++) {
      for (const [kind, id] of [
        ['hidden', sections.closed],
        ['missing', crypto.randomUUID()],
      ] as const) {
        const begin = performance.now()
        await ask(people.countyReader, id)
        took[kind].push(performance.now() - begin)
        await services.db.query('delete from access_requests')
      }
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[7] ?? 0
    const [hidden, missing] = [median(took.hidden), median(took.missing)]
    expect(Math.max(hidden, missing) / Math.min(hidden, missing)).toBeLessThan(1.8)
  })

  it('the reason is nowhere in the record, only a commitment to it', async () => {
    await ask(now.plan.people.countyReader, now.plan.sections.closed, 'read', 'Because of Mrs Miller.')
    const [event] = await eventsOf(now.plan, 'access.requested')
    expect(event?.canonical).not.toContain('Miller')
    expect(event).toMatchObject({ outcome: 'allowed', section_id: now.plan.sections.closed })
  })
})

describe('limits', () => {
  it('so many within an hour, so many open, by one’s own alone', async () => {
    const { people } = now.plan
    for (let i = 0; i < 10; i++) await ask(people.countyReader, crypto.randomUUID())
    await expect(ask(people.countyReader, crypto.randomUUID())).rejects.toMatchObject({ code: 'too_many' })
    await ask(people.weatherEditor, crypto.randomUUID())
    now.at = Date.now() + 2 * 3_600_000
    for (let i = 0; i < 10; i++) await ask(people.countyReader, crypto.randomUUID())
    now.at = Date.now() + 4 * 3_600_000
    await expect(ask(people.countyReader, crypto.randomUUID())).rejects.toMatchObject({
      code: 'too_many',
      forPeople: 'At most 20 open requests at a time. Withdraw one first.',
    })
  })

  it('not for what one can do already', async () => {
    await expect(ask(now.plan.people.weatherEditor, now.plan.sections.open, 'edit')).rejects.toMatchObject({
      code: 'conflict',
    })
    await ask(now.plan.people.countyReader, now.plan.sections.open, 'edit')
  })
})

describe('without an approval', () => {
  it('a decline says why to the asker, and to nobody’s record', async () => {
    const { people, services } = now.plan
    await ask(people.countyReader, await secret())
    const { id: requestId } = await only(people.countyLead)
    await runOperation(services, people.countyLead, declineRequest, { requestId, reason: 'Ask Clara first.' })
    expect((await mine(people.countyReader))[0]).toMatchObject({
      state: 'declined',
      on: null,
      answer: { reason: 'Ask Clara first.' },
    })
    expect((await eventsOf(now.plan, 'access.declined'))[0]?.canonical).not.toContain('Clara')
    expect(await told('access.decided')).toEqual(['Carl County'])
  })

  it('reminders: by the asker once a day, by the clock after two days; lapse after thirty', async () => {
    const { people, services, world } = now.plan
    await ask(people.countyReader, await secret())
    const { id: requestId } = await only(people.countyLead)
    const remind = (who: Actor) => runOperation(services, who, remindRequest, { requestId })
    await clock()
    await clock()
    expect(await told('access.requested')).toHaveLength(1)
    await expect(remind(people.countyReader)).rejects.toMatchObject({ code: 'too_many' })
    const later = await world.actor(people.countyReader.personId, { expiresAt: Date.now() + 60 * DAY })
    now.at = Date.now() + 1.1 * DAY
    await remind(later)
    await expect(remind(later)).rejects.toMatchObject({ code: 'too_many' })
    await clock()
    await clock()
    expect(await told('access.requested')).toHaveLength(2)
    now.at = Date.now() + 2.1 * DAY
    await clock()
    await clock()
    expect(await told('access.requested')).toHaveLength(3)
    now.at = Date.now() + 30.1 * DAY
    await clock()
    expect((await mine(later))[0]).toMatchObject({ state: 'lapsed' })
    // The one elsewhere is as old by now.
    expect(await told('access.decided')).toEqual(['Carl County', 'Erik Elsewhere'])
  })

  it('a withdrawal takes the release with it', async () => {
    const { people, services } = now.plan
    const sectionId = await secret()
    await ask(people.weatherEditor, sectionId)
    const { id } = await only(people.countyLead)
    const outcome = await approve(people.countyLead, id)
    if (outcome.applied) throw new Error('applied with one key')
    await runOperation(services, people.weatherEditor, withdrawRequest, { requestId: id })
    expect((await mine(people.weatherEditor))[0]).toMatchObject({ state: 'withdrawn' })
    const { rows } = await services.db.query('select state from releases where id = $1', [outcome.releaseId])
    expect(rows).toEqual([{ state: 'withdrawn' }])
    await ask(people.weatherEditor, sectionId)
  })
})
