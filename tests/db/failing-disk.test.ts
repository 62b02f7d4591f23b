import fs, { mkdtempSync, rmSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openEmbedded } from '@/server/db/open-embedded'

const log = { warn: () => {} }
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-disk-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
  rmSync(folder, { recursive: true, force: true })
})

test('a failed fsync ends the process, unanswered; the next start holds what was committed', async () => {
  let ended: (code: number) => void = () => {}
  const end = new Promise<number>((resolve) => {
    ended = resolve
  })
  const db = await openEmbedded(folder, log, ended)
  await db.query('create table kept (n int)')
  await db.transaction((tx) => tx.query('insert into kept values (1)'))
  vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
    throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO', errno: -5, syscall: 'fsync' })
  })
  syncBuiltinESMExports()
  let answered = false
  void db
    .transaction((tx) => tx.query('insert into kept values (2)'))
    .then(
      () => {
        answered = true
      },
      () => undefined,
    )
  expect(await end).toBe(1)
  expect(answered).toBe(false)

  vi.restoreAllMocks()
  syncBuiltinESMExports()
  rmSync(join(folder, 'liaison.lock'))
  const again = await openEmbedded(folder, log, ended)
  expect((await again.query('select n from kept')).rows).toContainEqual({ n: 1 })
  await again.close()
})

test('a full disk is said in words, at a start and before a commit, and all is well when there is room', async () => {
  const db = await openEmbedded(folder, log)
  await db.query('create table kept (n int)')
  const write = () => db.transaction((tx) => tx.query('insert into kept values (1)'))
  await write()
  const full = vi.spyOn(fs, 'statfsSync').mockReturnValue({ bavail: 1, bsize: 4096 } as fs.StatsFs)
  syncBuiltinESMExports()
  await vi.waitFor(() =>
    expect(write()).rejects.toMatchObject({
      code: 'unavailable',
      forPeople: expect.stringMatching(/disk .* is full/),
    }),
  )
  const elsewhere = mkdtempSync(join(tmpdir(), 'liaison-disk-'))
  await expect(openEmbedded(elsewhere, log)).rejects.toMatchObject({ code: 'unavailable' })
  rmSync(elsewhere, { recursive: true })
  full.mockRestore()
  syncBuiltinESMExports()
  await vi.waitFor(write)
  expect((await db.query('select count(*) as n from kept')).rows[0]?.n).toBeGreaterThan(1)
  await db.close()
})
