import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeRecordEvent } from '@/server/operations/record/take-record-event'
import { liveALittle, openSealedBed, type SealedBed } from '@/tests/support/record/sealed-bundle'

let bed: SealedBed
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-entry-'))
  copyFileSync('lib/verifier/verify.mjs', join(folder, 'verify.mjs'))
  bed = await openSealedBed()
  await liveALittle(bed)
})
afterAll(async () => {
  await bed.close()
  rmSync(folder, { recursive: true, force: true })
})

const check = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  const { status, stdout } = spawnSync(process.execPath, ['verify.mjs', name], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, said: stdout }
}

test('an entry that an auditor takes away holds by itself, for the verifier alone; any other text does not', async () => {
  const { world, tree } = bed
  await bed.sequence()
  const entries = await bed.rows<{ id: string }>(
    `select i.id from audit_log l join audit_inbox i on i.id = l.event_id
     where l.tree = $1 and (i.actor_org_id = $2 or i.owner_org_id = $2) order by l.index`,
    [tree, world.orgs.county],
  )
  expect(entries.length).toBeGreaterThan(6)
  const take = (eventId: string) =>
    bed.run('auditor', takeRecordEvent, { workspaceId: world.workspaceId, eventId })
  await expect(take(entries[0]?.id ?? '')).rejects.toMatchObject({ code: 'unavailable' })
  await bed.seal(world.orgs.weather, world.orgs.hospital)
  for (const { id } of entries) {
    const { name, text } = await take(id)
    const { status, said } = check(name, text)
    expect(said).toMatch(/^It holds\./)
    expect(said).toMatch(/1 event shown/)
    expect(status).toBe(0)
    const other = check(name, text.replace('\\"at\\":\\"2', '\\"at\\":\\"1'))
    expect(other).toMatchObject({ status: 1, said: expect.stringMatching(/not in the tree that was signed/) })
  }
})
