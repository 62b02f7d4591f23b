import { chmodSync, statSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  encodeVerifierKey,
  parseNote,
  parseSignatureLines,
  parseVerifierKey,
  verifySignature,
} from '@/lib/audit/signed-note'
import { formatState } from '@/lib/witness/state'
import type { ServerProcess } from '@/tests/support/server'
import { inventedHost } from '@/tests/support/witness/invented-host'
import { type Witness, type WitnessProgram, witnessProgram } from '@/tests/support/witness/program'
import { smallLog } from '@/tests/support/witness/small-log'

let program: WitnessProgram
let host: Awaited<ReturnType<typeof inventedHost>>
let witness: Witness
const running = new Set<ServerProcess>()
const run = () => {
  const one = witness.run()
  running.add(one)
  return one
}

beforeAll(async () => {
  program = await witnessProgram()
})
afterAll(() => program.remove())
let count = 0
beforeEach(async () => {
  const name = `county.example/witness${count++}`
  host = await inventedHost(() => name)
  witness = await program.make(host.address, name)
  host.shows.grow(40)
  host.size = 10
  await witness.call(['join'], `${host.token}\n`)
})
afterEach(async () => {
  for (const one of running) await one.stop('SIGKILL')
  running.clear()
  host.close()
})

describe('setting up', () => {
  it('the file is its owner’s alone, and is never written over', async () => {
    expect(statSync(witness.file).mode & 0o777).toBe(0o600)
    const again = await witness.call(['init', '--host', host.address, '--name', witness.name])
    expect(again).toMatchObject({ code: 1 })
    expect(again.output).toContain('is there already')
    expect(witness.read().token).toBe(host.token)
  })
  it('a wrong token is not kept', async () => {
    const other = await program.make(host.address, 'other.example/w')
    const { code, output } = await other.call(['join'], 'another token\n')
    expect({ code, token: other.read().token }).toEqual({ code: 1, token: null })
    expect(output).toContain('does not know this token')
  })
  it('a token of another witness is not kept', async () => {
    const other = await program.make(host.address, 'river.example/w')
    expect((await other.call(['join'], `${host.token}\n`)).output).toContain(
      `is of a witness called ${witness.name}`,
    )
    expect(other.read().token).toBeNull()
  })
  it.each([
    ['plain http to another machine', 'http://liaison.example'],
    ['a path', 'https://liaison.example/there'],
    ['no address', 'liaison'],
  ])('%s is no host', async (_, address) => {
    const { code, output } = await program.call([
      'init',
      '--host',
      address,
      '--name',
      'a.example/w',
      '--state',
      'x.json',
    ])
    expect(code).toBe(1)
    expect(output).toContain('The host must be an address')
  })
})

describe('run', () => {
  it('signs what goes on, stops in order, and goes on from there after a restart', async () => {
    const first = run()
    await host.signed(10)
    host.size = 25
    await host.signed(25)
    expect(await first.stop()).toBe(0)
    expect(first.output()).toContain('stopped')
    host.size = 40
    run()
    await host.signed(40)
    const key = parseVerifierKey(witness.key)
    for (const { size, line } of host.cosignatures) {
      const [signature] = parseSignatureLines(line)
      const { text } = parseNote(host.shows.note(size, host.origin))
      expect(verifySignature(text, signature ?? expect.fail(), key).holds).toBe(true)
    }
  })

  it('what it signs is on disk before: killed at any moment it never goes back', async () => {
    run()
    await host.signed(10)
    expect(Object.values(witness.read().seen)).toEqual([host.shows.note(10, host.origin)])
  })

  it('a fork: refused by name, reported, both notes kept; and so after a restart', async () => {
    const one = run()
    await host.signed(10)
    const honest = host.shows.note(10, host.origin)
    host.shows = host.shows.fork(5)
    host.shows.grow(30)
    host.size = 20
    await host.refused('not_a_continuation')
    await one.says(/REFUSED to sign .*another history/)
    const [kept] = witness.read().evidence
    expect(kept).toMatchObject({
      why: 'not_a_continuation',
      seen: honest,
      shown: host.shows.note(20, host.origin),
    })
    await one.stop()
    host.refusals.length = 0
    run()
    await host.refused('not_a_continuation')
    expect(host.cosignatures.map(({ size }) => size)).toEqual([10])
    expect((await program.call(['show', '--state', witness.file])).output).toContain('Another witness runs')
  })

  it('two histories of one size', async () => {
    run()
    await host.signed(10)
    const size = 10
    host.shows = host.shows.fork(5)
    host.shows.grow(5)
    // The host pretends not to have the signature, so that the witness looks again.
    host.cosignatures.length = 0
    host.size = size
    await host.refused('other_root')
    expect(host.cosignatures).toEqual([])
  })

  it('yesterday’s database: a smaller tree is refused, also after a restart', async () => {
    const one = run()
    await host.signed(10)
    await one.stop()
    host.size = 8
    run()
    await host.refused('went_back')
    expect(host.cosignatures.map(({ size }) => size)).toEqual([10])
    expect(witness.read().evidence.at(-1)?.why).toBe('went_back')
  })

  it('another key of the log is refused until its people say that they trust it', async () => {
    const first = run()
    await host.signed(10)
    const before = host.shows
    const { name } = before.key
    host.shows = smallLog(name)
    host.shows.leaves.push(...before.leaves)
    host.size = 20
    await host.refused('wrong_key')
    await first.stop()
    const key = host.shows
    const { code } = await witness.call(['trust', '--log-key', encodeVerifierKey(key.key)])
    expect(code).toBe(0)
    run()
    await host.signed(20)
  })

  it('what cannot be read is reported, and the next thing is signed', async () => {
    host.instead = 'old 0\nnot a note'
    run()
    await host.refused('malformed')
    host.instead = null
    await host.signed(10)
  })

  it('a refusal that stays the same is reported once', async () => {
    run()
    await host.signed(10)
    host.size = 5
    await host.refused('went_back')
    await host.asked(3)
    expect(host.refusals).toHaveLength(1)
  })

  it('a host that fails is asked again, less often, and what it then shows is signed', async () => {
    host.fails = 503
    const one = run()
    await one.says(/does not answer as it should/)
    host.fails = null
    await host.signed(10)
    await one.says(/answers again/)
  })
})

describe('the file', () => {
  it('a second copy does not start while one runs; killed, it does not stand in the way', async () => {
    const one = run()
    await host.signed(10)
    const second = await witness.call(['run'])
    expect(second.code).toBe(1)
    expect(second.output).toContain('Another witness runs')
    await one.stop('SIGKILL')
    host.size = 20
    run()
    await host.signed(20)
  })

  it('written by somebody else behind its back: it stops rather than sign', async () => {
    const one = run()
    await host.signed(10)
    const state = witness.read()
    witness.write(formatState({ ...state, generation: state.generation + 1 }))
    host.size = 20
    expect(await one.exited).toBe(1)
    expect(one.output()).toContain('was written by somebody else')
    expect(host.cosignatures.map(({ size }) => size)).toEqual([10])
  })

  const whole = () => JSON.stringify(witness.read())
  it.each<[string, () => string]>([
    ['torn', () => `{"liaison_witness":1,"sum":"ab","state":${whole().slice(0, 80)}`],
    ['empty', () => ''],
    ['changed', () => JSON.stringify({ liaison_witness: 1, sum: 'ab', state: witness.read() })],
    ['another file', () => '{"a":1}'],
  ])('%s: nothing is signed, and it says what to do', async (_, text) => {
    witness.write(text())
    const { code, output } = await witness.call(['run'])
    expect(code).toBe(1)
    expect(output).toMatch(/is damaged: .*make a new witness in a new file/)
    expect(host.rounds.count).toBe(1)
  })

  it('readable by others: refused', async () => {
    chmodSync(witness.file, 0o644)
    expect((await witness.call(['run'])).output).toContain('chmod 600')
  })
})
