import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FuzzFigures, FuzzReady } from '@/tests/fuzz/fuzz-node'
import { Forked, Lane, type LaneCounts } from '@/tests/fuzz/lane'
import { seeded } from '@/tests/support/seeded'

export interface FuzzReport extends FuzzFigures, LaneCounts {
  seed: number
  seconds: number
  /** What did not hold, with the bytes. */
  wrong: string[]
  /** Lanes that ended because copies of a document were no longer the same: see `Forked`. */
  forked: string[]
}

/** Sections that are shot at side by side. */
const LANES = 4
const SENDERS = 60
/** Milliseconds after its time in which a lane must have come to its end. */
const PATIENCE = 10_000
const ENTRY = fileURLToPath(new URL('./fuzz-node.ts', import.meta.url))

const answer = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the server ended with ${code}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message as T)
    })
  })

/** Fuzzes a server in a process of its own while people type in it. Each lane's frames follow from the seed alone. */
export const runFuzz = async (seconds: number, seed: number, databaseUrl = ''): Promise<FuzzReport> => {
  const args = [databaseUrl, String(LANES), String(SENDERS)]
  const child = fork(ENTRY, args, { execArgv: ['--import', 'tsx'] })
  try {
    const { port, sections, honest, senders } = await answer<FuzzReady>(child)
    const wrong: string[] = []
    const forked: string[] = []
    const until = Date.now() + seconds * 1000
    const lanes = await Promise.all(
      sections.map((sectionId, at) =>
        Lane.open({ port, sectionId, honest, senders, random: seeded(seed + at) }),
      ),
    )
    await Promise.all(
      lanes.map(async (lane) => {
        let alarm: NodeJS.Timeout | undefined
        const stuck = new Promise<never>((_, reject) => {
          const why = () => reject(new Error(`no end after ${lane.last}`))
          alarm = setTimeout(why, seconds * 1000 + PATIENCE)
        })
        try {
          await Promise.race([play(lane, until), stuck])
        } catch (error) {
          const found = error instanceof Forked ? forked : wrong
          found.push(error instanceof Error ? error.message : String(error))
        } finally {
          clearTimeout(alarm)
        }
      }),
    )
    if (child.exitCode !== null) wrong.push(`the server ended with ${child.exitCode}`)
    const figures = answer<FuzzFigures>(child)
    child.send('figures')
    return { seed, seconds, wrong, forked, ...sum(lanes.map(({ counts }) => counts)), ...(await figures) }
  } finally {
    child.removeAllListeners('exit')
    // It drops its database when nobody listens any more.
    child.disconnect()
  }
}

const play = async (lane: Lane, until: number): Promise<void> => {
  while (Date.now() < until) await lane.shoot()
  await lane.finish()
}

const sum = (all: LaneCounts[]): LaneCounts => {
  const total: LaneCounts = { sent: 0, accepted: 0, refused: 0, by: {} }
  for (const { sent, accepted, refused, by } of all) {
    total.sent += sent
    total.accepted += accepted
    total.refused += refused
    for (const [what, count] of Object.entries(by)) total.by[what] = (total.by[what] ?? 0) + count
  }
  return total
}
