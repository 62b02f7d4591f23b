import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DomainError } from '@/lib/errors'

const HEARTBEAT_MS = 5_000
const FOREIGN_STALE_MS = 15_000

interface Holder {
  host: string
  pid: number
  /** When the process began (Linux), so that a reused pid, or pid 1 of a new container, is not taken for the holder. */
  started: string
  token: string
}

const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // The second field is the command in parentheses and may hold spaces; state is the third, starttime the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Z, X: dead, only not yet waited for by its parent. It holds nothing any more.
    return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : `${boot}:${fields[19] ?? ''}`
  } catch {
    return ''
  }
}

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const holderAt = (path: string): Holder | null => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return null
  }
}

const holds = (path: string, holder: Holder): boolean => {
  // A pid says nothing about another host or container on the same volume: there the heartbeat decides.
  if (holder.host !== hostname()) return Date.now() - statSync(path).mtimeMs < FOREIGN_STALE_MS
  return lives(holder.pid) && startOf(holder.pid) === holder.started
}

/**
 * Takes the folder for this process: two processes on one embedded database destroy it. A lock left by a killed
 * process does not stand in the way. @throws DomainError `unavailable` when another process holds the folder.
 * @returns gives it back.
 */
export const lockFolder = (folder: string): (() => void) =>
  lockPath(join(folder, 'liaison.lock'), (holder) => taken(folder, holder))

/** The same for anything that only one process may use. @param taken what is thrown when another process holds it */
export function lockPath(path: string, taken: (holder: Holder) => Error): () => void {
  const mine: Holder = {
    host: hostname(),
    pid: process.pid,
    started: startOf(process.pid),
    token: randomUUID(),
  }
  const draft = `${path}.${mine.token}`
  writeFileSync(draft, JSON.stringify(mine))
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        // link, unlike open, makes the lock appear with its content in one step.
        linkSync(draft, path)
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 3) throw error
      }
      const holder = holderAt(path)
      if (holder && holds(path, holder)) throw taken(holder)
      moveAside(path, holder)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  const heartbeat = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(path, now, now)
    } catch {
      // The folder is gone; the database's own writes will say so.
    }
  }, HEARTBEAT_MS)
  heartbeat.unref()
  return () => {
    clearInterval(heartbeat)
    if (holderAt(path)?.token === mine.token) rmSync(path, { force: true })
  }
}

/** Renames a stale lock away. If another starter was faster, what was moved is its fresh lock: it is put back. */
function moveAside(path: string, stale: Holder | null) {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = holderAt(aside)
  if (moved && moved.token !== stale?.token) linkSync(aside, path)
  rmSync(aside, { force: true })
}

const taken = (folder: string, holder: Holder) =>
  new DomainError(
    'unavailable',
    holder.host === hostname()
      ? `The folder ${folder} is in use by another Liaison (process ${holder.pid}). Stop that one first, or choose another folder.`
      : `The folder ${folder} is in use by Liaison on ${holder.host}. Stop that one first; if it has crashed, try again in 15 seconds.`,
  )
