import { setTimeout as wait } from 'node:timers/promises'
import type { RefusalReport } from '@/lib/witness/host-answers'
import type { HostClient } from '@/server/witness/program/host-client'
import { mirrorAll } from '@/server/witness/program/mirror'
import { pollOnce } from '@/server/witness/program/poll-once'
import { type StateFile, WitnessProblem } from '@/server/witness/program/state-file'

export interface Poll {
  file: StateFile
  host: HostClient
  stop: AbortSignal
  /** Milliseconds between two rounds while all goes well. */
  every: number
  /** Where a copy is kept of what the agency may see; null: none is. */
  mirror: { folder: string; every: number } | null
  say(line: string): void
}

const LONGEST_WAIT_MS = 300_000
const TELL_AGAIN_MS = 600_000

/**
 * Asks the host again and again for what has grown, and brings back signatures and refusals. A host that does not answer is
 * asked less and less often, at random moments, so that many witnesses do not come back at once.
 * @throws WitnessProblem when nothing may be signed any more
 */
export const poll = async ({ file, host, stop, every, mirror, say }: Poll): Promise<void> => {
  let mirrorDue = 0
  const began = new Set<string>()
  const isNews = createMemory()
  let failures = 0
  while (!stop.aborted) {
    try {
      const { signed, refused } = await pollOnce(file, host)
      if (failures > 0) say('the host answers again')
      failures = 0
      for (const { origin, size } of signed.filter((one) => !began.has(one.origin))) {
        began.add(origin)
        say(`co-signs ${origin}, now of size ${size}`)
      }
      for (const one of refused.filter(isNews)) {
        say(sentenceOf(one))
        await host.post('/refusals', JSON.stringify(one), 'application/json')
      }
      if (mirror !== null && Date.now() >= mirrorDue) {
        mirrorDue = Date.now() + mirror.every
        await mirrorAll({ file, host, folder: mirror.folder, say })
      }
    } catch (problem) {
      if (problem instanceof WitnessProblem) throw problem
      if (stop.aborted) return
      failures++
      if (failures === 1 || failures % 20 === 0)
        say(`the host does not answer as it should: ${reasonOf(problem)}`)
    }
    const usual = every * (0.9 + Math.random() / 5)
    const longest = Math.min(LONGEST_WAIT_MS, every * 2 ** Math.min(failures, 20))
    await wait(failures === 0 ? usual : longest * (0.5 + Math.random() / 2), null, { signal: stop }).catch(
      () => {},
    )
  }
}

/** The same refusal comes with every round: it is told once, and again after a while. */
const createMemory = () => {
  const told = new Map<string, { what: string; at: number }>()
  return (one: RefusalReport): boolean => {
    const what = JSON.stringify([one.why, one.seen, one.shown])
    const last = told.get(one.origin)
    if (last?.what === what && Date.now() - last.at < TELL_AGAIN_MS) return false
    told.set(one.origin, { what, at: Date.now() })
    return true
  }
}

const WHY: Record<RefusalReport['why'], string> = {
  unknown_log: 'it is no log of the host that this witness watches',
  wrong_key: 'it is not signed with a key of the log that this witness trusts',
  went_back: 'it is smaller than what was signed before: something was taken out',
  other_size: 'it goes on from elsewhere than where this witness stands',
  other_root: 'it is another tree of the same size: two histories',
  not_a_continuation: 'it does not go on from what was signed before: another history',
  malformed: 'it cannot be read',
}

const sentenceOf = ({ origin, why }: RefusalReport): string =>
  `REFUSED to sign ${origin}: ${WHY[why]}. What was shown is kept in the state file (liaison-witness show).`

const reasonOf = (problem: unknown): string => {
  if (!(problem instanceof Error)) return String(problem)
  const { cause } = problem
  return cause instanceof Error ? `${problem.message} (${cause.message})` : problem.message
}
