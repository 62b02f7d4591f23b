import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunFolder {
  path: string
  /** Logs stay when something did not hold. */
  logs: string
  remove(withLogs: boolean): void
}

/** A folder on a small disk of its own, which may be filled; without root an ordinary one, which may not. */
export const chooseFolder = (): RunFolder => {
  const path = mkdtempSync(join(tmpdir(), 'liaison-faults-'))
  const logs = mkdtempSync(join(tmpdir(), 'liaison-fault-logs-'))
  // PostgreSQL's user must be able to reach its folder below.
  chmodSync(path, 0o755)
  const isSmall = mountSmallDisk(path)
  return {
    path,
    logs,
    remove(withLogs) {
      if (isSmall) execFileSync('umount', ['-l', path])
      rmSync(path, { recursive: true, force: true })
      if (withLogs) rmSync(logs, { recursive: true, force: true })
    },
  }
}

const mountSmallDisk = (path: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=600m,mode=755', 'liaison-faults', path], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}
