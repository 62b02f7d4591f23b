import type { Services } from '@/server/services'
import type { Chore } from '@/server/upkeep/chore'
import { CHORES } from '@/server/upkeep/chores'

const EVERY_MS = 20_000
/** A chore that always says that there is more must not keep the others waiting for ever. */
const ROUNDS = 100

/**
 * Does every chore now and then. Nodes take turns by an advisory lock that the transaction holds: a node that finds it taken
 * leaves the chore to the other. One that fails is logged and tried again; the others go on.
 */
export const startUpkeep = (
  services: Services,
  chores: readonly Chore[] = CHORES,
): { runNow(): Promise<void>; stop(): Promise<void> } => {
  let stopped = false
  let under: Promise<void> = Promise.resolve()
  const round = async () => {
    for (const chore of chores) {
      for (let i = 0; i < ROUNDS && !stopped && (await runChore(services, chore)); i++);
    }
  }
  const runNow = () => {
    under = under.then(round)
    return under
  }
  const timer = setInterval(() => void runNow(), EVERY_MS)
  timer.unref()
  return {
    runNow,
    async stop() {
      stopped = true
      clearInterval(timer)
      await under
    },
  }
}

const runChore = async (services: Services, chore: Chore): Promise<boolean> => {
  try {
    return await services.db.transaction(async (tx) => {
      const { rows } = await tx.query<{ mine: boolean }>(
        'select pg_try_advisory_xact_lock(hashtext($1)) as mine',
        [`upkeep ${chore.name}`],
      )
      return rows[0]?.mine === true && (await chore.run(services, tx, services.now()))
    })
  } catch (error) {
    services.log.error({ err: error, chore: chore.name }, 'a chore failed')
    return false
  }
}
