import type { Server } from 'node:http'
import type { Logger } from 'pino'

/** Milliseconds: for everything together, and for requests that are still being answered. */
const ALL = 9_000
const REQUESTS = 3_000

interface Drained {
  front: Server
  log: Logger
  /** Sockets first: flush what was typed, close with the code that brings clients back. */
  sockets: () => Promise<unknown>
  /** What stops once nobody asks any more, one after the other, each whatever became of the one before. */
  then: readonly (() => Promise<unknown>)[]
  exit: (code: number) => void
}

/**
 * On SIGTERM or SIGINT: stop accepting, drain the sockets, let running requests finish, run the other steps in order, and
 * exit within ten seconds. A second signal does not shorten it: flushed is flushed.
 */
export const drainOnSignal = ({ front, log, sockets, then, exit }: Drained): void => {
  let draining = false
  const drain = async (signal: string): Promise<void> => {
    if (draining) return
    draining = true
    log.info({ signal }, 'draining')
    setTimeout(() => {
      log.error('draining took too long')
      exit(1)
    }, ALL).unref()
    const requests = finishRequests(front)
    let code = 0
    for (const step of [sockets, () => requests, ...then]) {
      try {
        await step()
      } catch (problem) {
        code = 1
        log.error({ err: problem }, 'a step of draining failed')
      }
    }
    log.info('stopped')
    exit(code)
  }
  process.on('SIGTERM', () => void drain('SIGTERM'))
  process.on('SIGINT', () => void drain('SIGINT'))
}

/** Accepts nothing new; ends what still runs after a while. Resolves when no connection is left. */
const finishRequests = (front: Server): Promise<void> =>
  new Promise((resolve) => {
    front.close(() => resolve())
    front.closeIdleConnections()
    setTimeout(() => front.closeAllConnections(), REQUESTS).unref()
  })
