import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '@/server/db/open-database'

let server: Server | undefined
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())))

const open = (databaseUrl: string) =>
  openDatabase({ databaseUrl, dataDir: '/nonexistent', log: { warn: () => {} } })

test('a server that is not there is named, without the password', async () => {
  const failed = open('postgresql://liaison:hunter2@127.0.0.1:1/plans')
  await expect(failed).rejects.toMatchObject({
    code: 'unavailable',
    forPeople:
      'The database at 127.0.0.1:1/plans cannot be reached (ECONNREFUSED). Check that it runs and that DATABASE_URL is right.',
  })
})

test('an address that is none is said to be none', async () => {
  await expect(open('postgresql://[')).rejects.toMatchObject({ code: 'unavailable' })
})

test('a server that is too old is refused with both versions', async () => {
  const port = await startOldServer('140013')
  await expect(open(`postgresql://liaison@127.0.0.1:${port}/plans`)).rejects.toMatchObject({
    code: 'unavailable',
    forPeople: `The database at 127.0.0.1:${port}/plans is PostgreSQL 14; Liaison needs 15 or newer.`,
  })
})

/** Speaks just enough of the protocol to let anyone in and answer every question with one text column. */
function startOldServer(answer: string): Promise<number> {
  const frame = (type: string, ...parts: (string | number[])[]) => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
    const head = Buffer.alloc(5)
    head.write(type)
    head.writeInt32BE(body.length + 4, 1)
    return Buffer.concat([head, body])
  }
  const ready = frame('Z', 'I')
  server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([frame('R', [0, 0, 0, 0]), ready]))
      socket.on('data', (data) => {
        if (data[0] === 'X'.charCodeAt(0)) return
        const column = frame(
          'T',
          [0, 1],
          'server_version_num\0',
          [0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0],
        )
        const row = frame('D', [0, 1, 0, 0, 0, answer.length], answer)
        socket.write(Buffer.concat([column, row, frame('C', 'SHOW\0'), ready]))
      })
    })
  })
  const listening = server
  return new Promise((resolve) => {
    listening.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port))
  })
}
