import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Id } from '@/lib/ids'
import { NodeProcess } from '@/tests/faults/run/node-process'
import { Cluster } from '@/tests/faults/run/postgresql'
import { isLossOfAccess, isRefusalOfFrames, Replica } from '@/tests/faults/run/replica'
import { FaultProxy } from '@/tests/support/fault-proxy'
import { pick, type Random } from '@/tests/support/seeded'
import { freePort } from '@/tests/support/server'
import { bundleNode } from '@/tests/support/sync/node-bundle'

export type Kind = 'embedded' | 'postgresql'

/** People of a run: 0 … 7. Two of them only look. */
export const PEOPLE = 8
const LOOKERS = 2
const SECTIONS = 3
/** Milliseconds between two tokens of one typist. */
const TYPES_EVERY = 120

export interface NodeWithLinks {
  process: NodeProcess
  /** To the database and to Redis; null: none, or on this thread. */
  database: FaultProxy | null
  redis: FaultProxy | null
}

/** Everything that a fault run has under its hands: servers, links, databases, clients. */
export class Bed {
  readonly nodes: NodeWithLinks[] = []
  replicas: Replica[] = []
  sections: Id[] = []
  /** Promises of clients that are gone. */
  readonly kept = new Map<Id, Set<string>>()
  /** Everything that anybody ever typed, by section. */
  readonly typed = new Map<Id, Set<string>>()
  /** Per person and section: sockets on which something came. */
  readonly openings = new Map<string, number>()
  readonly revoked = new Set<number>()
  readonly violations: string[] = []
  clients!: FaultProxy
  cluster: Cluster | null = null
  redisPort = 0
  redis: ChildProcess | null = null
  private entry = ''
  private names = 0
  private turn = 0
  private typing: NodeJS.Timeout | null = null

  constructor(
    readonly kind: Kind,
    readonly random: Random,
    /** Of its own; on a small disk if there is one. */
    readonly folder: string,
    /** On an ordinary disk. */
    private readonly logs: string,
  ) {}

  async open(): Promise<void> {
    this.entry = await bundleNode('tests/faults/run/node.ts')
    if (this.kind === 'postgresql') {
      this.cluster = await Cluster.start(join(this.folder, 'cluster'), join(this.logs, 'postgresql.log'))
      await this.startRedis()
    }
    for (let i = 0; i < (this.kind === 'postgresql' ? 2 : 1); i++) await this.addNode(i)
    this.clients = await FaultProxy.listen(() => this.anyPort())
  }

  /** A balancer without favourites and without memory. */
  private anyPort(): number {
    const up = this.nodes.filter(({ process }) => process.ready !== null)
    return up.length === 0 ? 1 : (up[this.turn++ % up.length] as NodeWithLinks).process.port
  }

  private async addNode(i: number): Promise<void> {
    const folder = join(this.folder, `node-${i}`)
    mkdirSync(folder, { recursive: true })
    const { cluster } = this
    const database = cluster === null ? null : await FaultProxy.listen(() => cluster.port)
    const redis = cluster === null ? null : await FaultProxy.listen(() => this.redisPort)
    const urls = [
      database === null ? '' : `postgresql://postgres@127.0.0.1:${database.port}/postgres`,
      redis === null ? '' : `redis://127.0.0.1:${redis.port}`,
    ]
    const args = [folder, join(this.logs, `node-${i}.log`), join(this.folder, 'world.json'), ...urls]
    const process = new NodeProcess(() => ({ entry: this.entry, args }))
    this.nodes.push({ process, database, redis })
    await process.start()
  }

  async startRedis(): Promise<void> {
    this.redisPort ||= await freePort()
    const args = ['--port', String(this.redisPort), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']
    this.redis = spawn('redis-server', args, { stdio: 'ignore' })
    await once(this.redis, 'spawn')
    while (!(await answers(this.redisPort))) await new Promise((resolve) => setTimeout(resolve, 20))
  }

  get someNode(): NodeWithLinks {
    return pick(this.random, this.nodes)
  }

  /** Whom to ask for facts: a node that runs and whose links are whole. */
  get witness(): NodeProcess {
    return (this.nodes.find(({ process }) => process.ready !== null) ?? (this.nodes[0] as NodeWithLinks))
      .process
  }

  /** Resolves when every server answers: faults are over, supervisors have done their work. */
  async whole(): Promise<void> {
    const began = performance.now()
    for (const { process } of this.nodes) {
      while (
        !(await process.ask({ what: 'query', text: 'select 1', values: [] }).then(
          () => true,
          () => false,
        ))
      ) {
        if (performance.now() - began > 60_000) {
          this.violations.push(`a server does not answer: ${process.lastWords}`)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  /** New sections, new documents, new clients: what was before is checked for the last time and left alone. */
  async newSections(): Promise<void> {
    this.leave(this.replicas)
    this.sections = await this.witness.insist<Id[]>({ what: 'sections', count: SECTIONS })
    for (const sectionId of this.sections) {
      this.kept.set(sectionId, new Set())
      this.typed.set(sectionId, new Set())
      for (let person = 0; person < PEOPLE; person++) this.join(person, sectionId)
    }
  }

  join(person: number, sectionId: Id): void {
    const cookie = this.nodes[0]?.process.ready?.cookies[person] ?? this.cookies[person] ?? ''
    this.cookies[person] = cookie
    this.replicas.push(new Replica(person, sectionId, this.newName(person), this.clients.port, cookie))
  }
  private readonly cookies: string[] = []

  /** What a client's tokens begin with: never twice the same. */
  newName(person: number): string {
    return `${this.names++}.${person}`
  }

  /** What they were promised stays promised. */
  leave(leaving: readonly Replica[]): void {
    for (const replica of leaving) {
      const { sectionId, person, openings } = replica
      for (const token of replica.promised()) this.kept.get(sectionId)?.add(token)
      for (const token of replica.typed) this.typed.get(sectionId)?.add(token)
      const key = `${person} ${sectionId}`
      this.openings.set(key, (this.openings.get(key) ?? 0) + openings)
      this.judgeCodes(replica)
      replica.destroy()
    }
    this.replicas = this.replicas.filter((replica) => !leaving.includes(replica))
  }

  judgeCodes(replica: Replica): void {
    for (const code of replica.closeCodes.splice(0)) {
      if (isRefusalOfFrames(code)) this.violations.push(`person ${replica.person} was closed with ${code}`)
      if (isLossOfAccess(code) && !this.revoked.has(replica.person))
        this.violations.push(`person ${replica.person} was refused (${code}) without having lost anything`)
    }
  }

  startTyping(): void {
    this.typing ??= setInterval(() => {
      for (const replica of this.replicas) {
        if (replica.person < LOOKERS || this.random() > TYPING_STEP / TYPES_EVERY) continue
        replica.type(this.random)
      }
    }, TYPING_STEP)
  }

  stopTyping(): void {
    if (this.typing !== null) clearInterval(this.typing)
    this.typing = null
  }

  async close(): Promise<void> {
    this.stopTyping()
    this.leave(this.replicas)
    await this.clients?.close()
    for (const { process, database, redis } of this.nodes) {
      process.signal('SIGCONT')
      await process.kill()
      await database?.close()
      await redis?.close()
    }
    this.redis?.kill('SIGKILL')
    await this.cluster?.stop()
  }
}

const TYPING_STEP = 20

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
