import { Author, countKeystrokes } from '@/tests/bench/load/keystrokes'
import { joinRooms, type LoadClient } from '@/tests/bench/load/load-client'
import type { Server } from '@/tests/bench/servers'

/** One client and what it types; in the room with it, its neighbour, who tells how far that has come. */
export interface Typist {
  client: LoadClient
  author: Author
  room: number
  /** Its keystrokes that its neighbour has. */
  arrived: number
}

export interface Crowd {
  typists: Typist[]
  /** Keystrokes that reached somebody else, counted once for each receiver. */
  delivered: number
  leave(): void
}

/** Told of each delivery: whose keystrokes, which of them, and to which client. */
type OnDelivery = (author: Typist, from: number, to: number, receiver: Typist) => void

/** So many people in each of the rooms, in sync; whatever reaches them is counted. */
export const gatherCrowd = async (
  server: Server,
  rooms: readonly string[],
  perRoom: number,
  onDelivery?: OnDelivery,
): Promise<Crowd> => {
  const clients = await joinRooms(server, rooms, rooms.length * perRoom)
  const typists = clients.map(
    (client, i): Typist => ({ client, author: new Author(), room: i % rooms.length, arrived: 0 }),
  )
  const byAuthor = new Map(typists.map((typist) => [typist.author.client, typist]))
  /** Of each typist, who is told first what it typed: the next of its room. */
  const neighbourOf = new Map(
    typists.map((typist, i) => [typist, typists[(i + rooms.length) % typists.length] as Typist]),
  )
  const crowd: Crowd = {
    typists,
    delivered: 0,
    leave: () => {
      for (const { client } of typists) client.leave()
    },
  }
  for (const receiver of typists) {
    const seen = (id: number, from: number, to: number): void => {
      const author = byAuthor.get(id)
      if (author === undefined) return
      if (neighbourOf.get(author) === receiver && to > author.arrived) author.arrived = to
      onDelivery?.(author, from, to, receiver)
    }
    receiver.client.onMessage = (bytes, begin, end) => {
      crowd.delivered += countKeystrokes(bytes, begin, end, seen)
    }
  }
  return crowd
}

/**
 * Everybody types as fast as the server carries it: each client keeps `window` keystrokes on their way to its
 * neighbour. @returns ends it.
 */
export const typeSaturated = ({ typists }: Crowd, roomCount: number, window: number): (() => void) => {
  let stopped = false
  const refill = (typist: Typist): void => {
    const { client, author } = typist
    const room = typist.arrived + window - author.clock
    // In a few larger steps: what is measured is not this process' system calls.
    if (room >= window / 4 && !stopped) client.socket.write(author.type(room, client.prefix))
  }
  typists.forEach((typist, i) => {
    const neighbour = typists[(i + roomCount) % typists.length] as Typist
    neighbour.client.onTurn = () => refill(typist)
  })
  for (const typist of typists) refill(typist)
  return () => {
    stopped = true
  }
}

/**
 * At a given pace, one client after the other, one frame for each keystroke; `perSecond` for all together.
 * @param onType told of each keystroke just before it is written
 */
export const typePaced = (
  typists: readonly Typist[],
  perSecond: number,
  seconds: number,
  onType: (typist: Typist, clock: number) => void = () => undefined,
): Promise<void> =>
  new Promise((resolve) => {
    const began = performance.now()
    let typed = 0
    const timer = setInterval(() => {
      const passed = Math.min(seconds, (performance.now() - began) / 1_000)
      while (typed < passed * perSecond) {
        const typist = typists[typed++ % typists.length] as Typist
        onType(typist, typist.author.clock)
        typist.client.socket.write(typist.author.type(1, typist.client.prefix))
      }
      if (passed < seconds) return
      clearInterval(timer)
      resolve()
    }, 1)
  })

/** Everything typed has reached its neighbour, or nothing has moved for `patience` milliseconds. */
export const untilArrived = async ({ typists }: Crowd, patience = 500): Promise<void> => {
  for (let still = 0, before = -1; still < patience / 25; ) {
    if (typists.every(({ author, arrived }) => arrived >= author.clock)) return
    const now = typists.reduce((sum, { arrived }) => sum + arrived, 0)
    still = now === before ? still + 1 : 0
    before = now
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('what was typed did not arrive')
}
