import { type Bed, sleep } from '@/tests/bench/bed'
import { median, type PartFigures, percentile, round } from '@/tests/bench/figures'
import {
  type Crowd,
  gatherCrowd,
  type Typist,
  typePaced,
  typeSaturated,
  untilArrived,
} from '@/tests/bench/load/typing'
import type { Server } from '@/tests/bench/servers'
import { Cluster, redisIsHere, startRedis } from '@/tests/support/sync/cluster'

/** Neither a multiple of two nor of three: neighbours in a room are always on different nodes. */
const ROOMS = 25
const IN_A_ROOM = 4
const KEYS_PER_SECOND = 5
const COUNTS = [1, 2, 3]

interface Figures {
  updates: number
  deliveries: number
  p50: number
  p99: number
}

/** What the load needs of a server: every client is sent to the next node, as a balancer would. */
const roundRobin = async (cluster: Cluster, count: number, redisUrl: string | null): Promise<Server> => {
  const nodes = await Promise.all(Array.from({ length: count }, () => cluster.start({ redisUrl })))
  if (redisUrl !== null) await Promise.all(nodes.map((node) => node.says(/Redis carries/)))
  const { countyLead, weatherEditor, hospitalLead, hospitalEditor } = cluster.world.people
  const people = [countyLead, weatherEditor, hospitalLead, hospitalEditor]
  const cookies = await Promise.all(people.map((actor) => cluster.cookieOf(actor)))
  let turn = 0
  return {
    name: 'Liaison, PostgreSQL',
    // One port is asked for twice in each connection: for the socket and for its Host header.
    get port() {
      return nodes[Math.floor(turn++ / 2) % nodes.length]?.port ?? 0
    },
    headersOf: (client: number) => ({
      origin: 'http://localhost:3000',
      cookie: cookies[Math.floor(client / ROOMS) % cookies.length] ?? '',
    }),
    prefixOf: () => new Uint8Array(),
    hello: () => [],
  } as unknown as Server
}

const saturated = async (crowd: Crowd, seconds: number): Promise<Pick<Figures, 'updates' | 'deliveries'>> => {
  const stop = typeSaturated(crowd, ROOMS, 16)
  await sleep(seconds * 250)
  const arrivedOf = () => crowd.typists.reduce((sum, { arrived }) => sum + arrived, 0)
  const [arrived, delivered, began] = [arrivedOf(), crowd.delivered, performance.now()]
  await sleep(seconds * 1_000)
  const took = (performance.now() - began) / 1_000
  const updates = (arrivedOf() - arrived) / took
  const deliveries = (crowd.delivered - delivered) / took
  stop()
  await untilArrived(crowd, 5_000)
  return { updates, deliveries }
}

const measure = async (serverUrl: string, count: number, seconds: number): Promise<Figures> => {
  const cluster = await Cluster.open(serverUrl)
  const redis = redisIsHere() ? await startRedis() : null
  try {
    const server = await roundRobin(cluster, count, redis?.url ?? null)
    const rooms = await Promise.all(
      Array.from({ length: ROOMS }, async () => `/collab/${await cluster.section()}`),
    )
    const sentAt = new Map<Typist, number[]>()
    const waited: number[] = []
    const nodeOf = new Map<Typist, number>()
    const crowd = await gatherCrowd(server, rooms, IN_A_ROOM, (author, from, to, receiver) => {
      if (count > 1 && nodeOf.get(author) === nodeOf.get(receiver)) return
      for (let clock = from; clock < to; clock++) {
        const sent = sentAt.get(author)?.[clock]
        if (sent !== undefined) waited.push(performance.now() - sent)
      }
    })
    for (const [i, typist] of crowd.typists.entries()) nodeOf.set(typist, i % count)
    // Everybody once: clientIDs are bound and runs of edits begun before anything counts.
    await typePaced(crowd.typists, 1_000, 0.1)
    await untilArrived(crowd, 5_000)
    const rates = await saturated(crowd, seconds)
    const typists = crowd.typists.slice(0, 10)
    for (const typist of typists) sentAt.set(typist, [])
    await typePaced(typists, typists.length * KEYS_PER_SECOND, seconds, (typist, clock) => {
      const times = sentAt.get(typist)
      if (times !== undefined) times[clock] = performance.now()
    })
    await untilArrived(crowd, 5_000)
    crowd.leave()
    return { ...rates, p50: percentile(waited, 0.5), p99: percentile(waited, 0.99) }
  } catch (error) {
    const said = cluster.nodes.flatMap((node) => node.output().match(/.*"level":[45]0.*/g) ?? [])
    throw new Error(`with ${count} nodes: ${String(error)} ${said.slice(0, 3).join(' ')}`)
  } finally {
    await cluster.close()
    await redis?.kill()
  }
}

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  if (bed.postgresqlUrl === null) throw new Error('several nodes need a PostgreSQL server')
  const figures = new Map<number, Figures[]>(COUNTS.map((count) => [count, []]))
  // The first on a machine is slow, whichever it is: not counted.
  await measure(bed.postgresqlUrl, 1, 0.5)
  for (let n = 0; n < (quick ? 1 : 3); n++) {
    for (const count of COUNTS)
      figures.get(count)?.push(await measure(bed.postgresqlUrl, count, quick ? 0.5 : 3))
  }
  const of = (count: number, what: keyof Figures) =>
    round(median((figures.get(count) ?? []).map((one) => one[what])))
  return {
    tables: [
      {
        title: 'Several nodes on one PostgreSQL',
        means: `${ROOMS} rooms of ${IN_A_ROOM}, the members of each on different nodes, ${redisIsHere() ? 'with' : 'without'} Redis. Saturated: 16 keystrokes of each person on their way. Latency: ten people type ${KEYS_PER_SECOND} keys a second, milliseconds to people on other nodes. All processes, the database and the load share this machine, so this says what several nodes cost, not what more machines bring.`,
        head: ['nodes', 'updates/s in', 'deliveries/s', 'p50 ms', 'p99 ms'],
        rows: COUNTS.map((count) => [
          count,
          of(count, 'updates'),
          of(count, 'deliveries'),
          of(count, 'p50'),
          of(count, 'p99'),
        ]),
      },
    ],
    checks: [],
  }
}
