import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The real server as a process of its own. */
export interface ServerProcess {
  process: ChildProcess
  /** Everything it has said so far. */
  output(): string
  /** Resolves when a line of its output matches; rejects when it ends before. */
  says(pattern: RegExp): Promise<void>
  exited: Promise<number | null>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** @param args of node: `['--import', 'tsx', 'server/main.ts']` from source, `['server/boot/start.mjs']` as built */
export const spawnServer = (
  args: readonly string[],
  env: Record<string, string>,
  root = ROOT,
): ServerProcess => {
  const { PATH = '', HOME = '' } = process.env
  // Next's types want NODE_ENV in every environment; the server is told what it is by `env` alone.
  const all = { PATH, HOME, ...env } as unknown as NodeJS.ProcessEnv
  const child = spawn(process.execPath, args, { cwd: root, env: all })
  let said = ''
  const hear = (bytes: Buffer): void => {
    said += bytes.toString()
    child.emit('heard')
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  return {
    process: child,
    output: () => said,
    exited,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(said)) resolve()
        }
        child.on('heard', look)
        exited.then(() => reject(new Error(`The server ended before it said ${pattern}:\n${said}`)))
        look()
      }),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return exited
    },
  }
}

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
