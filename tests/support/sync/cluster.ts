import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { migrate } from '@/server/db/migrate'
import { openPostgresql } from '@/server/db/open-postgresql'
import type { Actor } from '@/server/identity/actor'
import { createSessions } from '@/server/identity/sessions'
import { ownDatabase, testServerUrl } from '@/tests/support/database'
import { FaultProxy } from '@/tests/support/fault-proxy'
import { freePort } from '@/tests/support/server'
import { type TestServices, testServices } from '@/tests/support/services'
import type { NodeOrder, NodeSettings } from '@/tests/support/sync/cluster-node'
import { bundleNode } from '@/tests/support/sync/node-bundle'
import { threeAgencies } from '@/tests/support/three-agencies'

export interface ClusterNode {
  process: ChildProcess
  port: number
  output(): string
  /** Resolves when a line of its log matches, also one that came before. */
  says(pattern: RegExp): Promise<void>
  order(order: NodeOrder): void
  kill(signal?: NodeJS.Signals): Promise<void>
}

export interface RedisServer {
  url: string
  process: ChildProcess
  start(): Promise<void>
  kill(): Promise<void>
}

export const redisIsHere = (): boolean => spawnSync('redis-server', ['--version']).status === 0

/** A Redis of its own, so that it can be killed and paused. */
export const startRedis = async (): Promise<RedisServer> => {
  const port = await freePort()
  const redis = {
    url: `redis://127.0.0.1:${port}`,
    process: undefined as unknown as ChildProcess,
    async start() {
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
      redis.process = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
      let said = ''
      for await (const bytes of redis.process.stdout ?? []) {
        said += String(bytes)
        if (said.includes('Ready to accept connections')) break
      }
    },
    async kill() {
      const gone = once(redis.process, 'exit')
      redis.process.kill('SIGKILL')
      await gone
    },
  }
  await redis.start()
  return redis
}

let bundle: Promise<string> | undefined

/** A database of its own with the three agencies in it, and any number of nodes on it. */
export class Cluster {
  readonly nodes: ClusterNode[] = []
  private turn = 0

  private constructor(
    readonly databaseUrl: string,
    private readonly drop: () => Promise<void>,
    /** Of this process: a further writer on the database, without a Redis. */
    readonly services: TestServices,
    readonly world: Awaited<ReturnType<typeof threeAgencies>>,
  ) {}

  static async open(serverUrl = testServerUrl()): Promise<Cluster> {
    if (serverUrl === null) throw new Error('TEST_DATABASE_URL must name a PostgreSQL server for this file')
    const { url, drop } = await ownDatabase(serverUrl)
    const db = await openPostgresql(url, { warn: () => {} })
    await migrate(db)
    const services = await testServices({ db })
    return new Cluster(url, drop, services, await threeAgencies(services.db))
  }

  async start(settings: Partial<NodeSettings> = {}): Promise<ClusterNode> {
    bundle ??= bundleNode('tests/support/sync/cluster-node.ts')
    const all: NodeSettings = { databaseUrl: this.databaseUrl, redisUrl: null, ...settings }
    const child = fork(await bundle, [JSON.stringify(all)], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    let said = ''
    const hear = (bytes: Buffer) => {
      said += bytes.toString()
      child.emit('heard')
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', (ready: { port: number }) => resolve(ready.port))
      child.once('exit', () => reject(new Error(`a node ended:\n${said}`)))
    })
    const node: ClusterNode = {
      process: child,
      port,
      output: () => said,
      says: (pattern) =>
        new Promise((resolve) => {
          const look = () => {
            if (!pattern.test(said)) return
            child.off('heard', look)
            resolve()
          }
          child.on('heard', look)
          look()
        }),
      order: (order) => void child.send(order),
      async kill(signal = 'SIGKILL') {
        if (child.exitCode !== null || child.signalCode !== null) return
        const gone = once(child, 'exit')
        child.kill(signal)
        await gone
      },
    }
    this.nodes.push(node)
    return node
  }

  /** A round-robin TCP balancer in front of the nodes: it knows of no sessions, and goes on to the next when one is gone. */
  balancer(): Promise<FaultProxy> {
    return FaultProxy.listen(() => {
      const live = this.nodes.filter(
        ({ process }) => process.exitCode === null && process.signalCode === null,
      )
      return live[this.turn++ % live.length]?.port ?? 1
    })
  }

  /** A real session: signed out on one node it is over on all. */
  async cookieOf(actor: Actor): Promise<string> {
    const sessions = createSessions(this.services)
    const { personId, strength, source } = actor
    const { token } = await this.services.db.transaction((tx) =>
      sessions.start(tx, { personId, strength, source }),
    )
    return `${sessions.cookieName}=${token}`
  }

  /** A section for everyone, with the empty paragraph. */
  section(): Promise<string> {
    const { world, documentId, orgs } = this.world
    return world.section(documentId, orgs.county, { begun: true })
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()))
    await this.services.close()
    await this.drop()
  }
}
