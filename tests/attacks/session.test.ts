import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { writeStep2, writeUpdate } from '@/lib/sync/frame'
import { MESSAGE } from '@/lib/sync/protocol'
import { Front } from '@/tests/attacks/front'
import * as hostile from '@/tests/attacks/hostile-bytes'
import { tell } from '@/tests/attacks/report'
import { isStep2, isSync } from '@/tests/support/sync/sync-raw-client'

/** Sessions: where their tokens may not be, and what happens to an open socket when one ends. */

let front: Front
let clara = ''
beforeAll(async () => {
  front = await Front.start()
  clara = await front.signIn('countyLead')
})
afterAll(() => front.stop())

/** Whatever was sent: the process is the same one, and an honest person goes in and writes. */
afterEach(async () => {
  expect(front.isAlive).toBe(true)
  const client = front.raw({ origin: front.origin, cookie: clara })
  await client.message(isSync(0))
  client.ws.terminate()
})

test('[T-12] a session or one-time token in an address opens nothing, and no log line holds one', async () => {
  const token = /liaison-session=([^;]+)/.exec(clara)?.[1] ?? ''
  expect(token).toHaveLength(43)
  const { sectionId } = front.ready
  for (const query of [`?liaison-session=${token}`, `?token=${token}`, `?ack=1&token=${token}`])
    expect(
      await front.say(front.request(`/collab/${sectionId}${query}`, [`Origin: ${front.origin}`])),
    ).toMatch(/^HTTP\/1.1 404/)
  expect(
    await front.say(front.request(`/collab/${token}`, [`Origin: ${front.origin}`, `Cookie: ${clara}`])),
  ).toContain('101')
  await fetch(`${front.origin}/healthz?token=${token}`)
  await fetch(`${front.origin}/api/auth/csrf?token=${token}`)
  expect(front.log.length).toBeGreaterThan(100)
  expect(front.log).not.toContain(token)
  expect(front.log).not.toContain('heron under')
  const happened = 'HTTP 404; neither token nor password in any line of the log'
  tell({
    threat: 'T-12',
    sent: 'the session token as a query parameter and as a path',
    happened,
    record: 'none',
  })
})

/** A live socket of somebody who has just signed in. */
const inside = async (who: string) => {
  const cookie = await front.signIn(who)
  const client = front.raw({ origin: front.origin, cookie }, undefined, '?ack=1')
  await client.message(isSync(0))
  client.send(writeStep2(Uint8Array.of(0, 0)))
  await client.message((message) => message[0] === MESSAGE.ack)
  client.send(Uint8Array.of(MESSAGE.sync, 0, 1, 0))
  await client.message(isStep2)
  const { personId } = front.ready.people[who] ?? { personId: '' }
  return { cookie, client, personId }
}
const rowsOf = async (personId: string): Promise<number> =>
  (
    await front.query<{ n: number }>('select count(*)::int as n from section_updates where person_id = $1', [
      personId,
    ])
  )[0]?.n ?? -1

/** The socket closes within a second, nothing sent after is stored, and the cookie opens nothing any more. */
const isShut = async (
  { cookie, client, personId }: Awaited<ReturnType<typeof inside>>,
  since: number,
): Promise<string> => {
  client.send(writeUpdate(hostile.update([{ client: 77, clock: 0, structs: [hostile.collected(1)] }])))
  const { code, reason } = await client.closed
  expect([code, reason]).toEqual([4401, 'R1'])
  expect(Date.now() - since).toBeLessThan(1_000)
  expect(await rowsOf(personId)).toBe(0)
  expect((await front.raw({ origin: front.origin, cookie }).closed).code).toBe(4401)
  return front.onRecord('section.access_lost', personId, 'R1')
}

test('[T-13] signing out in another tab, with a socket open', async () => {
  const hugo = await inside('hospitalEditor')
  const { csrfToken } = (await (
    await fetch(`${front.origin}/api/auth/csrf`, { headers: { cookie: hugo.cookie } })
  ).json()) as { csrfToken: string }
  const answer = await front.post('/api/auth/signout', hugo.cookie, new URLSearchParams({ csrfToken }))
  expect(answer.status).toBe(200)
  const record = await isShut(hugo, Date.now())
  tell({
    threat: 'T-13',
    sent: 'a write after sign-out, old cookie again',
    happened: 'closed 4401, R1',
    record,
  })
})

test('[T-14] a person whom their administrator suspends, with a socket open', async () => {
  const hanna = await front.signIn('hospitalLead')
  const hugo = await inside('hospitalEditor')
  const body = JSON.stringify({ json: { personId: hugo.personId } })
  const answer = await front.post('/api/trpc/people.suspend', hanna, body, 'application/json')
  expect(answer.status).toBe(200)
  const record = await isShut(hugo, Date.now())
  tell({ threat: 'T-14', sent: 'a write after suspension, old cookie', happened: 'closed 4401, R1', record })
})

test('[T-14] an organisation that is suspended, with a socket open', async () => {
  const walt = await inside('weatherEditor')
  const { weather } = front.ready.orgs
  const sql = `update organisations set state = $2 where id = $1`
  await front.change({ orgId: weather }, sql, [weather, 'suspended'])
  const record = await isShut(walt, Date.now())
  await front.change({ orgId: weather }, sql, [weather, 'active'])
  tell({
    threat: 'T-14',
    sent: 'a write after the whole organisation was suspended',
    happened: 'closed 4401, R1',
    record,
  })
})

test('[T-20] a session cookie that was planted before sign-in', async () => {
  const planted = 'A'.repeat(43)
  const cookie = await front.signIn('hospitalLead', `liaison-session=${planted}`)
  expect(cookie).toMatch(/liaison-session=/)
  expect(cookie).not.toContain(planted)
  const thief = front.raw({ origin: front.origin, cookie: `liaison-session=${planted}` })
  expect((await thief.closed).code).toBe(4401)
  const again = await front.signIn('hospitalLead', cookie)
  expect(again).not.toBe(cookie)
  expect((await front.raw({ origin: front.origin, cookie }).closed).code).toBe(4401)
  const record = await front.onRecord('session.started', front.ready.people.hospitalLead?.personId ?? '')
  tell({
    threat: 'T-20',
    sent: 'sign-in with a planted session cookie, then the planted one; the same with one of an earlier sign-in',
    happened: 'a new token every time; the old ones closed 4401',
    record,
  })
})
