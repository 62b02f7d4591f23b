import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import { claimExport, keepExport, MOST_ATTEMPTS } from '@/server/exports/export-rows'
import { cancelExport } from '@/server/operations/exports/cancel-export'
import { listExports } from '@/server/operations/exports/list-exports'
import { runOperation } from '@/server/operations/run-operation'
import { startUpkeep } from '@/server/upkeep/upkeep'
import { insertExport } from '@/tests/exports/insert-export'
import { openScene, type Scene } from '@/tests/exports/scene'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
  const { documentId, sections, workspaceId, people } = scene
  const at = { workspaceId, documentId }
  await scene.append(
    { type: 'section.opened', object: { ...at, sectionId: sections.open } },
    { type: 'section.opened', actor: people.hospitalLead, object: { ...at, sectionId: sections.closed } },
    { type: 'section.opened', actor: people.weatherEditor, object: { ...at, sectionId: sections.shared } },
  )
})
afterAll(() => scene.close())
beforeEach(async () => {
  await scene.services.db.query(
    `update record_exports set state = 'cancelled' where state in ('waiting', 'running')`,
  )
})

const rowsOf = (csv: string) => csv.trim().split('\r\n').slice(1)

describe('an export of the record', () => {
  test('is asked for, made, and on record both times, before its first byte', async () => {
    const { auditor } = scene.people
    const exportId = await scene.ask(auditor, 'csv', { sectionId: scene.sections.open })
    expect(await scene.row(exportId)).toMatchObject({ state: 'waiting', total: null, bytes: null })
    await scene.make()
    const row = await scene.row(exportId)
    expect(row).toMatchObject({ state: 'done', total: 1, done: 1 })
    const { size, mode } = statSync(join(scene.folder, exportId))
    expect({ size, mode: mode & 0o777 }).toEqual({ size: row.bytes, mode: 0o600 })
    expect(statSync(scene.folder).mode & 0o777).toBe(0o700)
    expect(await scene.eventsOf('record.export_asked')).toMatchObject([
      { object: { target: exportId }, details: { format: 'csv', reason: 'For the yearly audit.' } },
    ])
    expect(await scene.eventsOf('record.exported')).toMatchObject([
      {
        actor: { person: auditor.personId, session: auditor.sessionId },
        object: { target: exportId },
        details: { format: 'csv', filter: { sectionId: scene.sections.open } },
        volume: { events: 1 },
      },
    ])
  })

  test('when it cannot be put on record nothing is made', async () => {
    const exportId = await scene.ask(scene.people.auditor)
    const broken = {
      ...scene.services.recorder,
      append: () => {
        throw new Error('no record')
      },
    }
    await scene.make({ recorder: broken })
    expect(scene.files()).not.toContain(exportId)
    expect(scene.files().filter((name) => name.endsWith('.part'))).toEqual([])
    expect(await scene.row(exportId)).toMatchObject({ state: 'running', total: null })
  })

  test('an agency’s auditor gets the agency’s part: filtered in SQL, whatever is asked for', async () => {
    const all = await scene.ask(scene.weatherAuditor)
    const others = await scene.ask(scene.weatherAuditor, 'csv', { sectionId: scene.sections.closed })
    await scene.make()
    expect(scene.text(all)).toContain('Forecast')
    expect(scene.text(all)).not.toContain('Hanna Hospital')
    expect(rowsOf(scene.text(others))).toEqual([])
    expect(await scene.row(all)).toMatchObject({ scope: 'agency', org_id: scene.orgs.weather })
  })

  test('what happens after it was asked for is not in it', async () => {
    const exportId = await scene.ask(scene.people.auditor, 'csv', { type: 'document.renamed' })
    await scene.append({
      type: 'document.renamed',
      object: { workspaceId: scene.workspaceId, documentId: scene.documentId },
    })
    await scene.make({ now: () => new Date(Date.now() + 60_000) })
    expect(rowsOf(scene.text(exportId))).toEqual([])
  })

  test('three at a time', async () => {
    for (let i = 0; i < 3; i++) await scene.ask(scene.people.auditor)
    await expect(scene.ask(scene.people.auditor)).rejects.toMatchObject({ code: 'too_many' })
  })
})

describe('a job', () => {
  const waiting = (more = {}) =>
    insertExport(scene.services.db, scene.people.auditor, scene.workspaceId, more)

  test('two nodes never take the same one', async () => {
    const ids = await Promise.all([waiting(), waiting(), waiting()])
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map((node) => claimExport(scene.services.db, node)))
    expect(taken.map((row) => row?.id ?? null).sort()).toEqual([...ids, null].sort())
  })

  test('one whose node has died is begun again by another; the dead one can finish nothing', async () => {
    const { db } = scene.services
    const id = await waiting()
    const dead = await claimExport(db, 'dead')
    expect(await claimExport(db, 'other')).toBeNull()
    await db.query(`update record_exports set lease_until = now() - interval '1 second' where id = $1`, [id])
    await scene.make()
    expect(await scene.row(id)).toMatchObject({ state: 'done', attempts: 2 })
    expect(dead).not.toBeNull()
    if (dead !== null) expect(await keepExport(db, dead, 1)).toBe(false)
  })

  test('a node that stops puts it back, and leaves no file', async () => {
    const id = await waiting()
    const { db } = scene.services
    let stop = (): Promise<void> => Promise.resolve()
    const stopping = new Proxy(db, {
      get(target, name: keyof typeof db) {
        if (name !== 'transaction') return target[name]
        // In the middle of it: on record, and before the first byte.
        return async (run: Parameters<typeof db.transaction>[0]) => {
          const made = await target.transaction(run)
          void stop()
          return made
        }
      },
    })
    const { startExports } = await import('@/server/exports/run-exports')
    const running = startExports({ ...scene.services, db: stopping })
    stop = () => running.stop()
    await running.runNow()
    expect(await scene.row(id)).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(scene.files().filter((name) => name.startsWith(id))).toEqual([])
    await scene.make()
    expect(await scene.row(id)).toMatchObject({ state: 'done' })
  })

  test('one that is called off is deleted, on record; it cannot be called off twice', async () => {
    const { auditor } = scene.people
    const exportId = await waiting()
    await runOperation(scene.services, auditor, cancelExport, { exportId })
    await scene.make()
    expect(await scene.row(exportId)).toMatchObject({ state: 'cancelled' })
    expect(scene.files()).not.toContain(exportId)
    await expect(runOperation(scene.services, auditor, cancelExport, { exportId })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('one that node after node dies over is given up, on record', async () => {
    const id = await waiting({ state: 'running', attempts: MOST_ATTEMPTS, lease_until: new Date(0) })
    await scene.make()
    expect(await scene.row(id)).toMatchObject({ state: 'failed' })
    expect(await scene.eventsOf('record.export_failed')).toMatchObject([{ object: { target: id } }])
  })

  test('its file goes after seven days, on record; what belongs to no export is swept away', async () => {
    const id = await waiting()
    await scene.make()
    const stray = newId()
    writeFileSync(join(scene.folder, `${stray}.1.part`), 'half')
    const later = { ...scene.services, now: () => new Date(Date.now() + 7 * 86_400_000 + 60_000) }
    const upkeep = startUpkeep(later)
    await upkeep.runNow()
    await upkeep.stop()
    expect(await scene.row(id)).toMatchObject({ state: 'expired' })
    expect(await scene.eventsOf('record.export_expired')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ object: { workspace: scene.workspaceId, target: id } }),
      ]),
    )
    await scene.make()
    expect(scene.files()).toEqual([])
  })
})

test('one sees one’s own exports alone, and looks are coalesced while nothing but progress changes', async () => {
  const { services, people, weatherAuditor, workspaceId } = scene
  await insertExport(services.db, people.auditor, workspaceId)
  const list = (actor: typeof weatherAuditor) => runOperation(services, actor, listExports, { workspaceId })
  expect((await list(people.auditor)).exports.length).toBeGreaterThan(0)
  const mine = await list(weatherAuditor)
  expect(mine.exports.every(({ reason }) => reason === 'For the yearly audit.')).toBe(true)
  expect(mine.scope).toBe('agency')
  const before = (await scene.eventsOf('record.export_listed')).length
  await services.db.query('update record_exports set done = done + 1')
  await list(people.auditor)
  await list(weatherAuditor)
  expect((await scene.eventsOf('record.export_listed')).length).toBe(before)
})
