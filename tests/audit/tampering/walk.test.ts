import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTamperingScene } from '@/tests/audit/tampering/scene'
import { FORK, TAMPERINGS } from '@/tests/audit/tampering/tamperings'

let scene: Awaited<ReturnType<typeof openTamperingScene>>
beforeAll(async () => {
  scene = await openTamperingScene()
})
afterAll(() => scene.close())

const AGENCIES = ['County', 'Weather', 'Hospital']
const EVERYONE = [
  'the sequencer',
  'the daily verification',
  ...AGENCIES.map((agency) => `${agency}’s witness`),
  'the verifier, elsewhere',
]
const saidBy = (notices: readonly { who: string; said: string }[], who: string) =>
  notices.find((one) => one.who === who)?.said

test('where nothing was done nobody says anything, and the bundle holds on a machine without the project', async () => {
  expect(scene.honest.said[0]).toMatch(/^It holds\./)
  expect(scene.honest.exit).toBe(0)
  expect(await scene.tamper({ what: 'nothing', run: async () => {} })).toEqual([])
})

test('a bundle is verified by plain Node in a folder of two files, where every way out is closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-elsewhere-'))
  try {
    copyFileSync('lib/verifier/verify.mjs', join(folder, 'verify.mjs'))
    writeFileSync(join(folder, 'bundle.jsonl'), await scene.bundle())
    const closed = `import net from 'node:net'; const no = () => { throw new Error('the network was asked for') };
      net.Socket.prototype.connect = no; globalThis.fetch = no`
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [`--import=data:text/javascript,${encodeURIComponent(closed)}`, 'verify.mjs', 'bundle.jsonl'],
      { cwd: folder, encoding: 'utf8', env: { NODE_ENV: 'production' } },
    )
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^It holds\./)
    expect(status).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['bundle.jsonl', 'verify.mjs'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('there are five, and a fork', () => {
  expect(TAMPERINGS.map(({ what }) => what.split(':')[0])).toEqual([
    'edit',
    'delete',
    'insert',
    'reorder',
    'roll back',
  ])
})

test.each(TAMPERINGS)('$what: everyone notices, each by themselves', async (tampering) => {
  const notices = await scene.tamper(tampering)
  expect(notices.map(({ who }) => who)).toEqual(EVERYONE)
  const isShorter = /^(delete|roll back)/.test(tampering.what)
  expect(saidBy(notices, 'the sequencer')).toMatch(isShorter ? /were signed/ : /does not begin with/)
  for (const agency of AGENCIES)
    expect(saidBy(notices, `${agency}’s witness`)).toMatch(
      /^does not sign: (went_back|other_root|not_a_continuation)$/,
    )
  expect(saidBy(notices, 'the verifier, elsewhere')).toMatch(/^exit 1: tampered: /)
})

test('a fork: whom one history was shown does not sign the other; no bundle of it goes on from what was saved', async () => {
  await scene.growFor('Weather')
  const notices = await scene.tamper(FORK)
  // The others have seen neither of the two: for them it is a continuation. Neither has the two words that a seal needs.
  expect(notices.map(({ who }) => who)).toEqual([
    'the sequencer',
    'the daily verification',
    'Weather’s witness',
    'the verifier, elsewhere',
  ])
  expect(saidBy(notices, 'Weather’s witness')).toBe('does not sign: other_root')
  expect(saidBy(notices, 'the verifier, elsewhere')).toMatch(/^exit 1: tampered: .*another history/)
})
