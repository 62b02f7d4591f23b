import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Id, newId } from '@/lib/ids'
import { rangeOf } from '@/server/exports/range'
import { insertExport } from '@/tests/exports/insert-export'
import { openScene, type Scene } from '@/tests/exports/scene'

let scene: Scene
let exportId: Id
let text: string

beforeAll(async () => {
  scene = await openScene()
  await scene.append({ type: 'workspace.viewed' }, { type: 'workspace.viewed' })
  exportId = await scene.ask(scene.people.auditor)
  await scene.make()
  text = scene.text(exportId)
})
afterAll(() => scene.close())

describe('a download', () => {
  test('is the file as it was made, kept by nobody on the way, and on record before its first byte', async () => {
    const answer = await scene.download(scene.people.auditor, exportId)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
      'content-length': String(Buffer.byteLength(text)),
      'content-disposition': expect.stringMatching(
        /^attachment; filename="record-[\d-]{10}-[0-9a-f]{6}\.csv"$/,
      ),
    })
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(text)
    const { hash } = await scene.row(exportId)
    expect(await scene.eventsOf('record.export_downloaded')).toMatchObject([
      {
        object: { target: exportId },
        outcome: 'allowed',
        details: { format: 'csv', hash },
        volume: { from: 0 },
      },
    ])
  })

  test('that broke off goes on from its byte, if the file is the same', async () => {
    const { auditor } = scene.people
    const first = await scene.download(auditor, exportId, { range: 'bytes=0-99' })
    const etag = first.headers.get('etag') ?? ''
    const rest = await scene.download(auditor, exportId, { range: 'bytes=100-', 'if-range': etag })
    expect([first.status, rest.status]).toEqual([206, 206])
    expect(rest.headers.get('content-range')).toBe(
      `bytes 100-${Buffer.byteLength(text) - 1}/${Buffer.byteLength(text)}`,
    )
    const bytes = Buffer.concat([
      Buffer.from(await first.arrayBuffer()),
      Buffer.from(await rest.arrayBuffer()),
    ])
    expect(bytes.toString()).toBe(text)
    const other = await scene.download(auditor, exportId, { range: 'bytes=100-', 'if-range': '"another"' })
    expect(other.status).toBe(200)
    await other.arrayBuffer()
    expect((await scene.download(auditor, exportId, { range: 'bytes=999999999-' })).status).toBe(416)
    const records = await scene.eventsOf('record.export_downloaded')
    expect(records.map(({ volume }) => (volume as { from: number }).from)).toContain(100)
  })

  test('HEAD says how large it is, and counts as a beginning', async () => {
    const answer = await scene.download(scene.people.auditor, exportId, {}, 'HEAD')
    expect([answer.status, answer.headers.get('content-length')]).toEqual([
      200,
      String(Buffer.byteLength(text)),
    ])
  })

  test.each<[string, () => Parameters<Scene['download']>, number]>([
    ['nobody signed in', () => [null, exportId], 401],
    ['a lead of the same agency, who does not audit', () => [scene.people.countyLead, exportId], 404],
    ['an auditor of another agency', () => [scene.weatherAuditor, exportId], 404],
    ['a stranger', () => [scene.stranger, exportId], 404],
    ['an id that there is none of', () => [scene.people.auditor, newId()], 404],
    ['a path out of the folder', () => [scene.people.auditor, '..%2f..%2fetc%2fpasswd'], 404],
    ['a path below', () => [scene.people.auditor, `${exportId}/x`], 404],
    ['the name of a file that is being written', () => [scene.people.auditor, `${exportId}.1.part`], 404],
    [
      'a page of another site',
      () => [scene.people.auditor, exportId, { 'sec-fetch-site': 'cross-site' }],
      403,
    ],
    ['a page of a neighbour', () => [scene.people.auditor, exportId, { 'sec-fetch-site': 'same-site' }], 403],
    ['a POST', () => [scene.people.auditor, exportId, {}, 'POST'], 405],
  ])('%s gets nothing', async (_, call, status) => {
    const answer = await scene.download(...call())
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toContain('workspace.viewed')
  })

  test('what is not there and what is another’s are answered alike, and both refusals are on record', async () => {
    const before = (await scene.eventsOf('record.export_downloaded')).filter(
      ({ outcome }) => outcome === 'denied',
    )
    const missing = await scene.download(scene.weatherAuditor, newId())
    const foreign = await scene.download(scene.weatherAuditor, exportId)
    expect(await missing.text()).toBe(await foreign.text())
    const after = (await scene.eventsOf('record.export_downloaded')).filter(
      ({ outcome }) => outcome === 'denied',
    )
    expect(after.length).toBe(before.length + 2)
  })

  test('one that is not finished, or past its time, is not there', async () => {
    const { services, people, workspaceId } = scene
    const past = { state: 'done', bytes: 4, hash: '0'.repeat(64), expires_at: new Date(0) }
    for (const more of [{}, { state: 'running' }, { state: 'expired' }, past]) {
      const id = await insertExport(services.db, people.auditor, workspaceId, more)
      expect((await scene.download(people.auditor, id)).status).toBe(404)
    }
  })

  test('a file that is not here, or not whole, is never handed out as if it were', async () => {
    const id = await scene.ask(scene.people.auditor)
    await scene.make()
    writeFileSync(join(scene.folder, id), 'half')
    expect((await scene.download(scene.people.auditor, id)).status).toBe(503)
    rmSync(join(scene.folder, id))
    expect((await scene.download(scene.people.auditor, id)).status).toBe(503)
  })

  test('[R7] whoever audits no more gets it no more', async () => {
    const id = await scene.ask(scene.weatherAuditor)
    await scene.make()
    expect((await scene.download(scene.weatherAuditor, id)).status).toBe(200)
    await scene.services.db.query('update memberships set ended_at = now() where id = $1', [
      scene.weatherAuditor.membershipId,
    ])
    expect((await scene.download(scene.weatherAuditor, id)).status).toBe(404)
  })

  test('an export of the whole record is not for who may see a part by now', async () => {
    const { services, people, workspaceId } = scene
    const whole = {
      scope: 'whole',
      state: 'done',
      bytes: 4,
      hash: '0'.repeat(64),
      expires_at: new Date(Date.now() + 1e6),
    }
    const id = await insertExport(services.db, people.auditor, workspaceId, whole)
    expect((await scene.download(people.auditor, id)).status).toBe(404)
  })
})

test.each<[string | undefined, ReturnType<typeof rangeOf>]>([
  [undefined, null],
  ['bytes=0-', { from: 0, to: 9 }],
  ['bytes=3-5', { from: 3, to: 5 }],
  ['bytes=3-500', { from: 3, to: 9 }],
  ['bytes=-4', { from: 6, to: 9 }],
  ['bytes=-400', { from: 0, to: 9 }],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=5-3', null],
  ['bytes=-', null],
  ['bytes=0-1,3-4', null],
  ['lines=1-2', null],
  ['bytes=1e3-', null],
  [`bytes=${'9'.repeat(30)}-`, null],
])('a range of ten bytes: %s', (header, range) => {
  expect(rangeOf(header, 10)).toEqual(range)
})
