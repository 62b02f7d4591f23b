import type { Bed } from '@/tests/bench/bed'
import { checkOf, medianOf, type PartFigures, round, timesOf } from '@/tests/bench/figures'
import { typedDocument } from '@/tests/bench/load/documents'
import { LoadClient } from '@/tests/bench/load/load-client'
import { isOurs, type Server, type ServerName } from '@/tests/bench/servers'

const KEYSTROKES = 100_000

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
        means: `Milliseconds from connecting to the last of its ${Math.round(bytes.length / 1000)} kB. Cold: nobody has opened it since the server started. Warm: its room is in memory. Ours asks for session and access and has the opening on record before the first byte; the peers read a file.`,
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
