import { spawn } from 'node:child_process'
import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Fault, hold } from '@/tests/faults/run/fault'

const MEGABYTE = 1024 * 1024
/** A disk that a run may fill: a tmpfs of its own, never the machine's. */
const SMALL_DISK = 2 * 1024 * MEGABYTE

export const isSmallDisk = (folder: string): boolean => {
  const { blocks, bsize } = statfsSync(folder)
  return blocks * bsize <= SMALL_DISK
}

export const fullDisk: Fault = {
  name: 'a full disk',
  weight: 2,
  missing: ({ folder }) => (isSmallDisk(folder) ? null : 'it takes root to mount a small disk'),
  async run(bed) {
    const ballast = join(bed.folder, 'ballast')
    const { bavail, bsize } = statfsSync(bed.folder)
    try {
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 64 * 1024)))
    } catch {
      // Somebody was faster with the last bytes: full is full.
    }
    await hold(bed, 1_500, 4_000)
    rmSync(ballast, { force: true })
    await bed.cluster?.begin()
  },
}

const STRACE = '/usr/bin/strace'

/** The kernel answers EIO to every fsync of the database's processes, for a moment. */
export const fsyncErrors: Fault = {
  name: 'fsync answers EIO',
  weight: 2,
  missing: () => (existsSync(STRACE) ? null : 'strace is not installed'),
  async run(bed) {
    const pids = bed.cluster === null ? [bed.witness.pid] : bed.cluster.processes()
    const calls = 'fsync,fdatasync'
    const args = ['-f', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`]
    const strace = spawn(STRACE, [...args, ...pids.flatMap((pid) => ['-p', String(pid)])], {
      stdio: 'ignore',
    })
    const gone = new Promise((resolve) => strace.once('exit', resolve))
    await hold(bed, 800, 2_000)
    strace.kill('SIGINT')
    await gone
    await bed.cluster?.begin()
  },
}
