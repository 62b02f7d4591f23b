import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { SnapshotReply, SnapshotRequest } from '@/server/sync/snapshot-worker'

/** Milliseconds after which a document is called stuck: the thread is ended and a new one started. */
const PATIENCE = 30_000

/**
 * The thread's entry. In the built server everything is one folder of JavaScript. As source (development, tests) it
 * is TypeScript, and tsx does not reach into threads by itself: the thread starts by asking for it.
 */
const startThread = (): Worker => {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./snapshot-worker.js', import.meta.url))
  const tsx = createRequire(import.meta.url).resolve('tsx/cjs/api')
  const entry = fileURLToPath(new URL('../snapshot-worker.ts', import.meta.url))
  const load = `require(${JSON.stringify(tsx)}).require(${JSON.stringify(entry)}, ${JSON.stringify(entry)})`
  return new Worker(load, { eval: true })
}

interface Waiting {
  resolve(bytes: Uint8Array): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}

/** Garbage-collected states, made in one worker thread that starts on first need. */
export class Snapshots {
  private worker: Worker | null = null
  private readonly waiting = new Map<number, Waiting>()
  private next = 1
  private closed = false

  constructor(private readonly log: Logger) {}

  /** @param updates a state and the updates after it, in order. @returns one update without what was deleted. */
  collect(updates: Uint8Array[]): Promise<Uint8Array> {
    if (this.closed) return Promise.reject(new Error('stopping'))
    const id = this.next++
    const worker = this.start()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.restart(new Error('a snapshot took too long')), PATIENCE)
      timer.unref()
      this.waiting.set(id, { resolve, reject, timer })
      // Views would carry their whole memory along: one copy of exactly what is needed, handed over.
      const packed = new Uint8Array(updates.reduce((sum, update) => sum + update.length, 0))
      let at = 0
      for (const update of updates) {
        packed.set(update, at)
        at += update.length
      }
      const request: SnapshotRequest = { id, packed, lengths: updates.map((update) => update.length) }
      worker.postMessage(request, [packed.buffer])
    })
  }

  async close(): Promise<void> {
    this.closed = true
    const worker = this.worker
    this.fail(new Error('stopping'))
    await worker?.terminate()
  }

  private start(): Worker {
    if (this.worker !== null) return this.worker
    const worker = startThread()
    worker.on('message', (reply: SnapshotReply) => {
      const waiting = this.waiting.get(reply.id)
      if (waiting === undefined) return
      this.waiting.delete(reply.id)
      clearTimeout(waiting.timer)
      if ('bytes' in reply) waiting.resolve(reply.bytes)
      else waiting.reject(new Error(`a snapshot failed: ${reply.error}`))
    })
    worker.on('error', (error) => {
      if (this.worker !== worker) return
      this.log.error({ err: error }, 'the snapshot thread failed')
      this.fail(error)
    })
    worker.unref()
    this.worker = worker
    return worker
  }

  private restart(error: Error): void {
    this.log.error('a snapshot took too long')
    const worker = this.worker
    this.fail(error)
    void worker?.terminate()
  }

  private fail(error: Error): void {
    this.worker = null
    for (const waiting of this.waiting.values()) {
      clearTimeout(waiting.timer)
      waiting.reject(error)
    }
    this.waiting.clear()
  }
}
