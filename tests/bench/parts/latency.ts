import type { Bed } from '@/tests/bench/bed'
import { checkOf, medianOf, type PartFigures, percentile, round, times, timesOf } from '@/tests/bench/figures'
import { gatherCrowd, type Typist, typePaced, untilArrived } from '@/tests/bench/load/typing'
import { isOurs, type Server, type ServerName } from '@/tests/bench/servers'

/** Keystrokes of one person in a second. */
const KEYS_PER_SECOND = 5

export interface Latency {
  p50: number
  p99: number
  cpuPerDelivery: number
}

/** Milliseconds from the write of a keystroke to its arrival at each other member. */
export const measureLatency = async (
  bed: Bed,
  server: Server,
  { people, typing, seconds }: { people: number; typing: number; seconds: number },
): Promise<Latency> => {
  const sentAt = new Map<Typist, number[]>()
  const waited: number[] = []
  let counts = false
  const crowd = await gatherCrowd(server, await server.rooms(bed.base, 1), people, (author, from, to) => {
    if (!counts) return
    const arrived = performance.now()
    const times = sentAt.get(author)
    for (let clock = from; clock < to; clock++) {
      const sent = times?.[clock]
      if (sent !== undefined) waited.push(arrived - sent)
    }
  })
  const typists = crowd.typists.slice(0, typing)
  for (const typist of typists) sentAt.set(typist, [])
  await typePaced(typists, typing * KEYS_PER_SECOND, seconds / 4)
  await untilArrived(crowd)
  counts = true
  crowd.delivered = 0
  const before = await server.usage()
  await typePaced(typists, typing * KEYS_PER_SECOND, seconds, (typist, clock) => {
    const times = sentAt.get(typist)
    if (times !== undefined) times[clock] = performance.now()
  })
  await untilArrived(crowd)
  const after = await server.usage()
  crowd.leave()
  return {
    p50: percentile(waited, 0.5),
    p99: percentile(waited, 0.99),
    cpuPerDelivery: (after.cpu - before.cpu) / crowd.delivered,
  }
}

const REMARKS = [
  'What bounds it: the time to forward, which is the coalesced relay’s, and one commit before it. At 20 ms from one keystroke to the next the disk has gone idle each time: fdatasync of one page took 0.2 ms in a row and 0.5 to 1 ms after 15 to 20 ms of rest; a one-row insert of PostgreSQL, committed to disk, 1.1 ms, a query that does nothing 0.5 ms. The commit of a keystroke takes 2.1 to 2.5 ms on both databases.',
  'Tried. One statement instead of BEGIN, two statements and COMMIT: 0.8 ms instead of 1.4 in a row, 2.4 instead of 3.3 after a rest; of the p50 here that was 0 to 0.1 ms on a machine with other work, for the disk and the waking of processes remain. fdatasync instead of fsync in the embedded database: the same (0.68 and 0.76 ms). Plans that PostgreSQL makes once (plan_cache_mode): 0.76 instead of 0.83 ms, not kept, as it would bind every other query too.',
]

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const people = quick ? 10 : 200
  const typing = quick ? 5 : 10
  const servers = await bed.servers()
  const rounds = await bed.interleaved(servers, quick ? 1 : 3, (server, n) =>
    measureLatency(bed, server, { people, typing, seconds: quick ? 0.5 : n === 0 ? 1 : 3 }),
  )
  const p50 = (name: ServerName) => medianOf(rounds, name, (one) => one.p50)
  return {
    tables: [
      {
        title: `One room of ${people}, ${typing} of them typing`,
        means: `Each types ${KEYS_PER_SECOND} keys a second. Milliseconds from the keystroke’s write to its arrival at each other person; ours is durable and on record by then.`,
        head: ['server', 'p50 ms', 'to relay', 'p99 ms', 'CPU µs per delivery'],
        rows: [...rounds.keys()].map((name) => [
          name,
          round(p50(name)),
          timesOf(p50(name), p50('relay')),
          round(medianOf(rounds, name, (one) => one.p99)),
          round(medianOf(rounds, name, (one) => one.cpuPerDelivery)),
        ]),
      },
    ],
    remarks: REMARKS,
    checks: [
      checkOf(
        `${people} clients, ${typing} typists, p50`,
        { text: '≤ 1.35× relay, ≤ Hocuspocus', bounds: [{ most: 1.35 }, { most: 1 }] },
        { text: '≤ 1.2× relay', bounds: [{ most: 1.2 }, null] },
        servers.filter(isOurs).map(({ name }) => {
          const values = [p50(name) / p50('relay'), p50(name) / p50('Hocuspocus')]
          return {
            server: name,
            values,
            text: `${times(values[0] as number)} relay, ${times(values[1] as number)} Hocuspocus`,
          }
        }),
      ),
    ],
  }
}
