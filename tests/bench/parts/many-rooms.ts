import type { Bed } from '@/tests/bench/bed'
import { checkOf, medianOf, type PartFigures, times } from '@/tests/bench/figures'
import { saturate, saturatedRows } from '@/tests/bench/parts/fan-out'
import { isOurs, type ServerName } from '@/tests/bench/servers'

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const rooms = quick ? 4 : 200
  const servers = await bed.servers()
  const rounds = await bed.interleaved(servers, quick ? 1 : 3, (server, n) =>
    saturate(bed, server, { rooms, perRoom: 5, seconds: quick ? 0.2 : n === 0 ? 1 : 2, window: 16 }),
  )
  const rate = (name: ServerName) => medianOf(rounds, name, ({ updates }) => updates)
  return {
    tables: [
      {
        title: `${rooms} rooms, 5 people in each, saturated`,
        means:
          'As above, 16 keystrokes of each person on their way. An update is a keystroke that came in and reached the next person of its room.',
        head: [
          'server',
          'updates/s in',
          'to relay',
          'CPU µs per update',
          'to relay',
          'database CPU µs per update',
        ],
        rows: saturatedRows(rounds, 'updates'),
      },
    ],
    checks: [
      checkOf(
        `${rooms} rooms × 5, saturated, updates/s`,
        { text: '≥ 2.5× relay, ≥ 6× both peers', bounds: [{ least: 2.5 }, { least: 6 }] },
        { text: '3.5× relay', bounds: [{ least: 3.5 }, null] },
        servers.filter(isOurs).map(({ name }) => {
          const best = Math.max(rate('@y/websocket-server'), rate('Hocuspocus'))
          const values = [rate(name) / rate('relay'), rate(name) / best]
          return {
            server: name,
            values,
            text: `${times(values[0] as number)} relay, ${times(values[1] as number)} the faster peer`,
          }
        }),
      ),
    ],
  }
}
