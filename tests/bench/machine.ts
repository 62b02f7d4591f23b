import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** What figures are worth without: where they were measured. No names of machines and no paths. */
export interface Machine {
  cores: number
  memoryGib: number
  cpu: string
  node: string
  kernel: string
  postgresql: string
  versions: string
}

const PACKAGES = ['@y/websocket-server', '@hocuspocus/server', 'ws', 'yjs', '@electric-sql/pglite']

const versionOf = (name: string): string => {
  const path = fileURLToPath(new URL(`../../node_modules/${name}/package.json`, import.meta.url))
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

const postgresqlAt = async (url: string | null): Promise<string> => {
  if (url === null) return 'not reachable'
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const setting = async (name: string): Promise<string> =>
      Object.values((await client.query(`show ${name}`)).rows[0] as Record<string, string>)[0] ?? ''
    const version = (await setting('server_version')).split(' ')[0]
    return `${version}, on the same machine, fsync ${await setting('fsync')}, synchronous_commit ${await setting('synchronous_commit')}, shared_buffers ${await setting('shared_buffers')}`
  } finally {
    await client.end()
  }
}

export const readMachine = async (postgresqlUrl: string | null): Promise<Machine> => ({
  cores: cpus().length,
  memoryGib: Math.round(totalmem() / 2 ** 30),
  cpu: cpus()[0]?.model ?? 'unknown',
  node: process.version,
  kernel: `${type()} ${release()}`,
  postgresql: await postgresqlAt(postgresqlUrl).catch(() => 'not reachable'),
  versions: PACKAGES.map((name) => `${name} ${versionOf(name)}`).join(', '),
})

/** Processes that wanted a core in the last minute. */
export const loadNow = (): number => Number((loadavg()[0] ?? 0).toFixed(2))
