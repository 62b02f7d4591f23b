import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Sessions } from '@/server/identity/sessions'
import { createLiveChannel, type LiveChannel } from '@/server/live/live-channel'
import { notify } from '@/server/told/notify'
import { sessionsByName } from '@/tests/api/served'
import { openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
let live: LiveChannel
let server: Server
let url: string
const gone = new Set<string>()
beforeAll(async () => {
  plan = await openPlan()
  const byName = sessionsByName(plan, plan.services)
  const sessions: Sessions = {
    ...byName,
    actorOfCookies: async (cookie, source) =>
      gone.has(cookie ?? '') ? null : byName.actorOfCookies(cookie, source),
  }
  live = createLiveChannel(plan.services, sessions)
  server = createServer((request, response) => void live.handle(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/live`
})
afterAll(async () => {
  await live.stop()
  await new Promise((closed) => server.close(closed))
  await plan.services.close()
})
beforeEach(() => plan.services.db.query('delete from notifications'))

const open = async (who: string, headers: Record<string, string> = {}) => {
  const stop = new AbortController()
  const response = await fetch(url, { headers: { cookie: `who=${who}`, ...headers }, signal: stop.signal })
  const reader = response.body?.getReader()
  let text = ''
  /** The numbers that were told, once there are so many; also when the channel ended before. */
  const numbers = async (count: number): Promise<{ told: number[]; ended: boolean }> => {
    for (;;) {
      const told = [...text.matchAll(/"unread":(\d+)/g)].map((match) => Number(match[1]))
      if (told.length >= count) return { told, ended: false }
      const chunk = await reader?.read()
      if (chunk === undefined || chunk.done) return { told, ended: true }
      text += new TextDecoder().decode(chunk.value)
    }
  }
  return { status: response.status, headers: response.headers, numbers, close: () => stop.abort() }
}
const tell = (personId: string) =>
  plan.services.db.transaction((tx) =>
    notify(tx, [personId], { kind: 'terms.signed', workspaceId: plan.workspaceId }),
  )

it('tells the number at once, and again when something comes, to that person alone', async () => {
  const steward = await open('weatherSteward')
  const reader = await open('countyReader')
  expect(steward.headers.get('content-type')).toContain('text/event-stream')
  expect((await steward.numbers(1)).told[0]).toBe(0)
  expect((await reader.numbers(1)).told[0]).toBe(0)
  await tell(plan.people.weatherSteward.personId)
  let told: number[] = []
  for (let count = 2; told.at(-1) !== 1; count++) ({ told } = await steward.numbers(count))
  await tell(plan.people.countyReader.personId)
  for (let count = 2, seen: number[] = []; seen.at(-1) !== 1; count++)
    ({ told: seen } = await reader.numbers(count))
  expect(Math.max(...(await reader.numbers(1)).told)).toBe(1)
  steward.close()
  reader.close()
})

it('says nothing of what was rolled back', async () => {
  const steward = await open('weatherSteward')
  await steward.numbers(1)
  const failed = plan.services.db.transaction(async (tx) => {
    await notify(tx, [plan.people.weatherSteward.personId], { kind: 'terms.signed' })
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow()
  await tell(plan.people.weatherSteward.personId)
  let told: number[] = []
  for (let count = 2; told.at(-1) !== 1; count++) ({ told } = await steward.numbers(count))
  expect(told).not.toContain(2)
  steward.close()
})

it('ends with the session', async () => {
  const editor = await open('weatherEditor')
  await editor.numbers(1)
  gone.add('who=weatherEditor')
  const { personId, sessionId } = plan.people.weatherEditor
  await plan.services.db.transaction((tx) => plan.services.accessChanges.publish(tx, { personId, sessionId }))
  const { ended } = await editor.numbers(1_000)
  expect(ended).toBe(true)
})

it.each([
  ['nobody', 'signedOut', {}, 401],
  ['a page of another site', 'countyLead', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a neighbour', 'countyLead', { 'sec-fetch-site': 'same-site' }, 403],
])('is refused to %s', async (_, who, headers, status) => {
  const refused = await open(who, headers as Record<string, string>)
  expect(refused.status).toBe(status)
})

it('is opened so often by one session and not more', async () => {
  const all = []
  for (let i = 0; i < 13; i++) all.push(await open('hospitalLead'))
  expect(all.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(12)
  expect(all.at(-1)?.status).toBe(429)
  for (const one of all) one.close()
})

it('answers no POST', async () => {
  expect((await fetch(url, { method: 'POST', headers: { cookie: 'who=countyLead' } })).status).toBe(405)
})
