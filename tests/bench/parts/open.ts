import type { Bed } from '@/tests/bench/bed'
import { checkOf, medianOf, type PartFigures, round, timesOf } from '@/tests/bench/figures'
import { typedDocument } from '@/tests/bench/load/documents'
import { LoadClient } from '@/tests/bench/load/load-client'
import { isOurs, type Server, type ServerName } from '@/tests/bench/servers'

const KEYSTROKES = 100_000

/** Figures taken apart from this run: CPU times, because the machine had other work. */
const WHAT_COSTS = `

What a cold opening costs beyond a warm one is reading the snapshot and scanning it. Measured apart, on a busy machine, in
CPU time: to scan its 20,801 structs takes 4.6 to 6 ms at best and to take the scan in 1.7 to 2.4 ms; the first time in a
process each takes 30 to 70 ms, because nothing is compiled yet. Its SHA-256 takes 0.2 ms. Tried and not kept: a short way
for varints of one byte (5.0 ms against 4.7 without); one shared object for places that say nothing (4.9 and 5.1 ms
against 4.6 and 6.0); the bytes as base64 instead of hexadecimal (1.7 to 1.8 ms of CPU for one read against 2.3 to 3.0,
6.3 to 6.9 ms on the clock against 6.7 to 7.1). \`pg\` reads every column as text, so the bytes cannot come as
they are. A warm opening is statements that wait for each other: session, clocks and place, object, person, policy, an access
clock that is new, record, COMMIT, and on PostgreSQL a look at what other nodes wrote. In one opening of each they took 9.4 of
22 ms on PostgreSQL and 9.1 of 13 ms embedded; what passed between them was not taken apart. Tried and not kept: that
look while the opening is written (25 ms against 13 without, one run of each).`

/** Milliseconds from connecting to the last byte of the document. */
export const openOnce = async (server: Server, path: string, from: number): Promise<number> => {
  const began = performance.now()
  const client = await LoadClient.open(server, path, from)
  // An empty answer may come first; the document is larger than that.
  await client.sync(undefined, 1_000)
  const took = performance.now() - began
  client.leave()
  return took
}

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const bytes = typedDocument(quick ? 1_000 : KEYSTROKES)
  const document = bed.file(bytes)
  const servers = await bed.servers()
  const rounds = await bed.interleaved(servers, quick ? 1 : 9, async (server, n) => {
    const [path = ''] = await server.rooms(document, 1)
    const cold = await openOnce(server, path, 2 * n)
    return { cold, warm: await openOnce(server, path, 2 * n + 1) }
  })
  const of = (name: ServerName, how: 'cold' | 'warm') => medianOf(rounds, name, (one) => one[how])
  return {
    tables: [
      {
        title: 'Opening a document of 100,000 keystrokes',
        means: `Milliseconds from connecting to the last of its ${Math.round(bytes.length / 1000)} kB. Cold: nobody has opened it since the server started. Warm: its room is in memory. Ours asks for session and access and has the opening on record before the first byte; the peers read a file.${WHAT_COSTS}`,
        head: ['server', 'cold ms', 'to relay', 'warm ms', 'to relay'],
        rows: [...rounds.keys()].map((name) => [
          name,
          round(of(name, 'cold')),
          timesOf(of(name, 'cold'), of('relay', 'cold')),
          round(of(name, 'warm')),
          timesOf(of(name, 'warm'), of('relay', 'warm')),
        ]),
      },
    ],
    checks: [
      checkOf(
        'cold / warm open, 100 k keystrokes',
        { text: '≤ 15 / ≤ 5 ms', bounds: [{ most: 15 }, { most: 5 }] },
        { text: '≤ 8 / ≤ 4', bounds: [{ most: 8 }, { most: 4 }] },
        servers.filter(isOurs).map(({ name }) => {
          const values = [of(name, 'cold'), of(name, 'warm')]
          return { server: name, values, text: values.map((value) => `${round(value)} ms`).join(' / ') }
        }),
      ),
    ],
  }
}
