import type { Services } from '@/server/services'
import { readBatch } from '@/server/streams/read-batch'
import { problemOf, type Send } from '@/server/streams/send'
import {
  advance,
  giveLease,
  LEASE_SECONDS,
  placesOf,
  type Stream,
  takeLease,
} from '@/server/streams/stream-rows'
import { type Lag, watchLag } from '@/server/streams/watch-lag'

export interface Pace {
  /** When nothing is new, and while another node has the stream. */
  idleMs: number
  /** Of the first waiting after a failure; doubled with each, up to the longest. */
  backOffMs: number
  longestMs: number
}

export const PACE: Pace = { idleMs: 1_000, backOffMs: 500, longestMs: 60_000 }

/** More than a message may take (`timeoutSeconds`): with less left of it, the lease is taken anew. */
const KEEP_MS = 75_000

export interface RunningStream {
  name: string
  /** As of the last look; null while another node has it. */
  lag(): Lag | null
  sent(): number
  stop(): Promise<void>
}

/**
 * One stream, for as long as the process runs: batch after batch in the order of each tree, the cursor moved only once the
 * receiver has it. Whatever fails is tried again, with full jitter; nothing is ever left out.
 */
export const runStream = (services: Services, stream: Stream, send: Send, pace = PACE): RunningStream => {
  const { db, log, node } = services
  const { name } = stream.config
  let stopped = false
  let failures = 0
  let sent = 0
  let lag: Lag | null = null
  /** By this process's own clock, counted from before the question. */
  let leasedUntil = 0
  let wake = () => {}

  const holdLease = async (): Promise<boolean> => {
    const now = performance.now()
    if (leasedUntil - now > KEEP_MS) return true
    const held = await takeLease(db, name, node)
    leasedUntil = held ? now + LEASE_SECONDS * 1_000 : 0
    return held
  }

  /** One batch of each tree that has news, so that a busy tree does not hold up the others. @returns whether anything moved */
  const deliver = async (): Promise<boolean> => {
    let moved = false
    for (const place of await placesOf(db, stream)) {
      if (stopped || !(await holdLease())) return moved
      const { events, next } = await readBatch(services, stream, place)
      if (events.length > 0) await send(events)
      if (!(await advance(db, name, node, { tree: place.tree, next, sent: events.length > 0 }))) {
        leasedUntil = 0
        return moved
      }
      sent += events.length
      moved = true
    }
    return moved
  }

  /** @returns milliseconds until the next one */
  const round = async (): Promise<number> => {
    try {
      if (!(await holdLease())) {
        lag = null
        return pace.idleMs
      }
      const moved = await deliver()
      failures = 0
      lag = await watchLag(services, stream, null, lag)
      return moved ? 0 : pace.idleMs
    } catch (error) {
      if (stopped) return 0
      failures++
      const problem = problemOf(error)
      log.warn({ err: error, stream: name, failures }, 'a stream did not get on')
      lag = await watchLag(services, stream, problem.message, lag).catch(() => lag)
      return Math.random() * Math.min(pace.longestMs, pace.backOffMs * 2 ** Math.min(failures, 20))
    }
  }

  const run = async (): Promise<void> => {
    while (!stopped) {
      const after = await round()
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, after)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (stopped) wake()
      })
    }
    await giveLease(db, name, node).catch((error: unknown) =>
      log.warn({ err: error }, 'a stream was not given back'),
    )
  }
  const running = run()
  return {
    name,
    lag: () => lag,
    sent: () => sent,
    async stop() {
      stopped = true
      wake()
      await running
    },
  }
}
