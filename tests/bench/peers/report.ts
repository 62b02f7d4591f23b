import { readFileSync } from 'node:fs'

/** What a server under measurement says of itself: microseconds of CPU since its start, and bytes. */
export interface Usage {
  cpu: number
  rss: number
  /** Objects and buffers that JavaScript holds. */
  heap: number
}

export interface Question {
  id: number
  ask: string
  given?: unknown
}

export type Reply = { id: number; value: unknown } | { id: number; error: string }

const usage = (): Usage => {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { cpu: user + system, rss, heap: heapUsed + external }
}

/** After the garbage is gone: needs --expose-gc. */
const settle = async (): Promise<Usage> => {
  for (let i = 0; i < 3; i++) {
    global.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return usage()
}

let peak = 0
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 50).unref()

/** The most memory since the last such question. */
const takePeak = (): number => {
  const most = Math.max(peak, process.memoryUsage.rss())
  peak = 0
  return most
}

const files = new Map<string, string>()

/** A room's name is "<kind>-<number>"; this is the file with the document that all rooms of the kind begin with. */
const serve = ({ kind, file }: { kind: string; file: string }): void => {
  files.set(kind, file)
}

export const documentOf = (room: string): Buffer | null => {
  const file = files.get(room.slice(0, room.lastIndexOf('-')))
  return file === undefined ? null : readFileSync(file)
}

/** Answers the parent, and ends when it is gone. */
export const answerParent = (more: Record<string, (given: never) => unknown> = {}): void => {
  const all: Record<string, (given: never) => unknown> = { usage, settle, takePeak, serve, ...more }
  const answer = async ({ id, ask, given }: Question): Promise<Reply> => {
    try {
      return { id, value: await all[ask]?.(given as never) }
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }
  process.on('message', async (question: Question) => process.send?.(await answer(question)))
  process.on('disconnect', () => process.exit(0))
}
