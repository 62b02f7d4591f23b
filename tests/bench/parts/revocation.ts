import { CLOSE } from '@/lib/sync/protocol'
import type { Bed } from '@/tests/bench/bed'
import { checkOf, type PartFigures, percentile, round } from '@/tests/bench/figures'
import { gatherCrowd, typePaced } from '@/tests/bench/load/typing'
import type { Server } from '@/tests/bench/servers'

const PEOPLE = 100

/** Milliseconds between this process' performance.now() and the machine's monotonic clock, which the server reads. */
const clockOffset = (): number => Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** @returns milliseconds from the commit of each revocation to the close that its person's client reads. */
const measure = async (bed: Bed, server: Server, trials: number): Promise<number[]> => {
  const crowd = await gatherCrowd(server, await server.rooms(bed.base, 10), 20)
  const offset = clockOffset()
  // Person n of a hundred sits in two places; both must close.
  const placesOf = (person: number) =>
    crowd.typists
      .map(({ client }, i) => ({ client, person: i % PEOPLE }))
      .filter((one) => one.person === person)
  // From the last person on: in a quick run the first are needed by other parts.
  const stay = crowd.typists.filter((_, i) => i % PEOPLE < PEOPLE - trials / 2)
  const waited: number[] = []
  let done = false
  const typing = (async () => {
    while (!done) await typePaced(stay, 200, 0.2)
  })()
  try {
    for (let person = PEOPLE - 1; person >= PEOPLE - trials / 2; person--) {
      const closed = placesOf(person).map(({ client }) => client.closed)
      const committed = await server.ask<number>('revoke', { person })
      for (const { at, code } of await Promise.all(closed)) {
        if (code !== CLOSE.refused && code !== CLOSE.hiddenOrMissing && code !== CLOSE.accessChanged)
          throw new Error(`closed with ${code}`)
        waited.push(at + offset - committed)
      }
    }
  } finally {
    done = true
    await typing
    crowd.leave()
  }
  return waited
}

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const trials = quick ? 4 : 160
  const servers = await bed.ours()
  const rows: { name: string; waited: number[] }[] = []
  for (const server of servers) {
    try {
      rows.push({ name: server.name, waited: await measure(bed, server, trials) })
    } catch (error) {
      bed.failed(server.name, error)
    }
    if (!quick) await bed.restart(server.name)
  }
  const at = (waited: number[]) => [percentile(waited, 0.5), percentile(waited, 0.99), Math.max(...waited)]
  return {
    tables: [
      {
        title: 'Revocation: from commit to closed socket',
        means:
          'A lead ends a membership with the ordinary operation while others type 200 keys a second in ten rooms of twenty. Milliseconds from COMMIT to the close frame that the person’s client reads.',
        head: ['server', 'sockets', 'p50 ms', 'p99 ms', 'max ms'],
        rows: rows.map(({ name, waited }) => [
          name,
          waited.length,
          ...at(waited).map((value) => round(value)),
        ]),
      },
    ],
    checks: [
      checkOf(
        'revocation, commit to socket closed',
        {
          text: '≤ 1 s always, p50 ≤ 50 ms',
          bounds: [{ most: 50 }, { most: Number.MAX_VALUE }, { most: 1_000 }],
        },
        { text: 'p99 ≤ 100 ms', bounds: [null, { most: 100 }, null] },
        rows.map(({ name, waited }) => {
          const values = at(waited)
          const [p50, p99, max] = values.map((value) => round(value))
          return {
            server: name,
            values,
            text: `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms of ${waited.length}`,
          }
        }),
      ),
    ],
  }
}
