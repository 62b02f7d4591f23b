import type { Bed } from '@/tests/bench/bed'
import { checkOf, type PartFigures, round, timesOf } from '@/tests/bench/figures'
import { typedDocument } from '@/tests/bench/load/documents'
import { joinRooms } from '@/tests/bench/load/load-client'
import type { Usage } from '@/tests/bench/peers/report'
import { isOurs, type Server } from '@/tests/bench/servers'

/** Keystrokes that make a document of 100 kB. */
export const KEYSTROKES_OF_100_KB = 36_000

interface Memory {
  room: { rss: number; heap: number }
  connection: { rss: number; heap: number }
}

const per = (before: Usage, after: Usage, count: number) => ({
  rss: (after.rss - before.rss) / count / 1024,
  heap: (after.heap - before.heap) / count / 1024,
})

const measure = async (
  bed: Bed,
  server: Server,
  { rooms, connections, document }: { rooms: number; connections: number; document: string },
): Promise<Memory> => {
  // Enough of each kind before it counts: code is compiled, and what passes through memory has been there.
  const first = Math.ceil(rooms / 5)
  await joinRooms(server, await server.rooms(document, first), first)
  const idle = await server.rooms(bed.base, 1)
  await joinRooms(server, idle, Math.ceil(connections / 5))
  const paths = await server.rooms(document, rooms)
  const before = await server.ask<Usage>('settle')
  await joinRooms(server, paths, rooms)
  const opened = await server.ask<Usage>('settle')
  await joinRooms(server, idle, connections)
  const connected = await server.ask<Usage>('settle')
  return { room: per(before, opened, rooms), connection: per(opened, connected, connections) }
}

/** Each was measured apart from this part: 400 buffers of 100 kB in a process of its own, resident after collection. */
const REMARKS = [
  'What JavaScript holds of a room (its bytes, and what the scan keeps) is under the gate and the same on both databases; the rest is resident and held by nobody, and differs from run to run. Reading 100 kB through `pg` leaves 45 to 67 KiB behind, of 98 that are held (400 reads, 143 and 160 KiB each; allocated directly 97 to 98).',
  'Tried: base64 in place of hexadecimal text, 149 and 165 KiB; one connection in place of ten, 154 and 159; one arena of the allocator, 143. None helps. Columns in binary are not to be had: `pg` reads every column as text.',
]

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const size = { rooms: quick ? 3 : 400, connections: quick ? 10 : 1_000 }
  const document = bed.file(typedDocument(quick ? 500 : KEYSTROKES_OF_100_KB))
  const servers = await bed.servers()
  const figures = new Map<string, Memory>()
  for (const server of servers) {
    try {
      figures.set(server.name, await measure(bed, server, { ...size, document }))
    } catch (error) {
      bed.failed(server.name, error)
    }
    // What it holds is in nobody's way any more. The bed of a quick run is shared by all parts.
    if (!quick) await bed.restart(server.name)
  }
  const relay = figures.get('relay')
  const ratio = (value: number, to: number | undefined) => timesOf(value, to ?? Number.NaN)
  return {
    tables: [
      {
        title: 'Memory: open rooms and idle connections',
        means: `KiB for each of ${size.rooms} open rooms that hold a document of 100 kB, one person in each; and for each of ${size.connections} further connections that do nothing. Difference of the process before and after, both after garbage collection.`,
        head: [
          'server',
          'room, resident KiB',
          'to relay',
          'room, held by JavaScript KiB',
          'connection, resident KiB',
          'to relay',
          'connection, held by JavaScript KiB',
        ],
        rows: [...figures].map(([name, { room, connection }]) => [
          name,
          round(room.rss),
          ratio(room.rss, relay?.room.rss),
          round(room.heap),
          round(connection.rss),
          ratio(connection.rss, relay?.connection.rss),
          round(connection.heap),
        ]),
      },
    ],
    remarks: REMARKS,
    checks: [
      checkOf(
        'open room of 100 kB / idle connection',
        { text: '≤ 200 KiB / ≤ 14 KiB', bounds: [{ most: 200 }, { most: 14 }] },
        { text: '≤ 165 / ≤ 11', bounds: [{ most: 165 }, { most: 11 }] },
        servers.filter(isOurs).map(({ name }) => {
          const values = [figures.get(name)?.room.rss, figures.get(name)?.connection.rss].map(
            (value) => value ?? Number.NaN,
          )
          return { server: name, values, text: values.map((value) => `${round(value)} KiB`).join(' / ') }
        }),
      ),
    ],
  }
}
