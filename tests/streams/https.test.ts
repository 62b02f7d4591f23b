import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRecorder } from '@/server/audit/append'
import { type HttpsManner, httpsReceiver, type Receiver } from '@/tests/streams/receivers'
import { indexesIn, openScene, type Scene } from '@/tests/streams/scene'

let scene: Scene
let opened: { close(): Promise<void> }[]
let running: { stop(): Promise<void> }[]

beforeEach(async () => {
  scene = await openScene()
  opened = []
  running = []
})
afterEach(async () => {
  for (const one of running) await one.stop()
  for (const one of opened) await one.close()
  await scene.close()
})

const receiver = async (manner: () => HttpsManner = () => 'keep') => {
  const made = await httpsReceiver(scene.certificate, manner)
  opened.push(made)
  return made
}
const start = (configs: Parameters<Scene['start']>[0], node?: string) => {
  const streams = scene.start(configs, node)
  running.push(streams)
  return streams
}
const treeOf = () => `workspace:${scene.workspaceId}`
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
/** Without what came twice: of each the first. */
const once = (indexes: readonly number[]) => [...new Set(indexes)]
/** What came twice comes again right after a failure: never anything from further back than one message. */
const goesBackAtMost = (indexes: readonly number[], batch: number) =>
  indexes.every((index, i) => i === 0 || index > (indexes[i - 1] ?? 0) - batch)

describe('a stream over HTTPS', () => {
  test('everything that is on record arrives, in the order of each tree, with its token', async () => {
    const siem = await receiver()
    await scene.look(12)
    await scene.append({ type: 'session.refused' }, { type: 'session.refused' })
    const tokenFile = scene.file('token', 'a-token\n')
    start(scene.configOf(scene.https(siem, { batch: 5, tokenFile })))
    await siem.kept.until(14)
    expect(indexesIn(siem.kept.events, treeOf())).toEqual(upTo(12))
    expect(indexesIn(siem.kept.events, 'instance')).toEqual(upTo(2))
    expect(siem.headers[0]).toMatchObject({
      authorization: 'Bearer a-token',
      'content-type': 'application/json',
    })
    expect(siem.headers.map((headers) => headers['liaison-batch'])).toContain(`${treeOf()}/0-4`)
    await scene.look(3)
    await siem.kept.until(17)
    expect(indexesIn(siem.kept.events, treeOf())).toEqual(upTo(15))
  })

  test('a receiver that fails, stalls and comes back misses nothing; the alarm is raised and taken back', async () => {
    const ways: HttpsManner[] = ['keep', 'fail', 'keep, then break off', 'fail', 'stall']
    const siem = await receiver(() => ways.shift() ?? 'keep')
    await scene.look(20)
    start(scene.configOf(scene.https(siem, { batch: 4, alarm: { events: 8, minutes: 60 } })))
    await siem.kept.until(20)
    const indexes = indexesIn(siem.kept.events, treeOf())
    expect(once(indexes)).toEqual(upTo(20))
    expect(indexes.length).toBe(24)
    expect(goesBackAtMost(indexes, 4)).toBe(true)
    await vi.waitFor(async () => expect(await scene.eventsOf('stream.caught_up')).toHaveLength(1))
    const [behind, ...more] = await scene.eventsOf('stream.behind')
    expect(more).toEqual([])
    expect(behind).toMatchObject({ details: { stream: 'siem' }, volume: { events: 16 } })
    const { rows } = await scene.services.db.query('select behind, alarm_since, problem from record_streams')
    expect(rows).toEqual([{ behind: 0, alarm_since: null, problem: null }])
  })

  test('while it is away the page says why, without its address', async () => {
    const siem = await receiver(() => 'fail')
    await scene.look(2)
    const streams = start(scene.configOf(scene.https(siem)))
    await siem.next()
    await vi.waitFor(async () => {
      const { rows } = await scene.services.db.query('select problem, behind from record_streams')
      expect(rows).toEqual([{ problem: 'The receiver answered with status 503.', behind: 2 }])
    })
    expect(streams.figures()).toMatchObject([{ stream: 'siem', events: 2, sent: 0 }])
  })

  test('what is too large for it comes in halves; a redirect is not followed', async () => {
    const first: HttpsManner[] = ['redirect']
    const siem = await httpsReceiver(
      scene.certificate,
      (events) => first.shift() ?? (events.length > 3 ? 'too large' : 'keep'),
    )
    opened.push(siem)
    await scene.look(10)
    start(scene.configOf(scene.https(siem, { batch: 10, body: 'lines' })))
    await siem.kept.until(10)
    expect(indexesIn(siem.kept.events, treeOf())).toEqual(upTo(10))
    expect(siem.kept.batches.map((batch) => batch.length)).toEqual([3, 2, 3, 2])
  })

  test('after a restart it goes on where the receiver stands', async () => {
    const siem = await receiver()
    const configs = scene.configOf(scene.https(siem, { batch: 3 }))
    await scene.look(6)
    const before = scene.start(configs)
    await siem.kept.until(6)
    await before.stop()
    await scene.look(4)
    start(configs)
    await siem.kept.until(10)
    expect(indexesIn(siem.kept.events, treeOf())).toEqual(upTo(10))
  })

  test('two nodes: one sends; when it is gone the other goes on', async () => {
    const siem = await receiver()
    const configs = scene.configOf(scene.https(siem, { batch: 1 }))
    await scene.look(8)
    const first = scene.start(configs, 'one')
    start(configs, 'two')
    await siem.kept.until(8)
    expect(indexesIn(siem.kept.events, treeOf())).toEqual(upTo(8))
    await first.stop()
    await scene.look(2)
    await siem.kept.until(10)
    expect(indexesIn(siem.kept.events, treeOf())).toEqual(upTo(10))
    const { rows } = await scene.services.db.query('select node from record_streams')
    expect(rows).toEqual([{ node: 'two' }])
  })

  test('a node that was held up while another took over moves the cursor no more', async () => {
    let taken = false
    const siem: Receiver = await receiver(() => 'keep')
    const configs = scene.configOf(scene.https(siem, { batch: 2 }))
    await scene.look(4)
    const { db } = scene.services
    siem.kept.once('kept', () => {
      void db
        .query(`update record_streams set node = 'other', lease_until = now() + interval '1 hour'`)
        .then(() => {
          taken = true
        })
    })
    start(configs)
    await vi.waitFor(() => expect(taken).toBe(true))
    const { rows } = await db.query<{ next: number }>('select next from record_stream_cursors')
    expect(rows.every(({ next }) => next <= 2)).toBe(true)
    expect(indexesIn(siem.kept.events, treeOf()).every((index) => index < 4)).toBe(true)
  })

  test('a stream that begins now leaves out what was before', async () => {
    const siem = await receiver()
    await scene.look(5)
    start(scene.configOf(scene.https(siem, { from: 'now' })))
    await vi.waitFor(async () => {
      const { rows } = await scene.services.db.query('select next from record_stream_cursors')
      expect(rows).toEqual([{ next: 5 }])
    })
    await scene.look(2)
    await siem.kept.until(2)
    expect(indexesIn(siem.kept.events, treeOf())).toEqual([5, 6])
  })
})

describe('what a stream carries', () => {
  test('an agency gets its own part, with the personal values of its own people alone', async () => {
    const { workspaceId, documentId, sections, people, orgs } = scene
    const siem = await receiver()
    const looked = (sectionId: string, actor: typeof people.countyLead, address: string) => ({
      type: 'section.opened' as const,
      actor,
      object: { workspaceId, documentId, sectionId },
      clear: { address },
    })
    await scene.append(
      looked(sections.shared, people.weatherEditor, '192.0.2.1'),
      looked(sections.shared, people.countyLead, '192.0.2.2'),
      looked(sections.open, people.hospitalLead, '192.0.2.3'),
      { type: 'membership.started', actor: people.countyLead, object: { workspaceId } },
      { type: 'session.started', actor: people.weatherEditor, clear: { address: '192.0.2.4' } },
      { type: 'session.started', actor: people.hospitalLead, clear: { address: '192.0.2.5' } },
      looked(sections.shared, people.weatherSteward, '192.0.2.6'),
    )
    start(scene.configOf(scene.https(siem, { of: scene.codeOf(orgs.weather) })))
    await siem.kept.until(5)
    expect(indexesIn(siem.kept.events, treeOf())).toEqual([0, 1, 3, 4])
    expect(indexesIn(siem.kept.events, 'instance')).toEqual([0])
    const addresses = siem.kept.events.map(({ src_endpoint }) => src_endpoint?.ip ?? null)
    expect(addresses.filter((ip) => ip !== null).sort()).toEqual(['192.0.2.1', '192.0.2.4', '192.0.2.6'])
  })

  test('the operator gets everything, and nobody’s personal values', async () => {
    const siem = await receiver()
    await scene.append({
      type: 'session.started',
      actor: scene.people.weatherEditor,
      clear: { address: '192.0.2.4' },
    })
    start(scene.configOf(scene.https(siem)))
    await siem.kept.until(1)
    expect(JSON.stringify(siem.kept.events)).not.toContain('192.0.2.4')
  })

  test('[R4] an agency that takes part no more gets nothing more of the workspace', async () => {
    const siem = await receiver()
    const configs = scene.configOf(scene.https(siem, { of: scene.codeOf(scene.orgs.weather) }))
    const { workspaceId, people, orgs } = scene
    const policy = { type: 'membership.started' as const, actor: people.countyLead, object: { workspaceId } }
    await scene.append(policy)
    start(configs)
    await siem.kept.until(1)
    await scene.services.db.query('update participations set ended_at = now() where org_id = $1', [
      orgs.weather,
    ])
    await scene.append(policy)
    await scene.append({ type: 'session.started', actor: people.weatherEditor })
    await siem.kept.until(2)
    expect(indexesIn(siem.kept.events, treeOf())).toEqual([0])
  })

  test('a writer of records and a stream at once: no index is left out', async () => {
    const siem = await receiver()
    start(scene.configOf(scene.https(siem, { batch: 7 })))
    const other = createRecorder({ node: 'other', keys: scene.services.personKeys })
    for (let i = 0; i < 5; i++) {
      await scene.services.db.transaction(async (tx) => {
        other.append(tx, {
          type: 'session.refused',
          outcome: 'denied',
          actor: { personId: null, orgId: null, sessionId: null },
          object: {},
        })
      })
      await scene.look(9)
    }
    await siem.kept.until(50)
    expect(once(indexesIn(siem.kept.events, treeOf()))).toEqual(upTo(45))
    expect(once(indexesIn(siem.kept.events, 'instance'))).toEqual(upTo(5))
  })
})
