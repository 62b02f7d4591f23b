import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs, { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lockFolder } from '@/server/db/folder-lock'
import { pendingMigrations } from '@/server/db/migrate'
import { openDatabase } from '@/server/db/open-database'

const log = { warn: () => {} }
let folder: string
let children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-folder-'))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the other process and hears its lines: "open", then the number of each committed row. */
const holdFolder = () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/hold-folder.ts', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const until = async (wanted: (line: string) => boolean) => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done || wanted(value)) return value as string | undefined
    }
  }
  const killed = async () => {
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
    let last = 0
    for (;;) {
      const { value, done } = await lines.next()
      if (done) return last
      last = Number(value)
    }
  }
  return { until, killed }
}

describe('the folder of the embedded database', () => {
  test('a second process is told in one sentence, and the first keeps its data', async () => {
    const { until } = holdFolder()
    await until((line) => line === 'open')
    await expect(openDatabase({ databaseUrl: null, dataDir: folder, log })).rejects.toMatchObject({
      code: 'unavailable',
      forPeople: expect.stringMatching(/in use by another Liaison \(process \d+\)/),
    })
    expect(await until((line) => Number(line) > 3)).toBeDefined()
  })

  test('after kill -9 the next start is not held up, and every answered commit is there', async () => {
    const { until, killed } = holdFolder()
    await until((line) => Number(line) >= 20)
    const last = await killed()
    const db = await openDatabase({ databaseUrl: null, dataDir: folder, log })
    const { rows } = await db.query('select count(*) as n from access_clocks')
    expect(rows[0]?.n).toBeGreaterThanOrEqual(Math.max(last, 20))
    expect(await pendingMigrations(db)).toBe(0)
    await db.close()
  })

  test('data stays from one opening to the next, and closing gives the folder back', async () => {
    const first = await openDatabase({ databaseUrl: null, dataDir: folder, log })
    await first.query('create table kept (n int)')
    await first.query('insert into kept values (7)')
    await first.close()
    expect(readdirSync(folder)).toEqual(['database'])
    const second = await openDatabase({ databaseUrl: null, dataDir: folder, log })
    expect((await second.query('select n from kept')).rows).toEqual([{ n: 7 }])
    await second.close()
  })

  test('a commit is written through to the disk', async () => {
    const db = await openDatabase({ databaseUrl: null, dataDir: folder, log })
    const { rows } = await db.query(
      `select name, setting from pg_settings where name in ('fsync', 'wal_sync_method') order by 1`,
    )
    expect(rows).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'wal_sync_method', setting: 'fsync' },
    ])
    await db.query('create table kept (n int)')
    const synced = await syncsDuring(() => db.query('insert into kept values (1)'))
    expect(synced).toBeGreaterThan(0)
    expect(await syncsDuring(() => db.query('select * from kept'))).toBe(0)
    await db.close()
  })

  test('a folder that cannot be written is named with what to do', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    await expect(
      openDatabase({ databaseUrl: null, dataDir: join(file, 'below'), log }),
    ).rejects.toMatchObject({
      code: 'unavailable',
      forPeople: expect.stringMatching(/cannot be written \(ENOTDIR\)\. Give this user the right/),
    })
  })

  test('a damaged database is said to be one, and the folder is given back', async () => {
    mkdirSync(join(folder, 'database'))
    writeFileSync(join(folder, 'database', 'PG_VERSION'), 'nonsense')
    await expect(openDatabase({ databaseUrl: null, dataDir: folder, log })).rejects.toMatchObject({
      forPeople: expect.stringMatching(/cannot be opened\. Restore/),
    })
    lockFolder(folder)()
  })
})

describe('the lock', () => {
  const lock = (holder: object) => writeFileSync(join(folder, 'liaison.lock'), JSON.stringify(holder))

  test('left by a process that is gone, or by another life of the same pid, is taken over', () => {
    lock({ host: 'gone', pid: 1, started: '', token: 'x' })
    const past = new Date(Date.now() - 60_000)
    utimesSync(join(folder, 'liaison.lock'), past, past)
    lockFolder(folder)()
    writeFileSync(join(folder, 'liaison.lock'), 'half a fi')
    const release = lockFolder(folder)
    expect(readdirSync(folder)).toEqual(['liaison.lock'])
    release()
    expect(readdirSync(folder)).toEqual([])
  })

  test('of another host is respected while it beats', () => {
    lock({ host: 'elsewhere', pid: 1, started: '', token: 'x' })
    expect(() => lockFolder(folder)).toThrow(/in use by Liaison on elsewhere/)
  })

  test('is held once in one process too', () => {
    const release = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(/in use by another Liaison/)
    release()
    lockFolder(folder)()
  })
})

/** How many files were synced while `act` ran. */
async function syncsDuring(act: () => Promise<unknown>): Promise<number> {
  const real = fs.fsyncSync
  let calls = 0
  fs.fsyncSync = (fd) => {
    calls++
    real(fd)
  }
  syncBuiltinESMExports()
  try {
    await act()
  } finally {
    fs.fsyncSync = real
    syncBuiltinESMExports()
  }
  return calls
}
