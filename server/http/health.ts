import type { ServerResponse } from 'node:http'
import { answer } from '@/server/http/answer'

export interface Readiness {
  /** Resolves with null when requests can be served, else with the reason in a few words. */
  whyNot(): Promise<string | null>
  /** What is not as it should be while requests are served all the same; null: nothing. */
  aside(): string | null
}

/** A check that hangs is a check that failed. Milliseconds. */
const PATIENCE = 2000

interface Checked {
  ping(): Promise<unknown>
  pendingMigrations(): Promise<number>
  redis(): 'none' | 'up' | 'lost'
}

/** Ready = the database answers and has exactly this program's tables. */
export const createReadiness = ({ ping, pendingMigrations, redis }: Checked): Readiness => ({
  // Not a reason to take a node out: without Redis the others would be as slow, and nothing is lost.
  aside: () => (redis() === 'lost' ? 'Redis is lost, the database is asked instead' : null),

  async whyNot() {
    let timer: NodeJS.Timeout | undefined
    const tooSlow = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve('the database does not answer'), PATIENCE)
    })
    const check = async (): Promise<string | null> => {
      await ping()
      const pending = await pendingMigrations()
      return pending === 0 ? null : `${pending} database migrations are missing`
    }
    try {
      return await Promise.race([check(), tooSlow])
    } catch {
      return 'the database cannot be reached'
    } finally {
      clearTimeout(timer)
    }
  },
})

/** The process runs; says nothing about the database, so that an orchestrator does not restart us for its sake. */
export const answerHealth = (response: ServerResponse): void => answer(response, 200, 'alive')

export const answerReadiness = async (response: ServerResponse, readiness: Readiness): Promise<void> => {
  const reason = await readiness.whyNot()
  if (reason !== null) return answer(response, 503, `not ready: ${reason}`)
  const aside = readiness.aside()
  answer(response, 200, aside === null ? 'ready' : `ready (${aside})`)
}
