import type { Bed } from '@/tests/bench/bed'
import { postgresqlCpu } from '@/tests/bench/database-cost'
import { checkOf, medianOf, type PartFigures, round, times, timesOf } from '@/tests/bench/figures'
import { gatherCrowd, typePaced, untilArrived } from '@/tests/bench/load/typing'
import { isOurs, type Server, type ServerName } from '@/tests/bench/servers'

interface Steady {
  cpuPerDelivery: number
  databaseCpuPerDelivery: number
}

const measure = async (
  bed: Bed,
  server: Server,
  { people, perSecond, seconds }: { people: number; perSecond: number; seconds: number },
): Promise<Steady> => {
  const crowd = await gatherCrowd(server, await server.rooms(bed.base, 1), people)
  await typePaced(crowd.typists, perSecond, seconds / 4)
  await untilArrived(crowd)
  const before = await server.usage()
  const databaseBefore = postgresqlCpu()
  crowd.delivered = 0
  await typePaced(crowd.typists, perSecond, seconds)
  await untilArrived(crowd)
  const after = await server.usage()
  const databaseCpu = postgresqlCpu() - databaseBefore
  const { delivered } = crowd
  crowd.leave()
  return {
    cpuPerDelivery: (after.cpu - before.cpu) / delivered,
    databaseCpuPerDelivery: databaseCpu / delivered,
  }
}

/** Tried on two cores with other work beside it, servers taking turns: read the ratios. */
const REMARKS = [
  'What bounds it: one kernel call for each receiver and commit, and in the embedded database the commit itself: about 1.8 ms of the server’s CPU for each, whatever it holds. So fewer commits cost less, and one commit that holds more means fewer, larger writes.',
  'Tried, PostgreSQL and embedded against the relay of the same run. A transaction of four statements as soon as the last one ended (as it was before): 0.82 to 1.65× and 1.53 to 2.67×. One statement instead of four, just as often: 0.93× and 1.55×. The same at most every 4 ms: 0.76 to 1.19× and 1.41 to 1.75×. At most every 8 ms (as it is): 0.66 to 0.78× and 0.98 to 1.27×.',
  'What it costs: under this load a keystroke waits 4 ms longer on average. A keystroke that comes when nothing else is under way does not wait.',
]

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const people = quick ? 5 : 50
  const perSecond = quick ? 200 : 1_000
  const servers = await bed.servers()
  const rounds = await bed.interleaved(servers, quick ? 1 : 3, (server, n) =>
    measure(bed, server, { people, perSecond, seconds: quick ? 0.3 : n === 0 ? 1 : 2 }),
  )
  const cpu = (name: ServerName) => medianOf(rounds, name, ({ cpuPerDelivery }) => cpuPerDelivery)
  const ratio = (name: ServerName) => cpu(name) / cpu('relay')
  return {
    tables: [
      {
        title: `${perSecond} keystrokes a second in one room of ${people}`,
        means:
          'A fixed pace that every server keeps: what one delivery costs the server process, with all its threads. PostgreSQL’s own processes stand beside it.',
        head: ['server', 'CPU µs per delivery', 'to relay', 'database CPU µs per delivery'],
        rows: [...rounds.keys()].map((name) => [
          name,
          round(cpu(name)),
          timesOf(cpu(name), cpu('relay')),
          name === 'Liaison, PostgreSQL'
            ? round(medianOf(rounds, name, ({ databaseCpuPerDelivery }) => databaseCpuPerDelivery))
            : '',
        ]),
      },
    ],
    remarks: REMARKS,
    checks: [
      checkOf(
        '1,000 updates/s in one room, CPU per delivery',
        { text: '≤ 0.8× relay', bounds: [{ most: 0.8 }] },
        { text: '≤ 0.65×', bounds: [{ most: 0.65 }] },
        servers
          .filter(isOurs)
          .map(({ name }) => ({ server: name, values: [ratio(name)], text: `${times(ratio(name))} relay` })),
      ),
    ],
  }
}
