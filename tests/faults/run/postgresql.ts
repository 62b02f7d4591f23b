import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** A PostgreSQL cluster of its own, with fsync on, that may be killed. */
export class Cluster {
  private constructor(
    readonly port: number,
    private readonly data: string,
    private readonly bin: string,
  ) {}

  /** @param folder on the disk that is to be filled; it is made PostgreSQL's own */
  static async start(folder: string): Promise<Cluster> {
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
    const cluster = new Cluster(await freePort(), folder, bin)
    await cluster.begin()
    return cluster
  }

  /**
   * Starts it, also after a kill; resolves when it takes connections. Tried again for a while: what is left of killed
   * processes still holds its memory for a moment, and a full disk may not have been cleared yet.
   */
  async begin(): Promise<void> {
    for (let left = 30; !this.isRunning; left--) {
      try {
        await this.beginOnce()
      } catch (error) {
        if (left === 0) throw error
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
    }
  }

  private beginOnce(): Promise<void> {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${this.data} -c max_wal_size=32MB -c min_wal_size=8MB`
    return this.control(['-w', '-t', '60', '-l', join(this.data, 'server.log'), '-o', options, 'start'])
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
    if (statOf(first) === null) return []
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => statOf(pid)?.parent === first)
    return [first, ...children]
  }

  /** kill -9 of every process at once, as the kernel does when memory is out. */
  kill(): void {
    for (const pid of this.processes()) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It went by itself.
      }
    }
  }

  async stop(): Promise<void> {
    if (this.isRunning) await this.control(['-m', 'immediate', 'stop'])
  }

  private control(args: string[]): Promise<void> {
    const [program, all] = as(join(this.bin, 'pg_ctl'), ['-D', this.data, ...args])
    // The server inherits what it is given to say things to: nothing, or the call would never end.
    const child = spawn(program, all, { stdio: 'ignore' })
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`pg_ctl ${args.at(-1)} ended with ${code}; see ${this.data}/server.log`))
      })
    })
  }
}

/** Null: not there, or dead and only not waited for by anybody. */
const statOf = (pid: number): { parent: number } | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? null : { parent: Number(parent) }
  } catch {
    return null
  }
}
