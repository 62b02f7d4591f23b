import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createHostClient } from '@/server/witness/program/host-client'
import { poll } from '@/server/witness/program/poll'
import { serve } from '@/server/witness/program/serve'
import { init, join, trust } from '@/server/witness/program/set-up'
import { show } from '@/server/witness/program/show'
import { openStateFile, type StateFile, WitnessProblem } from '@/server/witness/program/state-file'
import { USAGE } from '@/server/witness/program/usage'

/** The witness that an agency runs on a machine of its own. Needs Node and this file: no database, no packages. */
const OPTIONS = {
  state: { type: 'string', default: 'liaison-witness.json' },
  host: { type: 'string' },
  name: { type: 'string' },
  'log-key': { type: 'string' },
  listen: { type: 'string', default: '127.0.0.1:8080' },
  every: { type: 'string', default: '3' },
  mirror: { type: 'string' },
  'mirror-every': { type: 'string', default: '600' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

type Values = ReturnType<typeof readArguments>['values']

const readArguments = () => {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS })
  } catch (problem) {
    throw new WitnessProblem(`${problem instanceof Error ? problem.message : problem}\n\n${USAGE}`)
  }
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const say = (line: string): void => print(`${new Date().toISOString()} ${line}`)

const given = (value: string | undefined, what: string): string => {
  if (value === undefined) throw new WitnessProblem(`Say ${what} as well.\n\n${USAGE}`)
  return value
}

/** The first line of what is typed or piped in: an argument would stand in the list of processes. */
const readToken = async (): Promise<string> => {
  if (process.stdin.isTTY) process.stdout.write('Token: ')
  for await (const line of createInterface({ input: process.stdin })) return line.trim()
  return ''
}

const MAKE: Record<string, (path: string, values: Values) => void> = {
  init(path, values) {
    const host = given(values.host, '--host https://…')
    const key = init(path, { host, name: given(values.name, '--name county.example/witness') })
    print(`What this witness remembers is in ${path}: keep it, and only once. Register the witness at
${host}/organisation/witnesses with this key, then come back with the token: liaison-witness join

${key}`)
  },
  trust(path, values) {
    trust(path, given(values['log-key'], '--log-key'))
    print('Trusted from now on.')
  },
}

const USE: Record<string, (file: StateFile, values: Values, stop: AbortSignal) => Promise<void> | void> = {
  async join(file, values) {
    const keys = await join(file, { token: await readToken(), logKey: values['log-key'] ?? null })
    print(`Joined. Trusted to sign the log, compare it with what the page shows:\n\n${keys.join('\n')}`)
  },
  run(file, values, stop) {
    const { host, token } = file.read()
    if (token === null) throw new WitnessProblem('This witness has not joined yet: liaison-witness join')
    const seconds = Number(values.every)
    if (!(seconds >= 0.1 && seconds <= 3_600))
      throw new WitnessProblem('--every is seconds, from 0.1 to 3600.')
    say(`watches ${host}`)
    const mirrorEvery = Number(values['mirror-every'])
    if (!(mirrorEvery >= 1)) throw new WitnessProblem('--mirror-every is seconds, from 1 on.')
    const mirror = values.mirror === undefined ? null : { folder: values.mirror, every: mirrorEvery * 1_000 }
    return poll({
      file,
      host: createHostClient(host, token, stop),
      stop,
      every: seconds * 1_000,
      mirror,
      say,
    })
  },
  serve(file, values, stop) {
    const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(values.listen) ?? []
    if (host === '' || Number(port) > 65_535)
      throw new WitnessProblem('--listen is an address and a port: 127.0.0.1:8080')
    if (file.read().logKeys.length === 0)
      throw new WitnessProblem('No key of a log is trusted yet: liaison-witness trust --log-key …')
    return serve({ file, listen: { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }, stop, say })
  },
  show: (file) => print(show(file.read())),
}

const main = async (): Promise<void> => {
  const { positionals, values } = readArguments()
  const [command = '', ...more] = positionals
  if (values.help || command === '') return print(USAGE)
  if (more.length > 0) throw new WitnessProblem(`One command at a time.\n\n${USAGE}`)
  const make = Object.hasOwn(MAKE, command) ? MAKE[command] : undefined
  if (make !== undefined) return make(values.state, values)
  const use = Object.hasOwn(USE, command) ? USE[command] : undefined
  if (use === undefined) throw new WitnessProblem(`There is no command ${command}.\n\n${USAGE}`)
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  process.once('SIGTERM', stop).once('SIGINT', stop)
  const file = openStateFile(values.state)
  try {
    await use(file, values, stopping.signal)
    if (stopping.signal.aborted) say('stopped')
  } finally {
    file.close()
  }
}

main().catch((problem: unknown) => {
  const text = problem instanceof WitnessProblem ? problem.message : (problem as Error).stack
  process.stderr.write(`liaison-witness: ${text}\n`)
  process.exitCode = 1
})
