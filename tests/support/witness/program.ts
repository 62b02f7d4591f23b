import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseState, type WitnessState } from '@/lib/witness/state'
import { buildWitness } from '@/server/boot/build-witness.mjs'
import { type ServerProcess, spawnServer } from '@/tests/support/server'

/**
 * The witness as agencies get it: one file, in a folder in which nothing else is, run by plain Node.
 * `remove` takes the folder away; stop what runs first.
 */
export const witnessProgram = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'witness-'))
  const program = await buildWitness(
    fileURLToPath(new URL('../../..', import.meta.url)),
    join(folder, 'w.mjs'),
  )
  const start = (args: readonly string[]): ServerProcess => spawnServer([program, ...args], {}, folder)
  const call = async (args: readonly string[], typed = '') => {
    const one = start(args)
    one.process.stdin?.end(typed)
    return { code: await one.exited, output: one.output() }
  }
  return {
    folder,
    start,
    call,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    /** One witness, made by `init`. */
    async make(host: string, name = 'county.example/witness') {
      const state = join(folder, `${name.replaceAll('/', '-')}.json`)
      const { output } = await call(['init', '--host', host, '--name', name, '--state', state])
      const [, key = ''] = /^(\S+\+[0-9a-f]{8}\+\S+)$/m.exec(output) ?? []
      return {
        name,
        key,
        file: state,
        read: (): WitnessState => parseState(readFileSync(state, 'utf8')),
        write: (text: string) => writeFileSync(state, text, { mode: 0o600 }),
        call: (args: readonly string[], typed?: string) => call([...args, '--state', state], typed),
        start: (args: readonly string[]) => start([...args, '--state', state]),
        run: () => start(['run', '--every', '0.1', '--state', state]),
      }
    },
  }
}

export type WitnessProgram = Awaited<ReturnType<typeof witnessProgram>>
export type Witness = Awaited<ReturnType<WitnessProgram['make']>>
