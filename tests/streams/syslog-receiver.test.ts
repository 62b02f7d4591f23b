import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type SyslogManner, syslogReceiver } from '@/tests/streams/receivers'
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

const treeOf = () => `workspace:${scene.workspaceId}`
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)

describe.each([
  ['TCP', false],
  ['TLS', true],
])('a stream of syslog over %s', (_, tls) => {
  const open = async (manner: () => SyslogManner = () => 'keep') => {
    const made = await syslogReceiver(tls ? scene.certificate : null, manner)
    opened.push(made)
    return made
  }
  const start = (port: number, more: object = {}) => {
    const caFile = tls ? { caFile: scene.caFile } : {}
    const streams = scene.start(scene.configOf(scene.syslog({ port }, { tls, ...caFile, ...more })))
    running.push(streams)
  }

  test('everything arrives in order, counted by octets, also what is no ASCII', async () => {
    const receiver = await open()
    await scene.look(7)
    await scene.append({ type: 'session.refused', details: { typed: 'Größe 水\n' } })
    start(receiver.port, { batch: 3 })
    await receiver.kept.until(8)
    expect(indexesIn(receiver.kept.events, treeOf())).toEqual(upTo(7))
    const [refused] = receiver.kept.events.filter(({ metadata }) => metadata.log_name === 'instance')
    expect(JSON.parse(refused?.raw_data ?? '')).toMatchObject({ details: { typed: 'Größe 水\n' } })
  })

  test('one that takes everything and never closes has not acknowledged it', async () => {
    const ways: SyslogManner[] = ['never close']
    const receiver = await open(() => ways.shift() ?? 'keep')
    await scene.look(2)
    start(receiver.port)
    await receiver.kept.until(2)
    expect(indexesIn(receiver.kept.events, treeOf())).toEqual([0, 1])
    await vi.waitFor(async () => {
      const { rows } = await scene.services.db.query('select next from record_stream_cursors')
      expect(rows).toEqual([{ next: 2 }])
    })
  })
})

test('a receiver that dies with bytes unread gets the batch again', async () => {
  const ways: SyslogManner[] = ['keep', 'reset after one', 'reset after one']
  const receiver = await syslogReceiver(null, () => ways.shift() ?? 'keep')
  opened.push(receiver)
  await scene.look(9)
  running.push(scene.start(scene.configOf(scene.syslog(receiver, { batch: 3 }))))
  await receiver.kept.until(9)
  const indexes = indexesIn(receiver.kept.events, treeOf())
  expect([...new Set(indexes)]).toEqual(upTo(9))
  expect(indexes.slice(0, 5)).toEqual([0, 1, 2, 3, 3])
})

test('a certificate that nobody vouches for is refused: nothing leaves, and the page says why', async () => {
  const receiver = await syslogReceiver(scene.certificate, () => 'keep')
  opened.push(receiver)
  await scene.look(1)
  running.push(scene.start(scene.configOf(scene.syslog(receiver, { tls: true }))))
  await vi.waitFor(async () => {
    const { rows } = await scene.services.db.query('select problem from record_streams')
    expect(rows).toEqual([{ problem: 'The receiver’s certificate is not signed by anybody who is trusted.' }])
  })
  expect(receiver.kept.events).toEqual([])
})
