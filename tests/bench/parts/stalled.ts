import { writeUpdate } from '@/lib/sync/frame'
import { type Bed, sleep } from '@/tests/bench/bed'
import { checkOf, type PartFigures, round } from '@/tests/bench/figures'
import { joinRooms, type LoadClient } from '@/tests/bench/load/load-client'
import { isOurs, type Server } from '@/tests/bench/servers'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'

/** Characters of one paste; each replaces the one before, so that the document itself stays small. */
const PASTE = 8_000
const PASTES_PER_SECOND = 750
const PEOPLE = 8

interface Stalled {
  growth: number
  /** Of what was pasted, what one of those who read has got. */
  reached: number
  /** What became of the member who does not read. */
  ended: string
}

/** Updates of one person who pastes again and again over what was pasted before. */
const pastes = (count: number): Uint8Array[] => {
  const doc = baseDoc()
  const text = textOf(doc)
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(writeUpdate(update)))
  for (let i = 0; i < count; i++) {
    doc.transact(() => {
      if (text.length > 0) text.delete(0, text.length)
      text.insert(0, String.fromCharCode(97 + (i % 26)).repeat(PASTE))
    })
  }
  doc.destroy()
  return made
}

const paste = async (client: LoadClient, updates: readonly Uint8Array[], seconds: number): Promise<void> => {
  const began = performance.now()
  for (let sent = 0; sent < updates.length; ) {
    const due = Math.min(updates.length, ((performance.now() - began) / 1_000 / seconds) * updates.length)
    while (sent < due) client.send(updates[sent++] as Uint8Array)
    await sleep(4)
  }
}

const measure = async (
  bed: Bed,
  server: Server,
  { before, during }: { before: number; during: number },
): Promise<Stalled> => {
  const updates = pastes(PASTES_PER_SECOND * (before + during))
  const calm = Math.ceil(PASTES_PER_SECOND * before)
  const [writer, stalled, ...others] = await joinRooms(server, await server.rooms(bed.base, 1), PEOPLE)
  const reader = others[0]
  if (writer === undefined || stalled === undefined || reader === undefined) throw new Error('nobody came')
  let got = 0
  reader.onMessage = (_bytes, begin, end) => {
    got += end - begin
  }
  let ended = 'still connected, far behind'
  void stalled.closed.then(({ code }) => {
    ended = `closed with ${code}`
  })
  // The most memory that this traffic takes when everybody reads is what the growth is counted from.
  await server.ask('settle')
  await server.ask('takePeak')
  await paste(writer, updates.slice(0, calm), before)
  const calmPeak = await server.ask<number>('takePeak')
  stalled.socket.pause()
  got = 0
  await paste(writer, updates.slice(calm), during)
  const peak = await server.ask<number>('takePeak')
  const sent = updates.slice(calm).reduce((sum, update) => sum + update.length, 0)
  const reached = got / sent
  // What came before the pause is read now, and with it how the server ended it.
  stalled.socket.resume()
  await sleep(300)
  for (const client of [writer, stalled, ...others]) client.leave()
  return { growth: Math.max(0, peak - calmPeak) / 1e6, reached, ended }
}

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const sizes = { before: quick ? 0.2 : 3, during: quick ? 0.4 : 10 }
  const servers = await bed.servers()
  const figures = new Map<string, Stalled>()
  for (const server of servers) {
    try {
      figures.set(server.name, await measure(bed, server, sizes))
    } catch (error) {
      bed.failed(server.name, error)
    }
    if (!quick) await bed.restart(server.name)
  }
  return {
    tables: [
      {
        title: 'A member stops reading for 10 s',
        means: `A room of ${PEOPLE}, one of whom pastes ${PASTE} characters over the last paste, ${PASTES_PER_SECOND} times a second (60 MB in 10 s). Growth: the most resident memory while one member does not read, over the most while all read the same traffic.`,
        head: ['server', 'growth MB', 'what the others got', 'the member who does not read'],
        rows: [...figures].map(([name, { growth, reached, ended }]) => [
          name,
          round(growth),
          `${Math.round(reached * 100)} %`,
          ended,
        ]),
      },
    ],
    checks: [
      checkOf(
        'stalled reader',
        { text: '≤ 30 MB growth', bounds: [{ most: 30 }] },
        { text: '≤ 16 MB', bounds: [{ most: 16 }] },
        servers.filter(isOurs).map(({ name }) => {
          const growth = figures.get(name)?.growth ?? Number.NaN
          return { server: name, values: [growth], text: `${round(growth)} MB` }
        }),
      ),
    ],
  }
}
