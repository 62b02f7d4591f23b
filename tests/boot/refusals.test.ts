import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '@/server/db/open-database'
import { listen } from '@/server/http/listen'
import { freePort, spawnServer } from '@/tests/support/server'

const FROM_SOURCE = ['--import', 'tsx', 'server/main.ts']

let folder = ''
let port = 0
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-boot-'))
  port = await freePort()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the real thing and gives back what it said when it gave up. */
const refused = async (env: Record<string, string>, args = FROM_SOURCE, root?: string): Promise<string[]> => {
  const server = spawnServer(args, { PORT: String(port), DATA_DIR: join(folder, 'data'), ...env }, root)
  expect(await server.exited).toBe(1)
  const lines = server.output().trim().split('\n')
  for (const line of lines) expect(line).toMatch(/^Liaison cannot start\. [A-Z].*[^:]$/)
  return lines
}

describe('the server refuses to start with one clear sentence and exit code 1', () => {
  it('without the secrets of production', async () => {
    const lines = await refused({ NODE_ENV: 'production' })
    expect(lines).toHaveLength(2)
    expect(lines.join()).toMatch(/PUBLIC_URL is missing.*AUTH_SECRET is missing/)
    expect(readdirSync(folder)).toEqual([])
  })

  it('on a taken port, before it touches the data', async () => {
    const other = createServer()
    await listen(other, { host: '127.0.0.1', port })
    const lines = await refused({})
    other.close()
    expect(lines).toEqual([
      `Liaison cannot start. Something else already listens on 127.0.0.1:${port}. Stop it, or set PORT to a free port.`,
    ])
    expect(readdirSync(join(folder, 'data'))).toEqual(['secret'])
  })

  it('on a data folder that it cannot write', async () => {
    writeFileSync(join(folder, 'data'), 'a file is in the way')
    const lines = await refused({})
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`The data folder ${join(folder, 'data')} cannot be used`)
  })

  it('on a data folder that another process uses, which goes on unharmed', async () => {
    const dataDir = join(folder, 'data')
    const db = await openDatabase({ databaseUrl: null, dataDir, log: { warn() {} } })
    const lines = await refused({})
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(dataDir)
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await db.close()
  })

  it('on a database that cannot be reached', async () => {
    const lines = await refused({
      DATABASE_URL: `postgresql://nobody:secret-word@127.0.0.1:${await freePort()}/none`,
    })
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('secret-word')
  })

  it('without a build', async () => {
    mkdirSync(join(folder, 'server/boot'), { recursive: true })
    cpSync('server/boot/start.mjs', join(folder, 'server/boot/start.mjs'))
    const lines = await refused({}, ['server/boot/start.mjs'], folder)
    expect(lines).toEqual(['Liaison cannot start. There is no finished build here. Run: npm run build'])
  })
})
