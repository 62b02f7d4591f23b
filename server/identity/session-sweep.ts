import type { Sessions } from '@/server/identity/sessions'
import { forgetOldThrottles } from '@/server/identity/sign-in/throttle'
import type { Services } from '@/server/services'

const EVERY_MS = 15_000
const FORGET_EVERY = 240

/**
 * Ends sessions that ran out while nobody asked, so that their open sockets close within seconds of the limit. A sweep
 * that fails is logged and tried again.
 */
export const startSessionSweep = (services: Services, sessions: Sessions): { stop(): Promise<void> } => {
  let under: Promise<void> = Promise.resolve()
  let rounds = 0
  const sweep = async (): Promise<void> => {
    try {
      await sessions.endRunOut()
      if (rounds++ % FORGET_EVERY === 0) await forgetOldThrottles(services)
    } catch (error) {
      services.log.error({ err: error }, 'sessions that ran out could not be ended')
    }
  }
  const timer = setInterval(() => {
    under = under.then(sweep)
  }, EVERY_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await under
    },
  }
}
