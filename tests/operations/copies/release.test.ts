import { afterAll, beforeAll, expect, test } from 'vitest'
import { copySection } from '@/server/operations/copies/copy-section'
import { mergeSections } from '@/server/operations/copies/merge-sections'
import { turnKey } from '@/server/operations/releases/turn-key'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { type CopyBed, openCopyBed } from '@/tests/operations/copies/copy-bed'

let bed: CopyBed
beforeAll(async () => {
  bed = await openCopyBed()
  await bed.services.db.query('update sessions set confirmed_at = now()')
})
afterAll(() => bed.close())

const linkOf = async (sectionId: string, sourceId: string) => {
  const { rows } = await bed.services.db.query<{ id: string }>(
    'select id from section_sources where section_id = $1 and source_section_id = $2',
    [sectionId, sourceId],
  )
  return rows[0]?.id as string
}

/** Weather's; County reads it and has made a copy. */
const copied = async () => {
  const { orgs, people, world } = bed.world
  const sourceId = await bed.section(orgs.weather, ['one'])
  await world.boundary({ sectionId: sourceId }, [
    { kind: 'org', id: orgs.weather, max: 'manage' },
    { kind: 'org', id: orgs.county, max: 'read' },
  ])
  const input = { sectionId: sourceId, documentId: bed.annexId, title: 'Out', reason: '' }
  const { sectionId } = await bed.run(people.countyLead, copySection, input)
  const change = { sources: { end: [await linkOf(sectionId, sourceId)] } }
  return { sourceId, sectionId, on: { sectionId }, change }
}

test('a release from its source takes the keys of the source’s originator and of another organisation', async () => {
  const { people } = bed.world
  const { sectionId, on, change } = await copied()
  const seen = await bed.run(people.weatherSteward, previewSharing, { on, change })
  expect(seen).toMatchObject({ allowed: true, widens: true, keys: { second: true } })
  expect(seen.gain.map(({ person }) => person.name)).toContain('Hugo Hospital')
  const asked = await bed.run(people.weatherSteward, changeSharing, { on, change, hash: seen.hash })
  if (asked.applied) expect.fail('one key was enough')
  expect(await bed.levelOf(people.hospitalEditor, sectionId)).toBe('none')
  const key = { releaseId: asked.releaseId, hash: seen.hash }
  await expect(bed.run(people.hospitalEditor, turnKey, key)).rejects.toMatchObject({
    code: expect.any(String),
  })
  expect(await bed.run(people.countyLead, turnKey, key)).toEqual({ outcome: 'completed' })
  expect(await bed.levelOf(people.hospitalEditor, sectionId)).toBe('edit')
  expect(await bed.levelOf(people.countyLead, sectionId)).toBe('edit')
})

test('nobody else can ask for it: not whoever made the copy, not an editor, not with a link of another section', async () => {
  const { people, orgs } = bed.world
  const { on, change, sectionId } = await copied()
  for (const actor of [people.countyLead, people.weatherEditor, people.hospitalLead]) {
    const seen = await bed.run(actor, previewSharing, { on, change }).catch(() => null)
    if (seen !== null) expect(seen).toMatchObject({ allowed: false })
    const hash = seen?.hash ?? '0'.repeat(64)
    await expect(bed.run(actor, changeSharing, { on, change, hash })).rejects.toMatchObject({
      code: expect.stringMatching(/^(denied|hidden)$/),
    })
  }
  const other = await bed.section(orgs.weather, ['other'])
  const foreign = bed.run(people.weatherSteward, previewSharing, { on: { sectionId: other }, change })
  await expect(foreign).rejects.toMatchObject({ code: 'missing' })
  const mixed = bed.run(people.weatherSteward, previewSharing, { on, change: { ...change, boundary: null } })
  await expect(mixed).rejects.toMatchObject({ code: 'invalid' })
  expect(await bed.levelOf(people.countyLead, sectionId)).toBe('read')
})

test('of what two agencies’ texts were merged into, each releases its own; the other’s still holds', async () => {
  const { people, orgs, world } = bed.world
  const { sourceId } = await copied()
  const own = await bed.section(orgs.county, ['own'])
  await world.boundary({ sectionId: own }, [
    { kind: 'org', id: orgs.county, max: 'manage' },
    { kind: 'org', id: orgs.weather, max: 'read' },
  ])
  const input = { sectionId: own, nextSectionId: sourceId, title: 'Both', reason: '' }
  const { sectionId } = await bed.run(people.countyLead, mergeSections, input)
  const on = { sectionId }
  const change = { sources: { end: [await linkOf(sectionId, sourceId)] } }
  const { hash } = await bed.run(people.weatherSteward, previewSharing, { on, change })
  const asked = await bed.run(people.weatherSteward, changeSharing, { on, change, hash })
  if (asked.applied) expect.fail('one key was enough')
  await bed.run(people.countyLead, turnKey, { releaseId: asked.releaseId, hash })
  expect(await bed.levelOf(people.countyLead, sectionId)).toBe('manage')
  expect(await bed.levelOf(people.weatherEditor, sectionId)).toBe('read')
  expect(await bed.levelOf(people.hospitalEditor, sectionId)).toBe('none')
})

test('any change at the source in between voids it', async () => {
  const { people, world } = bed.world
  const { on, change, sourceId, sectionId } = await copied()
  const { hash } = await bed.run(people.weatherSteward, previewSharing, { on, change })
  const asked = await bed.run(people.weatherSteward, changeSharing, { on, change, hash })
  if (asked.applied) expect.fail('one key was enough')
  await world.deny({ sectionId: sourceId }, 'person', people.countyReader.personId)
  const turned = await bed.run(people.countyLead, turnKey, { releaseId: asked.releaseId, hash })
  expect(turned).toEqual({ outcome: 'voided' })
  expect(await bed.levelOf(people.hospitalEditor, sectionId)).toBe('none')
})
