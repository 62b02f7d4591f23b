import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { DomainError } from '@/lib/errors'
import { rotateLogKey } from '@/server/audit/log-key'
import { acceptRestore } from '@/server/audit/trees/accept-restore'
import { openKeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { openServices } from '@/server/boot/open-services'
import { EnvProblems, readEnv } from '@/server/env'
import { silentMeter } from '@/server/meter'
import type { Services } from '@/server/services'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const COMMANDS: Record<string, (services: Services) => Promise<void>> = {
  async 'rotate-key'(services) {
    const { from, to } = await rotateLogKey(services)
    say(`The record is signed from now on with ${to}`)
    if (from !== null) say(`No longer with ${from}`)
    say(
      `The key is in ${services.env.logKeyFile}. Copy it to every other node, and give the new verifier key to every witness.`,
    )
  },

  async 'accept-restore'(services) {
    const kept = await openKeptCheckpoints(services.env.checkpointDir)
    const restored = await acceptRestore(services, kept)
    for (const { signed, head } of restored)
      say(
        `${signed.tree} goes on from ${head.size} events; ${signed.size} were signed. Witnesses that have seen them will refuse.`,
      )
    if (restored.length === 0) say('Nothing contradicts what was signed.')
  },
}

/** `npm run record:rotate-key`, `npm run record:accept-restore`: for whoever runs the installation. */
const main = async (): Promise<void> => {
  const run = COMMANDS[process.argv[2] ?? '']
  if (run === undefined) throw new DomainError('invalid', `Say which: ${Object.keys(COMMANDS).join(', ')}.`)
  const env = readEnv()
  const node = `command-${randomBytes(6).toString('hex')}`
  const services = await openServices(env, { log: pino({ level: env.logLevel }), meter: silentMeter, node })
  try {
    await run(services)
  } finally {
    await services.nodes.stop()
    await services.db.close()
  }
}

main().catch((error: unknown) => {
  const known = error instanceof DomainError ? error.forPeople : null
  process.stderr.write(`${known ?? (error instanceof EnvProblems ? error.message : String(error))}\n`)
  process.exitCode = 1
})
