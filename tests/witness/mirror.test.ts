import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSeal } from '@/server/audit/sealing/seal'
import type { ServerProcess } from '@/tests/support/server'
import { type Witness, type WitnessProgram, witnessProgram } from '@/tests/support/witness/program'
import { openSealingBed, type SealingBed } from '@/tests/support/witness/sealing-bed'

let bed: SealingBed
let program: WitnessProgram
let witness: Witness
let token: string
let one: ServerProcess | null = null
const folder = () => join(program.folder, 'copy')
const place = () => join(folder(), `workspace-${bed.workspaceId}`)

beforeAll(async () => {
  bed = await openSealingBed()
  program = await witnessProgram()
  witness = await program.make(bed.address, 'weather.example/witness')
  await as('weather', 3)
  await as('hospital', 2)
  await bed.grow(1)
  token = (await bed.register('weather', witness.key)).token
  await witness.call(['join'], `${token}\n`)
})
afterAll(async () => {
  await one?.stop('SIGKILL')
  await bed.close()
  program.remove()
})

/** Looks of an agency's people at their own sections: nobody else's business. */
const as = (agency: 'weather' | 'hospital', times: number) =>
  bed.db.transaction(async (tx) => {
    const { personId, orgId, sessionId } =
      bed.people[agency === 'weather' ? 'weatherSteward' : 'hospitalLead']
    const sectionId = agency === 'weather' ? bed.sections.shared : bed.sections.closed
    for (let i = 0; i < times; i++)
      bed.services.recorder.append(tx, {
        type: 'section.opened',
        outcome: 'allowed',
        actor: { personId, orgId, sessionId },
        object: { workspaceId: bed.workspaceId, documentId: bed.documentId, sectionId },
        clear: { address: '192.0.2.7' },
      })
  })
const run = () => {
  one = witness.start(['run', '--every', '0.1', '--mirror', folder(), '--mirror-every', '1'])
  return one
}
const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
}
const files = () => {
  try {
    return readdirSync(place()).filter((name) => name.startsWith('records-'))
  } catch {
    return []
  }
}
const lines = () =>
  files()
    .flatMap((name) => readFileSync(join(place(), name), 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line))
const mirrored = () =>
  bed.rows<{ canonical: string }>(
    `select canonical from audit_inbox where type = 'record.mirrored' and workspace_id is not null order by at`,
  )

it('keeps all leaf hashes, and only what its agency may see; the fetch is on record', async () => {
  run()
  await until(() => files().length > 0)
  const size = (await readSeal(bed.db, bed.tree, bed.services.now()))?.size ?? 0
  expect(readFileSync(join(place(), 'leaves')).length).toBe(size * 32)
  const actors = lines().map(({ canonical }) => JSON.parse(canonical).actor?.org)
  expect(actors).toContain(bed.orgs.weather)
  expect(actors).not.toContain(bed.orgs.hospital)
  const [event] = await mirrored()
  expect(JSON.parse(event?.canonical ?? '{}').volume).toMatchObject({ events: lines().length })
  await one?.stop()
})

it('goes on where it ended after a restart', async () => {
  const before = files()
  await as('weather', 2)
  await bed.grow(1)
  run()
  await until(() => files().length > before.length)
  const indexes = lines().map(({ index }) => index)
  expect(new Set(indexes).size).toBe(indexes.length)
  await one?.stop()
})

it('an event whose text was changed is not kept, and that is said', async () => {
  await as('weather', 1)
  await bed.grow(1)
  await bed.asSuperuser((tx) =>
    tx.query(
      `update audit_inbox set canonical = replace(canonical, 'allowed', 'denied') where id = (
      select event_id from audit_log where tree = $1 order by index desc offset 1 limit 1)`,
      [bed.tree],
    ),
  )
  const before = files()
  await run().says(/is not what stands in the tree/)
  expect(files()).toEqual(before)
})
