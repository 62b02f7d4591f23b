import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  encodeVerifierKey,
  parseNote,
  parseSignatureLines,
  parseVerifierKey,
  verifySignature,
} from '@/lib/audit/signed-note'
import { freePort, type ServerProcess } from '@/tests/support/server'
import { type Witness, type WitnessProgram, witnessProgram } from '@/tests/support/witness/program'
import { type SmallLog, smallLog } from '@/tests/support/witness/small-log'

/** c2sp.org/tlog-witness as others speak it: one request after the other to one running witness. */
let program: WitnessProgram
let witness: Witness
let served: ServerProcess
let log: SmallLog
let address: string
const origin = 'liaison.example/instance'

beforeAll(async () => {
  program = await witnessProgram()
  witness = await program.make('https://liaison.example')
  log = smallLog('liaison.example', 40)
  await witness.call(['trust', '--log-key', encodeVerifierKey(log.key)])
  const port = await freePort()
  address = `http://127.0.0.1:${port}/add-checkpoint`
  served = witness.start(['serve', '--listen', `127.0.0.1:${port}`])
  await served.says(/listens on/)
})
afterAll(async () => {
  await served.stop()
  program.remove()
})

const send = async (body: string, init: RequestInit = {}) => {
  const response = await fetch(address, { method: 'POST', body, ...init })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

describe('add-checkpoint', () => {
  it('200 with a line that holds under its key, and again for the same', async () => {
    for (const body of [log.body(0, 10), log.body(10, 10)]) {
      const { status, text } = await send(body)
      expect(status).toBe(200)
      const [line] = parseSignatureLines(text)
      const note = parseNote(log.note(10))
      expect(verifySignature(note.text, line ?? expect.fail(), parseVerifierKey(witness.key)).holds).toBe(
        true,
      )
    }
  })
  it('409 with the size where it stands', async () =>
    expect(await send(log.body(0, 20))).toEqual({ status: 409, type: 'text/x.tlog.size', text: '10\n' }))
  it('409 for another tree of the same size', async () => {
    const forked = log.fork(5)
    forked.grow(5)
    expect(await send(forked.body(10, 10))).toMatchObject({ status: 409, text: '10\n' })
  })
  it('422 for what does not go on', async () => {
    const forked = log.fork(5)
    forked.grow(30)
    expect(await send(forked.body(10, 20))).toMatchObject({ status: 422 })
  })
  it('400 when the old size is above the new one, and for what cannot be read', async () => {
    expect(await send(log.body(10, 8))).toMatchObject({ status: 400 })
    expect(await send('old 10\n')).toMatchObject({ status: 400 })
  })
  it('403 without a signature of the log', async () =>
    expect(await send(smallLog('liaison.example', 20).body(10))).toMatchObject({ status: 403 }))
  it.each([
    'liaison.example/elsewhere',
    'liaison.example.org/instance',
    'liaison.example/workspace/1',
    'other/instance',
  ])('404 for the log %s', async (other) =>
    expect(await send(log.body(0, 20, other))).toMatchObject({ status: 404 }),
  )
  it('413 for what is longer than any checkpoint', async () =>
    expect(await send('x'.repeat(200_000))).toMatchObject({ status: 413 }))
  it('405 for another method', async () => expect((await fetch(address)).status).toBe(405))
  it('two at once from one size: one is signed', async () => {
    const both = await Promise.all([send(log.body(10, 30)), send(log.body(10, 20))])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const size = Object.values(witness.read().seen).map((note) => parseNote(note).text.split('\n')[1])
    expect(size).toEqual([both[0]?.status === 200 ? '30' : '20'])
    expect(Object.keys(witness.read().seen)).toEqual([origin])
  })
})
