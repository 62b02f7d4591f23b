import { readdirSync, readFileSync } from 'node:fs'

/** /proc counts hundredths of a second. */
const TICK_US = 10_000

/** Microseconds of CPU of all PostgreSQL processes of this machine so far; 0 where /proc cannot be read. */
export const postgresqlCpu = (): number => {
  let ticks = 0
  try {
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
        if (!stat.includes('(postgres)')) continue
        const [utime = 0, stime = 0] = stat
          .slice(stat.lastIndexOf(')') + 2)
          .split(' ')
          .slice(11, 13)
          .map(Number)
        ticks += utime + stime
      } catch {
        // It ended while we looked.
      }
    }
  } catch {
    return 0
  }
  return ticks * TICK_US
}
