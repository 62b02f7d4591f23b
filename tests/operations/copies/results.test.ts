import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { copySection } from '@/server/operations/copies/copy-section'
import { mergeSections } from '@/server/operations/copies/merge-sections'
import { previewCopy } from '@/server/operations/copies/preview-copy'
import { splitSection } from '@/server/operations/copies/split-section'
import { transferSection } from '@/server/operations/copies/transfer-section'
import { restoreSection } from '@/server/operations/sections/restore-section'
import { type CopyBed, openCopyBed } from '@/tests/operations/copies/copy-bed'
import { withBlocks } from '@/tests/support/copies'
import { committedRows } from '@/tests/support/sync/committed-rows'
import { openClient } from '@/tests/support/sync/sync-client'

let bed: CopyBed
beforeAll(async () => {
  bed = await openCopyBed()
})
afterAll(() => bed.close())

describe('what comes out', () => {
  test('the highest marking and the originator they share; else the agency of whoever merges', async () => {
    const { orgs, people, documentId } = bed.world
    const [green, amber] = [
      await bed.section(orgs.county, ['green']),
      await bed.section(orgs.county, ['amber'], { label: 'TLP:AMBER' }),
    ]
    const weather = await bed.section(orgs.weather, ['weather'])
    const stored = async (id: string) =>
      (
        await bed.services.db.query<{ label: string; originator_org_id: string }>(
          'select label, originator_org_id from sections where id = $1',
          [id],
        )
      ).rows[0]
    const merge = { title: 'Both', reason: 'Drill' }
    const mixed = { sectionId: amber, nextSectionId: weather, ...merge }
    const first = await bed.run(people.countyLead, mergeSections, mixed)
    expect(first.removed).toBe(false)
    expect(await stored(first.sectionId)).toEqual({ label: 'TLP:AMBER', originator_org_id: orgs.county })
    const preview = await bed.run(people.countyLead, previewCopy, {
      how: 'merge',
      sectionId: green,
      nextSectionId: amber,
      documentId,
    })
    expect(preview).toMatchObject({ removesOriginals: true, why: null, asksReason: false, sections: 1 })
    expect(preview.label.id).toBe('TLP:AMBER')
    const own = { sectionId: green, nextSectionId: amber, ...merge, reason: '' }
    const second = await bed.run(people.countyLead, mergeSections, own)
    expect(second.removed).toBe(true)
    expect(await stored(second.sectionId)).toEqual({ label: 'TLP:AMBER', originator_org_id: orgs.county })
    expect(await bed.wordsOf(second.sectionId)).toEqual(['green', 'amber'])
    expect(await bed.levelOf(people.countyLead, green)).toBe('none')
    await bed.run(people.countyLead, restoreSection, { sectionId: green })
    expect(await bed.levelOf(people.countyLead, green)).toBe('manage')
  })

  test('the first row of each is on record with its hash', async () => {
    const runs = await committedRows(bed.services.db)
    expect(runs.length).toBeGreaterThanOrEqual(2)
    for (const { said, stored } of runs) expect(said).toEqual(stored)
  })

  test('[R6] under a label that asks for names, those whom the source names', async () => {
    const { orgs, people, world } = bed.world
    const sectionId = await bed.section(orgs.county, ['strict'], { label: 'TLP:AMBER+STRICT' })
    await world.boundary({ sectionId }, [{ kind: 'org', id: orgs.county, max: 'manage' }])
    const input = { sectionId, documentId: bed.annexId, title: 'Strict', reason: 'Drill' }
    const copy = await bed.run(people.countyLead, copySection, input)
    expect(await bed.levelOf(people.countyLead, copy.sectionId)).toBe('manage')
    expect(await bed.levelOf(people.weatherEditor, copy.sectionId)).toBe('none')
  })

  test('[R9] TLP:RED is not copied, and AMBER not without a reason', async () => {
    const { orgs, people, world } = bed.world
    const red = await bed.section(orgs.county, ['red'], { label: 'TLP:RED' })
    await world.boundary({ sectionId: red }, [
      { kind: 'person', id: people.countyLead.personId, max: 'manage' },
    ])
    const amber = await bed.section(orgs.county, ['amber'], { label: 'TLP:AMBER' })
    const copy = (sectionId: string, reason: string) =>
      bed.run(people.countyLead, copySection, { sectionId, documentId: bed.annexId, title: 'Out', reason })
    await expect(copy(red, 'Drill')).rejects.toMatchObject({ decision: { rule: 'R9' } })
    await expect(copy(amber, ' ')).rejects.toMatchObject({ decision: { rule: 'R9' } })
    await copy(amber, 'Drill')
    const plan = { how: 'copy' as const, documentId: bed.annexId }
    const [onRed, onAmber] = [
      await bed.run(people.countyLead, previewCopy, { ...plan, sectionId: red }),
      await bed.run(people.countyLead, previewCopy, { ...plan, sectionId: amber }),
    ]
    expect(onRed.why).toMatch(/marking/)
    expect(onAmber).toMatchObject({ why: null, asksReason: true })
  })

  test('a frozen section is copied as it stands and not split; a removed one is not there', async () => {
    const { orgs, people, world, documentId } = bed.world
    const frozen = await withBlocks(
      bed.services.db,
      await world.section(documentId, orgs.county, { frozenAt: Date.now() }),
      ['one', 'two'],
    )
    const gone = await world.section(documentId, orgs.county, { removedAt: Date.now() })
    const into = { documentId: bed.annexId, title: 'Out', reason: '' }
    const copy = await bed.run(people.countyLead, copySection, { ...into, sectionId: frozen })
    expect(await bed.wordsOf(copy.sectionId)).toEqual(['one', 'two'])
    const split = bed.run(people.countyLead, splitSection, {
      sectionId: frozen,
      blockId: 'two',
      title: 'Out',
    })
    await expect(split).rejects.toMatchObject({ decision: { rule: 'R8' } })
    const removed = bed.run(people.countyLead, copySection, { ...into, sectionId: gone })
    await expect(removed).rejects.toMatchObject({ code: 'hidden' })
  })

  test('deleted text, other people’s clientIDs and history stay where they are; the row is the actor’s', async () => {
    const { orgs, people } = bed.world
    const sectionId = await bed.section(orgs.county, ['kept'])
    const client = openClient({ port: bed.port, sectionId, cookie: bed.cookieOf(people.weatherEditor) })
    await client.synced
    client.text.insert(4, ' SECRET')
    client.text.delete(4, 7)
    client.text.insert(4, ' after')
    await vi.waitFor(async () => expect(await bed.wordsOf(sectionId)).toEqual(['kept after']))
    client.destroy()
    const input = { sectionId, documentId: bed.annexId, title: 'Out', reason: '' }
    const copy = await bed.run(people.countyLead, copySection, input)
    const { rows } = await bed.services.db.query<{ person_id: string; bytes: Buffer }>(
      'select person_id, bytes from section_updates where section_id = $1',
      [copy.sectionId],
    )
    expect(rows.map(({ person_id }) => person_id)).toEqual([people.countyLead.personId])
    expect(rows[0]?.bytes.includes('SECRET')).toBe(false)
    expect(await bed.wordsOf(copy.sectionId)).toEqual(['kept after'])
    const bound = await bed.services.db.query<{ person_id: string }>(
      'select person_id from client_bindings where section_id = $1',
      [copy.sectionId],
    )
    expect(bound.rows).toEqual([{ person_id: people.countyLead.personId }])
    // It opens and is written to like any other.
    const other = openClient({
      port: bed.port,
      sectionId: copy.sectionId,
      cookie: bed.cookieOf(people.countyLead),
    })
    await other.synced
    expect(other.text.toString()).toBe('kept after')
    other.text.insert(0, 'well ')
    await vi.waitFor(async () => expect(await bed.wordsOf(copy.sectionId)).toEqual(['well kept after']))
    other.destroy()
  })
})

describe('moved to another document', () => {
  test('the document it leaves goes on limiting it, and what was copied from it there; going back leaves nothing', async () => {
    const { world, orgs, people, workspaceId } = bed.world
    const from = await world.document(workspaceId, orgs.county)
    const to = await world.document(workspaceId, orgs.county)
    const boundary = await world.boundary({ documentId: from }, [
      { kind: 'org', id: orgs.county, max: 'manage' },
      { kind: 'org', id: orgs.weather, max: 'read' },
    ])
    const sectionId = await bed.section(orgs.county, ['one'], { documentId: from })
    const into = { documentId: to, title: 'Out', reason: '' }
    const copy = await bed.run(people.countyLead, copySection, { ...into, sectionId })
    await bed.run(people.countyLead, transferSection, { sectionId, documentId: to })
    for (const id of [sectionId, copy.sectionId]) {
      expect(await bed.levelOf(people.weatherEditor, id)).toBe('read')
      expect(await bed.levelOf(people.hospitalEditor, id)).toBe('none')
      expect(await bed.levelOf(people.countyLead, id)).toBe('manage')
    }
    const linksOf = async (id: string) =>
      (
        await bed.services.db.query<{ id: string }>(
          'select coalesce(source_section_id, source_document_id) as id from section_sources where section_id = $1 and ended_at is null',
          [id],
        )
      ).rows.map((row) => row.id)
    expect(await linksOf(sectionId)).toEqual([from])
    expect((await linksOf(copy.sectionId)).sort()).toEqual([from, sectionId].sort())
    await bed.run(people.countyLead, transferSection, { sectionId, documentId: from })
    expect(await linksOf(sectionId)).toEqual([])
    await world.end('boundaries', boundary)
    expect(await bed.levelOf(people.weatherEditor, sectionId)).toBe('edit')
  })

  test('only by the originator’s own lead or steward', async () => {
    const { orgs, people } = bed.world
    const sectionId = await bed.section(orgs.weather, ['one'])
    const refused = bed.run(people.countyLead, transferSection, { sectionId, documentId: bed.annexId })
    await expect(refused).rejects.toMatchObject({ code: 'denied' })
    await bed.run(people.weatherSteward, transferSection, { sectionId, documentId: bed.annexId })
  })
})
