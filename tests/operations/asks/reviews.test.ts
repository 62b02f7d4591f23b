import { beforeEach, describe, expect, it } from 'vitest'
import { csvOf } from '@/lib/csv'
import type { Id } from '@/lib/ids'
import type { Actor } from '@/server/identity/actor'
import { answerItems } from '@/server/operations/reviews/answer-items'
import { callOffReview } from '@/server/operations/reviews/call-off-review'
import { exportReview } from '@/server/operations/reviews/export-review'
import { getReview } from '@/server/operations/reviews/get-review'
import { listReviews } from '@/server/operations/reviews/list-reviews'
import { startReview } from '@/server/operations/reviews/start-review'
import { runOperation } from '@/server/operations/run-operation'
import { closeReviews } from '@/server/upkeep/close-reviews'
import { remindReviewers } from '@/server/upkeep/remind-reviewers'
import { startUpkeep } from '@/server/upkeep/upkeep'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

const DAY = 86_400_000
let plan: Plan
let at: number | null = null
beforeEach(async () => {
  at = null
  plan = await openPlan({ now: () => new Date(at ?? Date.now()) })
  return () => plan.services.close()
})

const start = async (who: Actor, days = 10, title = 'Autumn review') => {
  const dueAt = new Date(Date.now() + days * DAY).toISOString()
  const { workspaceId, services } = plan
  return (await runOperation(services, who, startReview, { workspaceId, title, dueAt })).reviewId
}
const look = (who: Actor, reviewId: Id) => runOperation(plan.services, who, getReview, { reviewId })
const answer = (
  who: Actor,
  reviewId: Id,
  itemIds: Id[],
  decision: 'confirmed' | 'ended' = 'confirmed',
  note = '',
) => runOperation(plan.services, who, answerItems, { reviewId, itemIds, decision, note })
const clock = async () => {
  const upkeep = startUpkeep(plan.services, [remindReviewers, closeReviews])
  await upkeep.runNow()
  await upkeep.stop()
}
const itemOf = async (who: Actor, reviewId: Id, name: string) => {
  const { items } = await look(who, reviewId)
  const found = items.find(({ subject }) => subject.kind === 'person' && subject.person.name === name)
  if (found === undefined) throw new Error(`nothing about ${name}`)
  return found
}
const isMember = async (personId: Id) => {
  const { rows } = await plan.services.db.query(
    'select 1 from memberships where person_id = $1 and workspace_id = $2 and ended_at is null',
    [personId, plan.workspaceId],
  )
  return rows.length > 0
}
const told = async (kind: string) => {
  const { rows } = await plan.services.db.query<{ name: string }>(
    'select p.name from notifications n join people p on p.id = n.person_id where n.kind = $1 order by 1',
    [kind],
  )
  return rows.map(({ name }) => name)
}

describe('a campaign', () => {
  it('of the host asks about every membership and grant; another lead’s about its own agency', async () => {
    const { people, world, sections } = plan
    await world.grant({ sectionId: sections.shared }, 'person', people.countyReader.personId, 'read')
    const whole = await look(people.countyLead, await start(people.countyLead))
    expect(whole.progress.map(({ agency, all }) => [agency.name, all])).toEqual([
      ['County Emergency Management', 3],
      ['Hospital Network', 3],
      ['National Weather Service', 4],
    ])
    const own = await start(people.hospitalLead)
    expect((await look(people.hospitalLead, own)).progress.map(({ agency }) => agency.name)).toEqual([
      'Hospital Network',
    ])
    await expect(look(people.countyLead, own)).rejects.toMatchObject({ code: 'hidden' })
    const { reviews } = await runOperation(plan.services, people.countyLead, listReviews, {
      workspaceId: plan.workspaceId,
    })
    expect(reviews.map(({ id }) => id)).not.toContain(own)
    expect(await told('review.started')).toEqual(['Hanna Hospital', 'Wendy Weather'])
  })

  it('shows what a grant is on only to those who may know of it, and counts the rest', async () => {
    const { people, world, sections } = plan
    await world.grant({ sectionId: sections.closed }, 'person', people.hospitalEditor.personId, 'edit')
    const reviewId = await start(people.countyLead)
    const seen = await look(people.countyLead, reviewId)
    expect(seen.unseen).toBe(1)
    expect(JSON.stringify(seen)).not.toContain('Staffing')
    const { text } = await runOperation(plan.services, people.countyLead, exportReview, {
      reviewId,
      format: 'csv',
    })
    expect(text).not.toContain('Staffing')
    expect((await look(people.hospitalLead, reviewId)).unseen).toBe(0)
  })
})

describe('[R2] [R7] who answers', () => {
  it('a lead for the agency’s own people, a steward for grants on its own things, nobody for others', async () => {
    const { people, world, sections } = plan
    await world.grant({ sectionId: sections.shared }, 'person', people.countyReader.personId, 'read')
    const reviewId = await start(people.countyLead)
    const carl = await itemOf(people.countyLead, reviewId, 'Carl County')
    for (const who of [people.hospitalLead, people.weatherSteward])
      await expect(answer(who, reviewId, [carl.id])).rejects.toMatchObject({ code: 'missing' })
    await expect(answer(people.countyReader, reviewId, [carl.id])).rejects.toMatchObject({ code: 'denied' })
    const walt = await itemOf(people.weatherSteward, reviewId, 'Walt Weather')
    await expect(answer(people.weatherSteward, reviewId, [walt.id])).rejects.toMatchObject({ code: 'denied' })
    const grant = (await look(people.weatherSteward, reviewId)).items.find(({ kind }) => kind === 'grant')
    expect(grant?.can.answer).toBe(true)
    await answer(people.weatherSteward, reviewId, [grant?.id ?? ''], 'ended', 'No longer on duty.')
    const { rows } = await plan.services.db.query<{ ended: boolean }>(
      'select ended_at is not null as ended from grants where section_id = $1',
      [sections.shared],
    )
    expect(rows).toEqual([{ ended: true }])
    const [event] = await eventsOf(plan, 'review.answered')
    expect(JSON.stringify(event?.says)).not.toContain('No longer on duty')
  })

  it('nobody about themselves while another lead can; alone it is allowed, and marked', async () => {
    const { people, world, orgs, workspaceId } = plan
    const reviewId = await start(people.countyLead)
    const mine = await itemOf(people.countyLead, reviewId, 'Clara County')
    await answer(people.countyLead, reviewId, [mine.id])
    expect(await itemOf(people.countyLead, reviewId, 'Clara County')).toMatchObject({
      decision: 'confirmed',
      own: true,
    })
    const second = await world.person(orgs.county, { name: 'Cora County' })
    await world.membership(workspaceId, second, 'lead')
    const later = await start(people.countyLead, 10, 'Winter review')
    const again = await itemOf(people.countyLead, later, 'Clara County')
    expect(again.can).toMatchObject({ answer: false })
    await expect(answer(people.countyLead, later, [again.id])).rejects.toMatchObject({ code: 'denied' })
    await answer(await world.actor(second), later, [again.id])
  })

  it('all of a bulk or none of it; what ended meanwhile is gone; an end closes the membership', async () => {
    const { people, world } = plan
    const reviewId = await start(people.countyLead)
    const carl = await itemOf(people.countyLead, reviewId, 'Carl County')
    const walt = await itemOf(people.countyLead, reviewId, 'Walt Weather')
    await expect(answer(people.countyLead, reviewId, [carl.id, walt.id], 'ended')).rejects.toMatchObject({
      code: 'missing',
    })
    expect(await isMember(people.countyReader.personId)).toBe(true)
    await answer(people.countyLead, reviewId, [carl.id], 'ended')
    expect(await isMember(people.countyReader.personId)).toBe(false)
    await world.end('memberships', people.auditor.membershipId)
    const otto = await itemOf(people.countyLead, reviewId, 'Otto Auditor')
    expect(await answer(people.countyLead, reviewId, [otto.id])).toEqual({ gone: 1 })
    expect((await itemOf(people.countyLead, reviewId, 'Otto Auditor')).decision).toBe('gone')
  })
})

describe('silence', () => {
  it('ends what nobody confirmed, keeps the last lead, tells the people, on record with the review', async () => {
    const { people, world, sections, orgs, workspaceId } = plan
    await world.grant({ sectionId: sections.shared }, 'person', people.countyReader.personId, 'comment')
    const newer = await world.person(orgs.hospital, { name: 'Nina Hospital' })
    await world.membership(workspaceId, newer, 'lead', { from: Date.now() - 1_000 })
    const reviewId = await start(people.countyLead)
    const carl = await itemOf(people.countyLead, reviewId, 'Carl County')
    await answer(people.countyLead, reviewId, [carl.id])
    at = Date.now() + 10 * DAY + 1_000
    const late = await world.actor(people.countyLead.personId, { expiresAt: at + DAY })
    // The moment has passed and the clock's work has not come round yet: too late all the same.
    await expect(answer(late, reviewId, [carl.id])).rejects.toMatchObject({ code: 'conflict' })
    await clock()
    at = null
    expect(await isMember(people.countyReader.personId)).toBe(true)
    expect(await isMember(people.countyLead.personId)).toBe(true)
    expect(await isMember(people.hospitalLead.personId)).toBe(true)
    for (const gone of [newer, people.hospitalEditor.personId, people.weatherEditor.personId])
      expect(await isMember(gone)).toBe(false)
    const done = await look(people.countyLead, reviewId)
    expect(done).toMatchObject({ state: 'complete', open: 0 })
    const decided = (name: string) =>
      done.items.find(({ subject }) => subject.kind === 'person' && subject.person.name === name)?.decision
    expect(
      ['Carl County', 'Clara County', 'Hanna Hospital', 'Nina Hospital', 'Walt Weather'].map(decided),
    ).toEqual(['confirmed', 'kept', 'kept', 'lapsed', 'lapsed'])
    const [ended] = await eventsOf(plan, 'membership.ended')
    expect(ended).toMatchObject({ actor_person_id: null, says: { details: { reviewId } } })
    const { rows } = await plan.services.db.query<{ live: number }>(
      'select count(*)::int as live from grants where ended_at is null and section_id = $1',
      [sections.shared],
    )
    expect(rows).toEqual([{ live: 0 }])
    expect(await told('membership.changed')).toContain('Walt Weather')
    expect(await told('review.ended')).toContain('Clara County')
    const { rows: published } = await plan.services.db.query('select 1 from access_changes')
    expect(published.length).toBeGreaterThan(4)
  })

  it('an answer and the due moment at once: one after the other, never both', async () => {
    const { people, world } = plan
    const reviewId = await start(people.countyLead)
    const carl = await itemOf(people.countyLead, reviewId, 'Carl County')
    at = Date.now() + 10 * DAY - 1
    const late = await world.actor(people.countyLead.personId, { expiresAt: at + DAY })
    const answering = answer(late, reviewId, [carl.id])
    at = Date.now() + 10 * DAY + 1_000
    await Promise.all([answering.catch(() => undefined), clock()])
    at = null
    const { decision } = await itemOf(people.countyLead, reviewId, 'Carl County')
    expect(['confirmed', 'lapsed']).toContain(decision)
    expect(await isMember(people.countyReader.personId)).toBe(decision === 'confirmed')
  })

  it('two nodes close it once', async () => {
    const reviewId = await start(plan.people.countyLead)
    at = Date.now() + 10 * DAY + 1_000
    await Promise.all([clock(), clock()])
    const ended = await eventsOf(plan, 'review.ended')
    expect(ended.filter(({ workspace_id }) => workspace_id === plan.workspaceId)).toHaveLength(1)
    expect(JSON.stringify(ended.map(({ says }) => says))).toContain(reviewId)
  })

  it('called off in time, nothing ends; nobody but its agency’s lead calls it off', async () => {
    const { people, services } = plan
    const reviewId = await start(people.countyLead)
    await runOperation(services, people.countyLead, callOffReview, { reviewId })
    at = Date.now() + 11 * DAY
    await clock()
    at = null
    expect(await isMember(people.weatherEditor.personId)).toBe(true)
    expect(await look(people.countyLead, reviewId)).toMatchObject({ state: 'called_off' })
  })
})

it('reminds a week and a day before, once, those who have something open', async () => {
  const { people, services } = plan
  const reviewId = await start(people.countyLead)
  const { items } = await look(people.countyLead, reviewId)
  const clara = items.filter(({ can }) => can.answer).map(({ id }) => id)
  await answer(people.countyLead, reviewId, clara)
  const counts: string[][] = []
  for (const days of [1, 3.5, 4, 9.5, 9.6]) {
    at = Date.now() + days * DAY
    await services.db.query(`delete from notifications where kind = 'review.due'`)
    await clock()
    counts.push(await told('review.due'))
  }
  expect(counts).toEqual([[], ['Hanna Hospital'], [], ['Hanna Hospital'], []])
})

describe('the result as a file', () => {
  it('cannot be run by a spreadsheet', async () => {
    const evil = ['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1', ' =1', '＝1', 'a"b', 'plain', '\n=1']
    const fields = csvOf([evil]).slice(1, -3).split('","')
    expect(fields).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@sum",
      "'\t=1",
      "'\r=1",
      "' =1",
      "'＝1",
      'a""b',
      'plain',
      "'\n=1",
    ])
  })

  it('holds every item with who decided when, and goes on record each time', async () => {
    const { people, services, world, orgs, workspaceId } = plan
    const personId = await world.person(orgs.county, { name: '=HYPERLINK("evil")' })
    await world.membership(workspaceId, personId, 'reader')
    const reviewId = await start(people.countyLead)
    const carl = await itemOf(people.countyLead, reviewId, 'Carl County')
    await answer(people.countyLead, reviewId, [carl.id], 'confirmed', '=cmd|calc')
    const csv = await runOperation(services, people.countyLead, exportReview, { reviewId, format: 'csv' })
    expect(csv.text).toContain(`"'=HYPERLINK(""evil"")"`)
    expect(csv.text).toContain(`"'=cmd|calc"`)
    expect(csv.text).toMatch(/"Carl County".*"confirmed","Clara County","20/)
    const json = await runOperation(services, people.countyLead, exportReview, { reviewId, format: 'json' })
    expect(JSON.parse(json.text)).toMatchObject({ title: 'Autumn review', state: 'running' })
    expect(await eventsOf(plan, 'review.exported')).toHaveLength(2)
  })
})
