import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DamagedState, formatState, parseState, type WitnessState } from '@/lib/witness/state'
import { lockPath } from '@/server/db/folder-lock'

/** Something that whoever runs the witness must see to: said in a sentence, without a trace. */
export class WitnessProblem extends Error {
  override readonly name = 'WitnessProblem'
}

/** The one file of a witness, held by one process at a time. */
export interface StateFile {
  read(): WitnessState
  /**
   * On disk when it returns: written beside, synced, renamed, folder synced.
   * @throws WitnessProblem when somebody else has written the file meanwhile: then nothing must be signed any more
   */
  change(next: (state: WitnessState) => WitnessState): WitnessState
  close(): void
}

/** @throws WitnessProblem when there is a file already: it is never written over */
export const createStateFile = (path: string, state: WitnessState): void => {
  if (existsSync(path))
    throw new WitnessProblem(
      `${path} is there already: a witness that remembers. Choose another file with --state, or go on with that one.`,
    )
  write(path, state)
}

/** @throws WitnessProblem when it is not there, damaged, readable by others, or held by another process */
export const openStateFile = (path: string): StateFile => {
  if (!existsSync(path))
    throw new WitnessProblem(`${path} is not there. Make it with: liaison-witness init --host … --name …`)
  const unlock = lockPath(
    `${path}.lock`,
    ({ pid, host }) =>
      new WitnessProblem(
        `Another witness runs on ${path} (process ${pid} on ${host}). Two would sign behind each other's back: stop that one first.`,
      ),
  )
  try {
    let state = readWhole(path)
    return {
      read: () => state,
      change(next) {
        if (readWhole(path).generation !== state.generation)
          throw new WitnessProblem(
            `${path} was written by somebody else. This witness stops; start one alone on it.`,
          )
        const changed = { ...next(state), generation: state.generation + 1 }
        write(path, changed)
        state = changed
        return state
      },
      close: unlock,
    }
  } catch (problem) {
    unlock()
    throw problem
  }
}

const readWhole = (path: string): WitnessState => {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new WitnessProblem(
      `${path} holds a secret key and others on this machine may read it. Run: chmod 600 ${path}`,
    )
  try {
    return parseState(readFileSync(path, 'utf8'))
  } catch (problem) {
    if (!(problem instanceof DamagedState)) throw problem
    throw new WitnessProblem(
      `${path} is damaged: ${problem.message}. Nothing is signed with it, and no older copy of it must be used: a witness that forgets what it signed can be shown another history. Keep the file, make a new witness in a new file (liaison-witness init), register it and end this one.`,
    )
  }
}

const write = (path: string, state: WitnessState): void => {
  const draft = `${path}.new`
  rmSync(draft, { force: true })
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeFileSync(file, formatState(state))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  // Windows has no way to sync a folder; its rename is in the file system's journal.
  if (process.platform === 'win32') return
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
