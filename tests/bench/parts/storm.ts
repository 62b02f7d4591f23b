import * as Y from 'yjs'
import type { Bed } from '@/tests/bench/bed'
import { postgresqlCpu } from '@/tests/bench/database-cost'
import { checkOf, medianOf, type PartFigures, round, times, timesOf } from '@/tests/bench/figures'
import { typedDocument } from '@/tests/bench/load/documents'
import { LoadClient } from '@/tests/bench/load/load-client'
import { KEYSTROKES_OF_100_KB } from '@/tests/bench/parts/memory'
import { isOurs, type Server, type ServerName } from '@/tests/bench/servers'

interface Storm {
  cpu: number
  databaseCpu: number
  /** Milliseconds until the last was in sync. */
  last: number
}

const CLIENTS = 500

/** Measured apart, one run of each, on a busy machine. */
const BOUND =
  'Measured apart, on a busy machine: a bare ws server that accepts these connections and writes two small frames to each takes 0.21× @y/websocket-server, so little is left below the gate. Looking sessions up together, in SQL that is not made anew for each, and asking for random bytes for 256 ids at a time took ours from 1.07× to 0.42–0.52× on PostgreSQL; embedded it then took 1.31× to 2.55× in three runs: too far apart to say what was won there. Tried and not kept: catching up with other nodes while the openings are written (0.54–0.62× in three runs against 0.42–0.52× in two without).'

/** All at once, each in sync as it was when it lost its connection; then all leave. */
const measure = async (server: Server, path: string, clients: number, state: Uint8Array): Promise<Storm> => {
  const before = await server.usage()
  const databaseBefore = postgresqlCpu()
  const began = performance.now()
  const back = await Promise.all(
    Array.from({ length: clients }, async (_, i) => {
      const client = await LoadClient.open(server, path, i)
      await client.sync(state)
      return client
    }),
  )
  const last = performance.now() - began
  const after = await server.usage()
  const databaseCpu = (postgresqlCpu() - databaseBefore) / 1e6
  for (const client of back) client.leave()
  return { cpu: (after.cpu - before.cpu) / 1e6, databaseCpu, last }
}

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const clients = quick ? 10 : CLIENTS
  const bytes = typedDocument(quick ? 500 : KEYSTROKES_OF_100_KB)
  const document = bed.file(bytes)
  const state = Y.encodeStateVectorFromUpdate(bytes)
  const servers = await bed.servers()
  const paths = new Map<Server, string>()
  for (const server of servers) {
    const [path = ''] = await server.rooms(document, 1)
    paths.set(server, path)
    // Somebody stays, so that the room is in memory.
    const keeper = await LoadClient.open(server, path, clients)
    await keeper.sync()
  }
  const rounds = await bed.interleaved(servers, quick ? 1 : 3, (server) =>
    measure(server, paths.get(server) ?? '', clients, state),
  )
  const cpu = (name: ServerName) => medianOf(rounds, name, (one) => one.cpu)
  const ratio = (name: ServerName) => cpu(name) / cpu('@y/websocket-server')
  return {
    tables: [
      {
        title: `${clients} people reconnect at once`,
        means:
          'All to one room of a 100 kB document that is in memory, lacking nothing, as after a network that came back. CPU seconds of the server from the first byte until the last is in sync. Ours looks up each session, decides each access, and has each opening on record. ' +
          BOUND,
        head: ['server', 'CPU s', 'to @y/websocket-server', 'to relay', 'last in sync ms', 'database CPU s'],
        rows: [...rounds.keys()].map((name) => [
          name,
          round(cpu(name)),
          timesOf(cpu(name), cpu('@y/websocket-server')),
          timesOf(cpu(name), cpu('relay')),
          round(medianOf(rounds, name, ({ last }) => last)),
          name === 'Liaison, PostgreSQL'
            ? round(medianOf(rounds, name, ({ databaseCpu }) => databaseCpu))
            : '',
        ]),
      },
    ],
    checks: [
      checkOf(
        `${clients}-client reconnect storm, CPU`,
        { text: '≤ 0.25× @y/websocket-server', bounds: [{ most: 0.25 }] },
        { text: '≤ 0.18×', bounds: [{ most: 0.18 }] },
        servers.filter(isOurs).map(({ name }) => ({
          server: name,
          values: [ratio(name)],
          text: `${times(ratio(name))} (${round(cpu(name))} s)`,
        })),
      ),
    ],
  }
}
