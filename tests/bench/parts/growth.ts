import { type Bed, sleep, untilQuiet } from '@/tests/bench/bed'
import { median, type PartFigures, round, type Table } from '@/tests/bench/figures'
import { typedDocument } from '@/tests/bench/load/documents'
import { joinRooms } from '@/tests/bench/load/load-client'
import { measureLatency } from '@/tests/bench/parts/latency'
import { openOnce } from '@/tests/bench/parts/open'
import type { Usage } from '@/tests/bench/peers/report'
import type { Server } from '@/tests/bench/servers'

const MB = 1e6
/** Of this process: after that no more rooms are opened. */
const LATEST_MS = 130_000

/** Each room with one person who does nothing; and one room in a hundred in which somebody types. */
const growRooms = async (bed: Bed, server: Server, counts: readonly number[], seconds: number) => {
  const rows: Table['rows'] = []
  const empty = await server.ask<Usage>('settle')
  let open = 0
  for (const count of counts) {
    const began = performance.now()
    if (began > LATEST_MS) {
      bed.notes.push(`${server.name}: not grown to ${count} rooms, the machine was too slow`)
      break
    }
    await joinRooms(server, await server.rooms(bed.base, count - open), count - open, open)
    const opened = performance.now() - began
    await untilQuiet(server)
    const before = await server.ask<Usage>('settle')
    await sleep(seconds * 1_000)
    const after = await server.usage()
    rows.push([
      server.name,
      count,
      round((before.rss - empty.rss) / MB),
      round((before.rss - empty.rss) / count / 1_024),
      round((after.cpu - before.cpu) / 1_000 / seconds),
      round(opened / (count - open)),
    ])
    open = count
  }
  return rows
}

const growMembers = async (bed: Bed, server: Server, counts: readonly number[], seconds: number) => {
  const rows: Table['rows'] = []
  for (const people of counts) {
    const { p50, p99, cpuPerDelivery } = await measureLatency(bed, server, { people, typing: 10, seconds })
    rows.push([server.name, people, round(p50), round(p99), round(cpuPerDelivery)])
    await untilQuiet(server)
  }
  return rows
}

const growDocument = async (
  server: Server,
  documents: readonly { bytes: number; file: string }[],
  rounds: number,
) => {
  const rows: Table['rows'] = []
  for (const { bytes, file } of documents) {
    const paths = await server.rooms(file, rounds)
    const before = await server.ask<Usage>('settle')
    const cold: number[] = []
    const warm: number[] = []
    for (const [i, path] of paths.entries()) {
      cold.push(await openOnce(server, path, 2 * i))
      warm.push(await openOnce(server, path, 2 * i + 1))
    }
    // Nobody is there any more, but the rooms are still in memory.
    const after = await server.ask<Usage>('settle')
    rows.push([
      server.name,
      Math.round(bytes / 1_000),
      round(median(cold)),
      round(median(warm)),
      round((after.heap - before.heap) / rounds / 1_000),
    ])
  }
  return rows
}

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const rooms: Table['rows'] = []
  const members: Table['rows'] = []
  const sizes: Table['rows'] = []
  const documents = (quick ? [1_000, 4_000] : [2_800, 36_000, 340_000, 1_650_000]).map((keystrokes) => {
    const bytes = typedDocument(keystrokes)
    return { bytes: bytes.length, file: bed.file(bytes) }
  })
  for (const { name } of await bed.ours()) {
    try {
      const [server] = await bed.servers((one) => one === name)
      if (server === undefined) continue
      sizes.push(...(await growDocument(server, documents, quick ? 1 : 5)))
      members.push(...(await growMembers(bed, server, quick ? [10] : [10, 100, 1_000], quick ? 0.3 : 3)))
      // The embedded database opens rooms one after the other: a tenth of the rooms shows how it grows.
      const most = quick ? [5, 10] : name === 'Liaison, PostgreSQL' ? [100, 1_000, 10_000] : [100, 1_000]
      rooms.push(...(await growRooms(bed, server, most, quick ? 0.2 : 3)))
    } catch (error) {
      bed.failed(name, error)
    }
    if (!quick) await bed.restart(name)
  }
  return {
    tables: [
      {
        title: 'Growth: rooms',
        means:
          'Rooms with one idle person each. Memory and CPU are those of the server process; the idle CPU is its timers and its looks at everybody. Both grow with the number of open rooms, not with the number of stored ones.',
        head: [
          'server',
          'open rooms',
          'resident MB',
          'KiB per room',
          'idle CPU ms per second',
          'ms to open one',
        ],
        rows: rooms,
      },
      {
        title: 'Growth: members of one room',
        means:
          'Ten people type five keys a second each. One delivery costs less the more there are; the time until the last has it grows with their number, because each receiver is one write.',
        head: ['server', 'members', 'p50 ms', 'p99 ms', 'CPU µs per delivery'],
        rows: members,
      },
      {
        title: 'Growth: size of the document',
        means:
          'A cold opening reads, scans and sends the stored bytes, and grows in proportion to the document; a warm one hardly grows. Memory is about 1.6 times the bytes, with what the scan keeps of them, without the factor of a live Y.Doc.',
        head: ['server', 'document kB', 'cold open ms', 'warm open ms', 'held by JavaScript kB per room'],
        rows: sizes,
      },
    ],
    checks: [],
  }
}
