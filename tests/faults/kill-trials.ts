import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readVarUint } from 'lib0/decoding'
import { ACK_PARAMETER, MESSAGE } from '@/lib/sync/protocol'
import { ownDatabase } from '@/tests/support/database'
import { seeded } from '@/tests/support/seeded'
import { bundleNode } from '@/tests/support/sync/node-bundle'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import type { NodeReady } from '@/tests/support/sync/sync-node'

export interface KillReport {
  kills: number
  typed: number
  /** Tokens that another client had seen, or that were acknowledged, when the server was killed. */
  promised: number
  /** Promised tokens that were not there exactly once after the restart. */
  broken: string[]
}

/** Kills on one data folder; then a new one, so that the last of a thousand starts as fast as the first. */
const KILLS_ON_ONE_FOLDER = 50

/**
 * How a process runs that lives for a second: the embedded database's code is compiled once, not twice. Everything
 * else is as always.
 */
const SHORT_LIVED = ['--liftoff-only']

type Start = () => Promise<{ child: ChildProcess; ready: NodeReady }>

const starterOf =
  (entry: string, folder: string, databaseUrl: string): Start =>
  () =>
    new Promise((resolve, reject) => {
      const child = fork(entry, [folder, databaseUrl], { execArgv: SHORT_LIVED })
      child.once('message', (ready) => resolve({ child, ready: ready as NodeReady }))
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })

interface Typist {
  client: SyncClient
  /** Tokens in the order typed; the n-th write frame holds the n-th token. */
  typed: string[]
  acknowledged: number
}

const open = (ready: NodeReady, who: number, onAck: (count: number) => void): SyncClient => {
  const client = openClient({
    port: ready.port,
    sectionId: ready.sectionId,
    cookie: ready.cookies[who] ?? '',
    params: { [ACK_PARAMETER]: '1' },
  })
  client.provider.messageHandlers[MESSAGE.ack] = (_encoder, decoder) => onAck(readVarUint(decoder))
  return client
}

/**
 * Two clients type unique tokens, a third only looks; the server is killed (SIGKILL) at random moments and started
 * again on the same data. What the watcher had seen or the server had acknowledged must be there, exactly once.
 * Every client is new in every round: whatever is there comes from the server.
 * @param databaseUrl of the PostgreSQL server on which databases of its own are made and dropped; '' for embedded
 */
export const runKillTrials = async (
  kills: number,
  seed: number,
  databaseUrl = '',
  onKill: (report: KillReport) => void = () => undefined,
): Promise<KillReport> => {
  const random = seeded(seed)
  const entry = await bundleNode('tests/support/sync/sync-node.ts')
  const report: KillReport = { kills: 0, typed: 0, promised: 0, broken: [] }
  while (report.kills < kills) {
    const folder = mkdtempSync(join(tmpdir(), 'liaison-kill-'))
    const database = databaseUrl === '' ? null : await ownDatabase(databaseUrl)
    try {
      const most = Math.min(KILLS_ON_ONE_FOLDER, kills - report.kills)
      await killOn(starterOf(entry, folder, database?.url ?? ''), most, random, report, onKill)
    } finally {
      rmSync(folder, { recursive: true, force: true })
      await database?.drop()
    }
  }
  return report
}

const killOn = async (
  start: Start,
  kills: number,
  random: () => number,
  report: KillReport,
  onKill: (report: KillReport) => void,
): Promise<void> => {
  const promised = new Set<string>()
  let node = await start()
  try {
    for (let round = 0; round < kills; round++) {
      const seenBefore = promised.size
      await typeAndKill(node, round, random, promised, report)
      node = await start()
      report.broken.push(...(await brokenOn(node.ready, promised)))
      report.kills++
      report.promised += promised.size - seenBefore
      onKill(report)
    }
  } finally {
    node.child.removeAllListeners('exit')
    const gone = new Promise((resolve) => node.child.once('exit', resolve))
    node.child.kill('SIGKILL')
    await gone
  }
}

const typeAndKill = async (
  node: Awaited<ReturnType<Start>>,
  round: number,
  random: () => number,
  promised: Set<string>,
  report: KillReport,
): Promise<void> => {
  const watcher = open(node.ready, 3, () => undefined)
  const typists = [0, 1].map((who): Typist => {
    const typist: Typist = { client: undefined as never, typed: [], acknowledged: 0 }
    typist.client = open(node.ready, who, (count) => {
      typist.acknowledged = count
    })
    return typist
  })
  await Promise.all([watcher, ...typists.map(({ client }) => client)].map(({ synced }) => synced))
  const typing = typists.map((typist, who) =>
    setInterval(() => {
      const token = `<${round}.${who}.${typist.typed.length}>`
      typist.typed.push(token)
      typist.client.text.insert(typist.client.text.length, token)
      report.typed++
    }, 2),
  )
  // Something must have been seen, or a kill proves nothing; then any moment will do.
  await untilDoc(watcher.doc, () => watcher.text.toString().includes(`<${round}.`))
  await new Promise((resolve) => setTimeout(resolve, random() * 400))
  const gone = new Promise((resolve) => node.child.once('exit', resolve))
  node.child.kill('SIGKILL')
  await gone
  for (const timer of typing) clearInterval(timer)
  for (const token of watcher.text.toString().match(/<[^>]+>/g) ?? []) promised.add(token)
  for (const { typed, acknowledged } of typists) {
    // The first write frame is the step 2 of the connection.
    for (const token of typed.slice(0, Math.max(0, acknowledged - 1))) promised.add(token)
  }
  for (const client of [watcher, ...typists.map((typist) => typist.client)]) client.destroy()
}

/** What was promised and is not there exactly once, as a client sees it that has never been here. */
const brokenOn = async (ready: NodeReady, promised: ReadonlySet<string>): Promise<string[]> => {
  const fresh = open(ready, 2, () => undefined)
  await fresh.synced
  await new Promise((resolve) => setImmediate(resolve))
  const counts = new Map<string, number>()
  for (const token of fresh.text.toString().match(/<[^>]+>/g) ?? [])
    counts.set(token, (counts.get(token) ?? 0) + 1)
  fresh.destroy()
  return [...promised]
    .filter((token) => counts.get(token) !== 1)
    .map((token) => `${token} ×${counts.get(token) ?? 0}`)
}
