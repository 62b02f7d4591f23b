import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLoneConnection } from '@/server/db/open-lone-connection'
import { freePort } from '@/tests/support/server'

const isRoot = process.getuid?.() === 0

const binaries = (): string => {
  const root = '/usr/lib/postgresql'
  const version = readdirSync(root)
    .toSorted((a, b) => Number(a) - Number(b))
    .at(-1)
  if (version === undefined) throw new Error('PostgreSQL is not installed')
  return join(root, version, 'bin')
}

/** PostgreSQL's programs refuse to run as root. */
const as = (program: string, args: string[]): [string, string[]] =>
  isRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args]

/** Recovery takes less than a second; what is left is for a busy machine. Milliseconds. */
const COMES_WITHIN = 60_000

/** A PostgreSQL cluster of its own, with fsync on, that may be killed. */
export class Cluster {
  private constructor(
    readonly port: number,
    private readonly data: string,
    private readonly bin: string,
    private readonly log: string,
  ) {}

  /**
   * @param folder on the disk that is to be filled; it is made PostgreSQL's own
   * @param log what the server says: on another disk, and kept when something did not hold
   */
  static async start(folder: string, log: string): Promise<Cluster> {
    mkdirSync(folder, { recursive: true })
    if (isRoot) execFileSync('chown', ['postgres', folder])
    chmodSync(folder, 0o700)
    const bin = binaries()
    const [program, args] = as(join(bin, 'initdb'), [
      '-D',
      folder,
      '-U',
      'postgres',
      '-A',
      'trust',
      '--wal-segsize=4',
    ])
    execFileSync(program, args, { stdio: 'ignore' })
    const cluster = new Cluster(await freePort(), folder, bin, log)
    await cluster.begin()
    return cluster
  }

  /**
   * What a supervisor does: starts it whenever it is not there, until it answers. That a process is there says nothing: after a
   * failed fsync or on a full disk PostgreSQL tries to recover by itself, and ends seconds later if that failed as well.
   * @throws if it does not answer in time
   */
  async begin(): Promise<void> {
    const began = performance.now()
    let last: unknown = null
    while (performance.now() - began < COMES_WITHIN) {
      try {
        if (!this.isRunning) await this.beginOnce()
        await this.ask()
        return
      } catch (error) {
        last = error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
    throw new Error(`PostgreSQL does not come back; see ${this.log}`, { cause: last })
  }

  private async ask(): Promise<void> {
    const connection = openLoneConnection(`postgresql://postgres@127.0.0.1:${this.port}/postgres`)
    try {
      await connection.query('select 1', [])
    } finally {
      await connection.close()
    }
  }

  private beginOnce(): Promise<void> {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${this.data} -c max_wal_size=32MB -c min_wal_size=8MB`
    return this.control(['-w', '-t', '60', '-o', options, 'start'])
  }

  get isRunning(): boolean {
    return this.processes().length > 0
  }

  /** The first server process and all that it has begun. */
  processes(): number[] {
    let first: number
    try {
      first = Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0])
    } catch {
      return []
    }
    // The file of a killed server stays, and its number may be somebody else's by now.
    if (statOf(first)?.name !== 'postgres') return []
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => statOf(pid)?.parent === first)
    return [first, ...children]
  }

  /** kill -9 of every process at once, as the kernel does when memory is out. Resolves when they are gone. */
  async kill(): Promise<void> {
    const pids = this.processes()
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It went by itself.
      }
    }
    while (pids.some((pid) => statOf(pid)?.name === 'postgres'))
      await new Promise((resolve) => setTimeout(resolve, 5))
  }

  async stop(): Promise<void> {
    if (this.isRunning) await this.control(['-m', 'immediate', 'stop'])
  }

  private control(args: string[]): Promise<void> {
    const [program, all] = as(join(this.bin, 'pg_ctl'), ['-D', this.data, ...args])
    // The server inherits it: a pipe would never end.
    const log = openSync(this.log, 'a')
    const child = spawn(program, all, { stdio: ['ignore', log, log] })
    closeSync(log)
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`pg_ctl ${args.at(-1)} ended with ${code}; see ${this.log}`))
      })
    })
  }
}

/** Null: not there, or dead and only not waited for by anybody. */
const statOf = (pid: number): { name: string; parent: number } | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? null : { name, parent: Number(parent) }
  } catch {
    return null
  }
}
