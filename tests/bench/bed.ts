import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { PartFigures, Rounds } from '@/tests/bench/figures'
import { isOurs, SERVERS, type Server, type ServerName, startServer } from '@/tests/bench/servers'
import { testServerUrl } from '@/tests/support/database'
import { BASE_UPDATE } from '@/tests/support/sync/base-text'

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const LOCAL_POSTGRESQL = 'postgresql://postgres@127.0.0.1:5432/postgres'

/** The PostgreSQL server of TEST_DATABASE_URL, or the one on this machine, if it answers. */
export const reachablePostgresql = async (): Promise<string | null> => {
  const url = testServerUrl() ?? LOCAL_POSTGRESQL
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    return url
  } catch {
    return null
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** After this no further round is begun. */
const ROUNDS_MS = 75_000

/** What a part measures: rooms, clients and seconds. `quick` proves in seconds that it works; its figures mean nothing. */
export interface Part {
  run(bed: Bed, quick: boolean): Promise<PartFigures>
}

/** Servers under measurement and the documents that they hold; all of it goes with `close`. */
export class Bed {
  private readonly folder = mkdtempSync(join(tmpdir(), 'liaison-bench-'))
  private readonly started = new Map<ServerName, Promise<Server>>()
  /** What went wrong, for the page: a server that fails is left out, the others are measured. */
  readonly failures: string[] = []
  /** What else the page must say. */
  readonly notes: string[] = []

  constructor(
    readonly postgresqlUrl: string | null,
    private readonly names: readonly ServerName[] = SERVERS,
  ) {}

  /** Started on first need, all at once. */
  async servers(which: (name: ServerName) => boolean = () => true): Promise<Server[]> {
    const wanted = this.names.filter(
      (name) => which(name) && (name !== 'Liaison, PostgreSQL' || this.postgresqlUrl !== null),
    )
    for (const name of wanted) {
      if (this.started.has(name)) continue
      const starting = startServer(name, this.postgresqlUrl)
      // Its failure is told below, to whoever waits for it.
      starting.catch(() => undefined)
      this.started.set(name, starting)
    }
    const servers: Server[] = []
    for (const name of wanted) {
      try {
        servers.push((await this.started.get(name)) as Server)
      } catch (error) {
        this.failed(name, error)
      }
    }
    return servers
  }

  ours(): Promise<Server[]> {
    return this.servers((name) => isOurs({ name }))
  }

  /** Ends a server, so that the next one that is asked for is a fresh process. */
  async restart(name: ServerName): Promise<void> {
    const server = await this.started.get(name)
    this.started.delete(name)
    await server?.stop()
  }

  file(bytes: Uint8Array): string {
    const path = join(this.folder, createHash('sha256').update(bytes).digest('hex').slice(0, 16))
    writeFileSync(path, bytes)
    return path
  }

  readonly base: string = this.file(BASE_UPDATE)

  failed(what: string, error: unknown): void {
    const said = error instanceof Error ? error.message.split('\n')[0] : String(error)
    console.error(`  ${what} failed:`, error)
    this.failures.push(`${what}: ${said}`)
  }

  async close(): Promise<void> {
    const servers = await Promise.allSettled(this.started.values())
    for (const started of servers) if (started.status === 'fulfilled') await started.value.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /**
   * Measures every server in turn, again and again, so that whatever the machine does meanwhile meets all of them.
   * Round 0 warms up and does not count; a single round is a quick run and goes without.
   */
  async interleaved<T>(
    servers: readonly Server[],
    rounds: number,
    measure: (server: Server, round: number) => Promise<T>,
  ): Promise<Rounds<T>> {
    const figures: Rounds<T> = new Map(servers.map(({ name }) => [name, []]))
    const began = performance.now()
    for (let round = rounds === 1 ? 1 : 0; round <= rounds; round++) {
      if (round > 1 && performance.now() - began > ROUNDS_MS) {
        this.notes.push(`${round - 1} rounds instead of ${rounds}: the machine was too slow for more`)
        break
      }
      for (const server of servers) {
        const mine = figures.get(server.name)
        if (mine === undefined) continue
        try {
          const figure = await measure(server, round)
          if (round > 0) mine.push(figure)
          if (rounds > 1) await untilQuiet(server)
        } catch (error) {
          this.failed(server.name, error)
          figures.delete(server.name)
        }
      }
    }
    return figures
  }
}

const QUIET_MS = 150
/** Microseconds of CPU in that time: the ticks of timers, and no more. */
const QUIET_CPU = 15_000

/** Resolves when a server has done what it was given: nobody is measured while another still works. */
export const untilQuiet = async (server: Server): Promise<void> => {
  let { cpu } = await server.usage()
  for (let i = 0; i < 60; i++) {
    await sleep(QUIET_MS)
    const now = await server.usage()
    if (now.cpu - cpu < QUIET_CPU) return
    cpu = now.cpu
  }
}
