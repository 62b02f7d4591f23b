import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import { actorOf, serve } from '@/tests/api/served'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
let api: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  plan = await openPlan()
  api = await serve(plan)
})
afterAll(async () => {
  await api.close()
  await plan.services.close()
})

const rename = (title: string) => JSON.stringify({ json: { documentId: plan.documentId, title } })
const post = (headers: Record<string, string>, body = rename('Cross-site')) =>
  fetch(`${api.url}documents.rename`, { method: 'POST', headers, body })
const titleNow = async () => {
  const { rows } = await plan.services.db.query<{ title: string }>(
    'select title from documents where id = $1',
    [plan.documentId],
  )
  return rows[0]?.title
}

const cookie = 'who=countyLead'
const json = 'application/json'
const ours = 'http://localhost:3000'

it('accepts a change from our own page', async () => {
  expect((await post({ cookie, origin: ours, 'content-type': json }, rename('Ours'))).status).toBe(200)
  const sameOrigin = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': json }
  expect((await post(sameOrigin, rename('Ours too'))).status).toBe(200)
  expect(await titleNow()).toBe('Ours too')
})

it.each([
  ['another site', { origin: 'https://evil.example' }],
  ['a longer name', { origin: 'http://localhost:3000.evil.example' }],
  ['a shorter name', { origin: 'http://localhost:300' }],
  ['another scheme', { origin: 'https://localhost:3000' }],
  ['nowhere', { origin: 'null' }],
  ['another site, with a lie about it', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
  ['a neighbour', { 'sec-fetch-site': 'same-site' }],
  ['a typed address', { 'sec-fetch-site': 'none' }],
  ['nobody who says where', {}],
])('refuses a change that comes from %s', async (_, headers) => {
  const before = await titleNow()
  const response = await post({ cookie, 'content-type': json, ...(headers as Record<string, string>) })
  expect(response.status).toBe(403)
  expect(await response.text()).not.toMatch(/stack|node_modules/)
  expect(await titleNow()).toBe(before)
})

it.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
])('refuses a change sent as %s', async (type) => {
  const before = await titleNow()
  expect((await post({ cookie, origin: ours, 'content-type': type })).status).toBe(415)
  expect(await titleNow()).toBe(before)
})

it('refuses a look that another site asks for', async () => {
  const input = encodeURIComponent(JSON.stringify({ json: { documentId: plan.documentId } }))
  const url = `${api.url}documents.get?input=${input}`
  expect((await fetch(url, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
  expect((await fetch(url, { headers: { cookie, 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
})

it('never changes anything on GET', async () => {
  const before = await titleNow()
  const url = `${api.url}documents.rename?input=${encodeURIComponent(rename('By GET'))}`
  expect((await fetch(url, { headers: { cookie, origin: ours } })).status).toBe(405)
  expect((await fetch(url, { method: 'PUT', headers: { cookie, origin: ours } })).status).toBe(405)
  expect(await titleNow()).toBe(before)
})

it('answers at most 20 calls at once', async () => {
  const batch = (size: number) =>
    fetch(`${api.url}${Array(size).fill('workspaces.list').join(',')}?batch=1&input=%7B%7D`, {
      headers: { cookie },
    })
  expect((await batch(20)).status).toBe(200)
  expect((await batch(21)).status).toBe(400)
  expect((await batch(500)).status).toBe(400)
})

it('reads no more than a mebibyte', async () => {
  const response = await post({ cookie, origin: ours, 'content-type': json }, rename('x'.repeat(1_100_000)))
  expect(response.status).toBe(413)
})

it.each([
  '{"json":{"documentId":"ID","title":"x","__proto__":{"isAdministrator":true}}}',
  '{"json":{"documentId":"ID","title":"x","constructor":{"prototype":{"isAdministrator":true}}}}',
  '{"json":{"documentId":"ID","title":"x"},"meta":{"values":{"__proto__.isAdministrator":["Date"]}}}',
  '{"json":{"documentId":"ID","title":"x"},"meta":{"referentialEqualities":{"title":["__proto__.isAdministrator"]}}}',
])('is not taken in by keys of the prototype: %s', async (body) => {
  await post({ cookie, origin: ours, 'content-type': json }, body.replace('ID', plan.documentId))
  expect(({} as Record<string, unknown>).isAdministrator).toBeUndefined()
})

it.each([
  ['not JSON', '{"json":'],
  ['an upper-case id', `{"json":{"documentId":"${newId().toUpperCase()}","title":"x"}}`],
  ['no title', '{"json":{"documentId":"ID","title":"   "}}'],
  ['a title of two lines', '{"json":{"documentId":"ID","title":"a\\nb"}}'],
  ['a title that turns around', '{"json":{"documentId":"ID","title":"a\\u202Eb"}}'],
  ['a terminal escape', '{"json":{"documentId":"ID","title":"a\\u001b[2Jb"}}'],
  ['a title without end', `{"json":{"documentId":"ID","title":"${'x'.repeat(201)}"}}`],
  ['an object for a title', '{"json":{"documentId":"ID","title":{"$ne":1}}}'],
])('refuses %s in plain words', async (_, body) => {
  const before = await titleNow()
  const response = await post(
    { cookie, origin: ours, 'content-type': json },
    body.replace('ID', plan.documentId),
  )
  const { error } = (await response.json()) as { error: { json: { data: Record<string, unknown> } } }
  expect(response.status).toBe(400)
  expect(error.json.data).toMatchObject({
    code: 'invalid',
    id: null,
    forPeople: expect.stringMatching(/[.!]$/),
  })
  expect(JSON.stringify(error)).not.toMatch(/stack|node_modules|at .*\(/)
  expect(await titleNow()).toBe(before)
})

it('keeps nothing in caches and gives a bug an id, and no more', async () => {
  const failing = {
    ...plan.services,
    recorder: {
      ...plan.services.recorder,
      append: () => {
        throw new Error('secret words')
      },
    },
  }
  const broken = await serve(plan, failing)
  const logged: unknown[] = []
  failing.log = Object.assign(Object.create(failing.log), { error: (entry: unknown) => logged.push(entry) })
  const url = `${broken.url}workspaces.get?input=${encodeURIComponent(JSON.stringify({ json: { workspaceId: plan.workspaceId } }))}`
  const response = await fetch(url, { headers: { cookie } })
  const text = await response.text()
  await broken.close()
  expect(response.status).toBe(500)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(text).not.toMatch(/secret|stack|node_modules/)
  const { data } = (JSON.parse(text) as { error: { json: { data: { code: string; id: string } } } }).error
    .json
  expect(data.code).toBe('bug')
  expect(logged).toEqual([expect.objectContaining({ bug: data.id })])
})

it('refuses a moment that the database does not know', async () => {
  const input = { json: { workspaceId: plan.workspaceId, filter: { from: '0000-01-01T00:00:00Z' } } }
  const response = await fetch(`${api.url}record.list?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers: { cookie: 'who=auditor' },
  })
  expect(response.status).toBe(400)
})

it('slows down a session that asks too much, and says for how long', async () => {
  const rate = { burst: 3, perSecond: 1 }
  const slow = await serve(plan, plan.services, { session: rate, address: rate })
  const statuses: number[] = []
  for (let i = 0; i < 5; i++) statuses.push((await slow.call('countyLead', 'me.get', 'query')).status)
  expect(statuses.slice(0, 3)).toEqual([200, 200, 200])
  expect(statuses.at(-1)).toBe(429)
  expect((await slow.call('countyReader', 'me.get', 'query')).status).toBe(200)
  const { body } = await slow.call('countyLead', 'me.get', 'query')
  expect(body).toContain('"code":"too_many"')
  expect(body).toMatch(/"retryAfter":[1-9]/)
  await slow.close()
})

it('joins the events of one request, with where it came from beside them', async () => {
  await api.call('reviewer', 'workspaces.get', 'query', { workspaceId: plan.workspaceId })
  const [event] = await eventsOf(plan, 'workspace.viewed')
  expect(event?.actor_person_id).toBe(actorOf(plan, 'reviewer')?.personId)
  expect(event?.canonical).toContain('correlation')
  expect(event?.canonical).not.toContain('127.0.0.1')
})
