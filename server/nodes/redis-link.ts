import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { type NodeMessage, readMessage, writeMessage } from '@/server/nodes/messages'

const ALIVE_EVERY_MS = 500
/** Without its own heartbeat for this long a node calls Redis lost: also one that is paused, or half open. */
const LOST_AFTER_MS = 2_000

const OPTIONS = {
  // Nothing waits for Redis: what cannot be said now is not worth saying later.
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2_000,
  commandTimeout: 2_000,
  retryStrategy: (times: number) => Math.min(100 * times, 1_000),
}

export interface RedisLink {
  /** Whether messages go round: this node has heard itself a moment ago. */
  carries(): boolean
  /** Told to every other node; lost without a word when Redis is. */
  tell(message: NodeMessage): void
  stop(): Promise<void>
}

interface Ears {
  onMessage(from: string, message: NodeMessage): void
  /** Messages go round, again or for the first time. */
  onCarries(): void
}

/**
 * One channel for all nodes of one database, on two connections. Redis holds nothing of ours: killed, emptied or
 * paused, it takes no more with it than what was being said.
 * @param database names the database, so that two installations may share a Redis without hearing each other
 */
export const openRedisLink = (
  url: string,
  { node, database, log }: { node: string; database: string; log: Logger },
  ears: Ears,
): RedisLink => {
  const channel = `liaison:${database}`
  const speaking = new Redis(url, OPTIONS)
  const hearing = new Redis(url, OPTIONS)
  // Connections are lost and come back; what is worth a line in the log is whether messages go round.
  speaking.on('error', () => undefined)
  hearing.on('error', () => undefined)
  hearing.on('ready', () => {
    hearing.subscribe(channel).catch(() => hearing.disconnect(true))
  })

  const startedAt = performance.now()
  let heardMyselfAt = Number.NEGATIVE_INFINITY
  let state: 'starting' | 'up' | 'lost' = 'starting'

  const say = (message: NodeMessage) => {
    if (speaking.status !== 'ready') return
    speaking.publish(channel, writeMessage(node, message)).catch(() => undefined)
  }

  hearing.on('message', (_channel: string, text: string) => {
    const heard = readMessage(text)
    if (heard === null) return
    if (heard.from !== node) {
      ears.onMessage(heard.from, heard.message)
      return
    }
    if (heard.message.kind !== 'alive') return
    heardMyselfAt = performance.now()
    if (state === 'up') return
    log.info(state === 'lost' ? 'Redis is back: nodes are told of each other again' : 'Redis carries')
    state = 'up'
    ears.onCarries()
  })

  const timer = setInterval(() => {
    say({ kind: 'alive' })
    const silent = performance.now() - Math.max(heardMyselfAt, startedAt)
    if (state === 'lost' || silent < LOST_AFTER_MS) return
    state = 'lost'
    log.warn('Redis is lost: this node asks the database instead, and nothing is lost with it')
  }, ALIVE_EVERY_MS)
  timer.unref()

  return {
    carries: () => state === 'up',
    tell(message) {
      if (state === 'up') say(message)
    },
    async stop() {
      clearInterval(timer)
      say({ kind: 'leaving' })
      await Promise.allSettled([speaking.quit(), hearing.quit()])
      speaking.disconnect()
      hearing.disconnect()
    },
  }
}
