import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ByteWriter } from '@/lib/sync/byte-writer'
import type { Reply, Usage } from '@/tests/bench/peers/report'
import { ownDatabase } from '@/tests/support/database'
import { bundleNode } from '@/tests/support/sync/node-bundle'

export const SERVERS = [
  'relay',
  'coalesced relay',
  '@y/websocket-server',
  'Hocuspocus',
  'Liaison, PostgreSQL',
  'Liaison, embedded',
] as const
export type ServerName = (typeof SERVERS)[number]

/** One server under measurement, in a process of its own, with what its clients must do differently. */
export interface Server {
  name: ServerName
  child: ChildProcess
  port: number
  /** New rooms that hold the document in this file. @returns their paths. */
  rooms(file: string, count: number): Promise<string[]>
  headersOf(client: number): Record<string, string>
  /** What stands before every message of this room, and what a client says before anything else. */
  prefixOf(path: string): Uint8Array
  hello(path: string): Uint8Array[]
  ask<T>(what: string, given?: unknown): Promise<T>
  usage(): Promise<Usage>
  stop(): Promise<void>
}

const PLAIN: Record<string, string> = {
  relay: './peers/relay.ts',
  'coalesced relay': './peers/coalesced-relay.ts',
  '@y/websocket-server': './peers/y-websocket-server.mjs',
  Hocuspocus: './peers/hocuspocus.mjs',
}

const NOTHING = new Uint8Array()

/** Extra arguments of Node for servers: `BENCH_NODE_ARGS=--cpu-prof` tells what bounds a figure. */
const nodeArguments = (): string[] => ['--expose-gc', ...(process.env.BENCH_NODE_ARGS?.split(' ') ?? [])]

const startChild = (entry: string, args: string[], loader: string[]) =>
  new Promise<{ child: ChildProcess; ready: { port: number; cookies?: string[] } }>((resolve, reject) => {
    const child = fork(entry, args, { execArgv: [...nodeArguments(), ...loader] })
    child.once('message', (ready) => resolve({ child, ready: ready as { port: number } }))
    child.once('exit', (code) => reject(new Error(`${entry} ended with ${code}`)))
  })

/** Questions to a server, answered in any order. */
const asker = (child: ChildProcess) => {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let next = 0
  child.on('message', (reply: Reply) => {
    const mine = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('error' in reply) mine?.reject(new Error(reply.error))
    else mine?.resolve(reply.value)
  })
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the server has ended'))
    waiting.clear()
  })
  return <T>(ask: string, given?: unknown): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++next
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      if (!child.connected) reject(new Error('the server has ended'))
      else child.send({ id, ask, given })
    })
}

const endOf = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  // Not killed outright when it is being profiled: the profile is written at its end.
  if (child.connected && process.env.BENCH_NODE_ARGS) child.disconnect()
  else child.kill('SIGKILL')
  await gone
}

const startPlain = async (name: ServerName): Promise<Server> => {
  const path = fileURLToPath(new URL(PLAIN[name] ?? '', import.meta.url))
  const { child, ready } = await startChild(path, [], ['--import', 'tsx'])
  const ask = asker(child)
  const kinds = new Map<string, number>()
  let opened = 0
  return {
    name,
    child,
    port: ready.port,
    async rooms(file, count) {
      const known = kinds.get(file)
      const kind = known ?? kinds.size
      if (known === undefined) {
        kinds.set(file, kind)
        await ask('serve', { kind: `k${kind}`, file })
      }
      return Array.from({ length: count }, () => `/k${kind}-${opened++}`)
    },
    headersOf: () => ({}),
    ask,
    usage: () => ask('usage'),
    stop: () => endOf(child),
    ...(name === 'Hocuspocus' ? hocuspocus : { prefixOf: () => NOTHING, hello: () => [] }),
  }
}

/** Hocuspocus puts the document's name before every message, and wants a token message first. */
const named = (path: string): Uint8Array => {
  const writer = new ByteWriter()
  writer.text(path.slice(1))
  return writer.take()
}
const hocuspocus = {
  prefixOf: named,
  hello: (path: string): Uint8Array[] => {
    const writer = new ByteWriter()
    writer.raw(named(path))
    for (const value of [2, 0]) writer.varUint(value)
    writer.text('token')
    return [writer.take()]
  },
}

/** People who share the rooms of our server: everybody has limits of their own there. */
const PEOPLE = 100

const startOurs = async (name: ServerName, postgresqlUrl: string | null): Promise<Server> => {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-bench-'))
  const database = postgresqlUrl === null ? null : await ownDatabase(postgresqlUrl)
  const entry = await bundleNode('tests/bench/peers/ours.ts')
  const { child, ready } = await startChild(entry, [folder, database?.url ?? '', String(PEOPLE)], [])
  const { port, cookies = [] } = ready
  const ask = asker(child)
  return {
    name,
    child,
    port,
    rooms: async (file, count) =>
      (await ask<string[]>('sections', { file, count })).map((id) => `/collab/${id}`),
    headersOf: (client) => ({
      origin: 'http://localhost:3000',
      cookie: cookies[client % cookies.length] ?? '',
    }),
    prefixOf: () => NOTHING,
    hello: () => [],
    ask,
    usage: () => ask('usage'),
    async stop() {
      await endOf(child)
      rmSync(folder, { recursive: true, force: true })
      await database?.drop()
    },
  }
}

export const isOurs = ({ name }: Pick<Server, 'name'>): boolean => name.startsWith('Liaison')

/** @param postgresqlUrl a server on which a database of our own is made and dropped */
export const startServer = (name: ServerName, postgresqlUrl: string | null): Promise<Server> =>
  isOurs({ name }) ? startOurs(name, name === 'Liaison, PostgreSQL' ? postgresqlUrl : null) : startPlain(name)
