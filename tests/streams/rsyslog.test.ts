import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { indexesIn, openScene, type Scene } from '@/tests/streams/scene'
import { freePort } from '@/tests/support/server'

let scene: Scene
let daemons: ChildProcess[]

beforeEach(async () => {
  scene = await openScene()
  daemons = []
})
afterEach(async () => {
  for (const daemon of daemons) await end(daemon, 'SIGTERM')
  await scene.close()
})

const end = async (daemon: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return
  const gone = once(daemon, 'exit')
  daemon.kill(signal)
  await gone
}

/** Debian's rsyslogd with a configuration of its own, as an ordinary account on a high port. */
const rsyslog = async (folder: string, port: number, tls: boolean): Promise<ChildProcess> => {
  const own = (name: string) => join(folder, name)
  writeFileSync(own('key.pem'), scene.certificate.key, { mode: 0o600 })
  const driver = tls
    ? `global(DefaultNetstreamDriver="gtls" DefaultNetstreamDriverCAFile="${scene.caFile}"
         DefaultNetstreamDriverCertFile="${scene.caFile}" DefaultNetstreamDriverKeyFile="${own('key.pem')}")
       module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")`
    : 'module(load="imtcp")'
  writeFileSync(
    own('rsyslog.conf'),
    `global(workDirectory="${folder}" maxMessageSize="256k")
     ${driver}
     template(name="line" type="string" string="%msg%\\n")
     input(type="imtcp" port="${port}" address="127.0.0.1" supportOctetCountedFraming="on")
     action(type="omfile" file="${own('out')}" template="line" flushOnTXEnd="on" asyncWriting="off")`,
  )
  const args = ['-n', '-f', own('rsyslog.conf'), '-i', own('pid')]
  const daemon = spawn('rsyslogd', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  daemons.push(daemon)
  return daemon
}

/** Resolves when so many different events stand in its file. */
const until = async (folder: string, count: number) => {
  const watching = watch(folder)
  try {
    for (;;) {
      const events = linesOf(folder)
      if (new Set(events.map(({ metadata }) => metadata.uid)).size >= count) return events
      await once(watching, 'change')
    }
  } finally {
    watching.close()
  }
}

const linesOf = (folder: string): Parameters<typeof indexesIn>[0] => {
  let text = ''
  try {
    text = readFileSync(join(folder, 'out'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  // A line that is being written is not one yet.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line.trim()))
}

describe.each([
  ['TCP', false],
  ['TLS', true],
])('rsyslog of Debian over %s', (_, tls) => {
  test('has every event in order, also after it was killed and started again', async () => {
    const folder = join(scene.caFile, '..', 'rsyslog')
    mkdirSync(folder)
    const port = await freePort()
    const tree = `workspace:${scene.workspaceId}`
    const first = await rsyslog(folder, port, tls)
    await scene.look(30)
    const more = tls ? { tls, caFile: scene.caFile } : {}
    const streams = scene.start(scene.configOf(scene.syslog({ port }, { batch: 7, ...more })))
    try {
      await until(folder, 30)
      await end(first, 'SIGKILL')
      await scene.look(20)
      await scene.append({ type: 'session.refused', details: { typed: 'Größe "水" \u202e' } })
      await rsyslog(folder, port, tls)
      const events = await until(folder, 51)
      const indexes = indexesIn(events, tree)
      expect([...new Set(indexes)]).toEqual(Array.from({ length: 50 }, (_, i) => i))
      const [refused] = events.filter(({ metadata }) => metadata.log_name === 'instance')
      expect(JSON.parse(refused?.raw_data ?? '')).toMatchObject({ details: { typed: 'Größe "水" \u202e' } })
    } finally {
      await streams.stop()
    }
  })
})
