import { type Bed, sleep } from '@/tests/bench/bed'
import { postgresqlCpu } from '@/tests/bench/database-cost'
import {
  checkOf,
  medianOf,
  type PartFigures,
  type Rounds,
  round,
  times,
  timesOf,
} from '@/tests/bench/figures'
import { gatherCrowd, typeSaturated } from '@/tests/bench/load/typing'
import { isOurs, type Server } from '@/tests/bench/servers'

export interface Saturated {
  /** Keystrokes per second that came to somebody else, and deliveries of them. */
  updates: number
  deliveries: number
  /** Microseconds of the server, and of PostgreSQL beside it. */
  cpuPerUpdate: number
  cpuPerDelivery: number
  databaseCpuPerUpdate: number
}

/** Rooms full of people who type as fast as the server carries it. */
export const saturate = async (
  bed: Bed,
  server: Server,
  { rooms, perRoom, seconds, window }: { rooms: number; perRoom: number; seconds: number; window: number },
): Promise<Saturated> => {
  const crowd = await gatherCrowd(server, await server.rooms(bed.base, rooms), perRoom)
  const arrived = () => crowd.typists.reduce((sum, typist) => sum + typist.arrived, 0)
  const look = async () => {
    const { cpu } = await server.usage()
    const at = performance.now()
    return { at, cpu, database: postgresqlCpu(), arrived: arrived(), delivered: crowd.delivered }
  }
  const stop = typeSaturated(crowd, rooms, window)
  await sleep(seconds * 150)
  const before = await look()
  await sleep(seconds * 1_000)
  const after = await look()
  stop()
  const updates = after.arrived - before.arrived
  const delivered = after.delivered - before.delivered
  const passed = (after.at - before.at) / 1_000
  crowd.leave()
  if (updates === 0) throw new Error('nothing arrived')
  return {
    updates: updates / passed,
    deliveries: delivered / passed,
    cpuPerUpdate: (after.cpu - before.cpu) / updates,
    cpuPerDelivery: (after.cpu - before.cpu) / delivered,
    databaseCpuPerUpdate: (after.database - before.database) / updates,
  }
}

/** The table that both saturated parts show. */
export const saturatedRows = (rounds: Rounds<Saturated>, what: 'updates' | 'deliveries') =>
  [...rounds.keys()].map((server) => {
    const of = (pick: (one: Saturated) => number) => medianOf(rounds, server, pick)
    const relay = (pick: (one: Saturated) => number) => timesOf(of(pick), medianOf(rounds, 'relay', pick))
    const cpu = what === 'updates' ? 'cpuPerUpdate' : 'cpuPerDelivery'
    return [
      server,
      Math.round(of((one) => one[what])),
      relay((one) => one[what]),
      round(of((one) => one[cpu])),
      relay((one) => one[cpu]),
      isOurs({ name: server }) && server.includes('PostgreSQL')
        ? round(of((one) => one.databaseCpuPerUpdate))
        : '',
    ]
  })

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const perRoom = quick ? 5 : 50
  const servers = await bed.servers()
  const rounds = await bed.interleaved(servers, quick ? 1 : 3, (server, n) =>
    saturate(bed, server, { rooms: 1, perRoom, seconds: quick ? 0.2 : n === 0 ? 1 : 2, window: 64 }),
  )
  const rate = (name: Server['name']) => medianOf(rounds, name, ({ deliveries }) => deliveries)
  return {
    tables: [
      {
        title: `One room, ${perRoom} people, saturated`,
        means:
          'Everybody types as fast as the server carries it, each keystroke a frame of its own, 64 of each on their way. A delivery is one keystroke that reached one other person, counted by its clock.',
        head: [
          'server',
          'deliveries/s',
          'to relay',
          'CPU µs per delivery',
          'to relay',
          'database CPU µs per update',
        ],
        rows: saturatedRows(rounds, 'deliveries'),
      },
    ],
    checks: [
      checkOf(
        `1 room × ${perRoom}, saturated, deliveries/s`,
        { text: '≥ 10× relay, ≥ 3× Hocuspocus', bounds: [{ least: 10 }, { least: 3 }] },
        { text: '18× relay', bounds: [{ least: 18 }, null] },
        servers.filter(isOurs).map(({ name }) => {
          const values = [rate(name) / rate('relay'), rate(name) / rate('Hocuspocus')]
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
