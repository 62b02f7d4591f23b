import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BundleEvent } from '@/lib/audit/bundle'
import { readProof } from '@/server/audit/bundle/read-proof'
import { renameSection } from '@/server/operations/sections/rename-section'
import {
  eventAt,
  eventsOf,
  linesOf,
  rewritten,
  type Scene,
  sizeOf,
  textOf,
} from '@/tests/audit/bundle/edit-bundle'
import { TAMPERED_EVENTS } from '@/tests/audit/bundle/tampered-events'
import { TAMPERED_HEADS } from '@/tests/audit/bundle/tampered-heads'
import { liveALittle, openSealedBed, type SealedBed } from '@/tests/support/record/sealed-bundle'

interface Problem {
  verdict: string
  tree: string | null
  index: number | null
  why: string
}
interface Report {
  verdict: string
  problems: Problem[]
  trees: {
    size: number
    signed: number
    sealed: { size: number; by: number } | null
    savedAt: number | null
  }[]
  opened: number
  bursts: number
}

let bed: SealedBed
let folder: string
let scene: Scene

/** The one file, alone in an empty folder, as it is run where there is no project. */
const verify = (
  text: string,
  ...options: string[]
): { exit: number | null; report: Report; said: string } => {
  const file = join(folder, `${randomBytes(6).toString('hex')}.jsonl`)
  writeFileSync(file, text)
  const run = (...more: string[]) =>
    spawnSync(process.execPath, ['verify.mjs', file, ...options, ...more], { cwd: folder, encoding: 'utf8' })
  const { status, stdout, stderr } = run('--json')
  if (stdout === '') throw new Error(stderr)
  rmSync(file)
  return { exit: status, report: JSON.parse(stdout) as Report, said: stderr }
}

/** An event that was allowed, has a personal value, and is followed by one of the same writer. */
const victimIn = (text: string): number => {
  const lines = linesOf(text)
  const found = eventsOf(lines).find(
    ({ canonical, clear, writer, seq }) =>
      canonical.includes('"outcome":"allowed"') &&
      clear.length > 0 &&
      eventsOf(lines).some((one) => one.writer === writer && one.seq === seq + 1),
  )
  if (found === undefined) throw new Error('nothing to tamper with')
  return found.index
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-verify-'))
  copyFileSync('lib/verifier/verify.mjs', join(folder, 'verify.mjs'))
  bed = await openSealedBed()
  await liveALittle(bed)
  await bed.seal(bed.world.orgs.weather, bed.world.orgs.hospital)
  const good = await bed.bundle()
  const saved = join(folder, 'saved.json')
  expect(verify(good, '--save', saved).exit).toBe(0)
  await bed
    .run('countyReader', renameSection, { sectionId: bed.world.sections.open, title: 'x' })
    .catch(() => undefined)
  await bed.seal(bed.world.orgs.weather, bed.world.orgs.hospital)
  const later = await bed.bundle()
  scene = { folder, good, later, saved, victim: victimIn(good), county: bed.world.orgs.county }
})
afterAll(async () => {
  await bed.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a whole record that nobody touched holds, and what was proved is said', () => {
  const { exit, report } = verify(scene.good)
  expect(report.problems).toEqual([])
  expect(exit).toBe(0)
  const size = sizeOf(linesOf(scene.good))
  expect(size).toBeGreaterThan(15)
  expect(report.trees).toMatchObject([
    { size, events: size, signed: size, sealed: { size, by: 2 }, savedAt: null },
  ])
  expect(report.opened).toBeGreaterThan(5)
  expect(report.bursts).toBe(1)
  expect(readdirSync(folder).sort()).toEqual(['saved.json', 'verify.mjs'])
})

test('in words: the verdict first, and what is not proved', () => {
  const file = join(folder, 'words.jsonl')
  writeFileSync(file, scene.good)
  const { stdout, status } = spawnSync(process.execPath, ['verify.mjs', file], {
    cwd: folder,
    encoding: 'utf8',
  })
  rmSync(file)
  expect(status).toBe(0)
  expect(stdout).toMatch(/^It holds\./)
  expect(stdout).toMatch(/sealed up to \d+ by 2 of 2 \(2 needed\)/)
  expect(stdout).toMatch(/Not proved: that all that happened was recorded/)
})

test('a later one goes on from what was saved', () => {
  const { exit, report } = verify(scene.later, '--from', scene.saved)
  expect(report.problems).toEqual([])
  expect(exit).toBe(0)
  expect(report.trees[0]?.savedAt).toBe(sizeOf(linesOf(scene.good)))
})

test('an agency’s own part holds without the text of the others', async () => {
  for (const orgId of [bed.world.orgs.weather, bed.world.orgs.hospital]) {
    const text = await bed.bundle({ kind: 'agency', orgId })
    const { exit, report } = verify(text)
    expect(report.problems).toEqual([])
    expect(exit).toBe(0)
    expect(eventsOf(linesOf(text)).length).toBeLessThan(sizeOf(linesOf(text)))
  }
})

describe('tampering is caught, and the place is named', () => {
  test.each([...TAMPERED_EVENTS, ...TAMPERED_HEADS])(
    '$what: exit $exit',
    ({ make, exit, index, why, options }) => {
      const text = make(scene)
      if (options === undefined) expect(text).not.toBe(scene.good)
      const { exit: code, report } = verify(text, ...(options?.(scene) ?? []))
      expect(report.problems.map((one) => one.why).join('\n')).toMatch(why)
      expect(code).toBe(exit)
      if (index === undefined) return
      // The first place that is named is where it was tampered with.
      const first = report.problems.find((one) => one.index !== null)
      expect(first?.index).toBe(index(scene))
    },
  )
})

test('one event alone: with its proof it holds; changed in any part it does not', async () => {
  const index = scene.victim
  const host = 'localhost:3000'
  const text = await readProof(bed.db, bed.services.personKeys, {
    tree: bed.tree,
    index,
    scope: { kind: 'whole' },
    host,
    now: new Date(),
  })
  if (text === null) throw new Error('no proof')
  const { exit, report } = verify(text)
  expect(report.problems).toEqual([])
  expect(exit).toBe(0)
  expect(report.trees).toMatchObject([{ events: 1, sealed: { by: 2 } }])
  const lines = linesOf(text)
  const event = eventAt(lines, index)
  const other = (edit: Partial<BundleEvent>) =>
    textOf(lines.map((line) => (line === event ? { ...event, ...edit } : line)))
  for (const edit of [
    { index: index + 1 },
    { canonical: rewritten(event).canonical },
    { proof: event.proof?.slice(1) ?? [] },
    { size: 3 },
  ]) {
    const { exit: code, report: found } = verify(other(edit))
    expect(code).toBe(1)
    expect(found.problems.map(({ why }) => why).join()).toMatch(/not in the tree that was signed|chain/)
  }
  expect(
    await readProof(bed.db, bed.services.personKeys, {
      tree: bed.tree,
      index: 10_000,
      scope: { kind: 'whole' },
      host,
      now: new Date(),
    }),
  ).toBeNull()
})
