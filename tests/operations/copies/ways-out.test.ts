import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/server/identity/actor'
import { copySection } from '@/server/operations/copies/copy-section'
import { duplicateDocument } from '@/server/operations/copies/duplicate-document'
import { mergeSections } from '@/server/operations/copies/merge-sections'
import { splitSection } from '@/server/operations/copies/split-section'
import { transferSection } from '@/server/operations/copies/transfer-section'
import { type CopyBed, openCopyBed } from '@/tests/operations/copies/copy-bed'

let bed: CopyBed
beforeAll(async () => {
  bed = await openCopyBed()
})
afterAll(() => bed.close())

describe('each way out of a boundary', () => {
  /** Of the weather service's; its own people may rule, the county's read, the hospitals' know nothing of it. */
  const guarded = async () => {
    const { world, orgs } = bed.world
    const sectionId = await bed.section(orgs.weather, ['one', 'two', 'three'])
    await world.boundary({ sectionId }, [
      { kind: 'org', id: orgs.weather, max: 'manage' },
      { kind: 'org', id: orgs.county, max: 'read' },
    ])
    return sectionId
  }
  const ways: [string, (actor: Actor, sectionId: string) => Promise<string[]>][] = [
    [
      'copy',
      async (actor, sectionId) => [
        (
          await bed.run(actor, copySection, {
            sectionId,
            documentId: bed.annexId,
            title: 'Out',
            reason: 'Drill',
          })
        ).sectionId,
      ],
    ],
    [
      'split',
      async (actor, sectionId) => [
        (await bed.run(actor, splitSection, { sectionId, blockId: 'two', title: 'Out' })).sectionId,
      ],
    ],
    [
      'merge',
      async (actor, sectionId) => {
        const nextSectionId = await bed.section(actor.orgId, ['own'])
        const input = { sectionId, nextSectionId, title: 'Out', reason: 'Drill' }
        return [(await bed.run(actor, mergeSections, input)).sectionId]
      },
    ],
    [
      'move',
      async (actor, sectionId) => {
        await bed.run(actor, transferSection, { sectionId, documentId: bed.annexId })
        return [sectionId]
      },
    ],
    [
      'duplicate',
      async (actor, sectionId) => {
        const { rows } = await bed.services.db.query<{ document_id: string }>(
          'select document_id from sections where id = $1',
          [sectionId],
        )
        const input = { documentId: rows[0]?.document_id as string, title: 'Out', reason: 'Drill' }
        const { documentId } = await bed.run(actor, duplicateDocument, input)
        const copies = await bed.services.db.query<{ id: string }>(
          `select s.id from sections s join section_sources f on f.section_id = s.id
           where s.document_id = $1 and f.source_section_id = $2`,
          [documentId, sectionId],
        )
        return copies.rows.map(({ id }) => id)
      },
    ],
    [
      'a copy of a copy',
      async (actor, sectionId) => {
        const input = { documentId: bed.annexId, title: 'Out', reason: 'Drill' }
        const first = await bed.run(actor, copySection, { ...input, sectionId })
        return [(await bed.run(actor, copySection, { ...input, sectionId: first.sectionId })).sectionId]
      },
    ],
  ]
  const may: Record<string, string[]> = {
    copy: ['countyLead', 'weatherSteward', 'weatherEditor'],
    split: ['weatherSteward', 'weatherEditor'],
    merge: ['countyLead', 'weatherSteward', 'weatherEditor'],
    move: ['weatherSteward'],
    duplicate: ['countyLead', 'weatherSteward', 'weatherEditor'],
    'a copy of a copy': ['countyLead', 'weatherSteward', 'weatherEditor'],
  }

  test.each(ways)('[R5] %s, tried by everybody', async (way, leave) => {
    const { people, stranger, orgs, world } = bed.world
    const everyone = { ...people, stranger }
    const done: string[] = []
    for (const [name, actor] of Object.entries(everyone)) {
      const sectionId = await guarded()
      const before = new Map<string, string>()
      for (const [who, one] of Object.entries(everyone)) before.set(who, await bed.levelOf(one, sectionId))
      const result = await leave(actor, sectionId).catch((error) => {
        expect(error.code).toMatch(/^(hidden|denied|missing)$/)
        return []
      })
      if (result.length > 0) done.push(name)
      for (const copy of result) {
        expect(await bed.levelOf(people.hospitalLead, copy)).toBe('none')
        expect(await bed.levelOf(people.hospitalEditor, copy)).toBe('none')
        expect(await bed.levelOf(people.auditor, copy)).toBe('none')
        expect(['none', 'read']).toContain(await bed.levelOf(people.countyLead, copy))
        for (const [who, one] of Object.entries(everyone)) {
          const ranks = ['none', 'discover', 'read', 'comment', 'suggest', 'edit', 'manage']
          const [was, is] = [before.get(who) as string, await bed.levelOf(one, copy)]
          expect(ranks.indexOf(is), `${who} by ${name}`).toBeLessThanOrEqual(ranks.indexOf(was))
        }
        // Recalled at the source, or narrowed for everybody: at once there as well.
        await world.deny({ sectionId }, 'org', orgs.county)
        expect(await bed.levelOf(people.countyLead, copy)).toBe('none')
      }
    }
    expect(done.filter((name) => name !== 'stranger').sort()).toEqual((may[way] ?? []).sort())
  })

  test('into another workspace: refused, and why', async () => {
    const { world, orgs, people } = bed.world
    const other = await world.workspace(orgs.county)
    await world.participation(other, orgs.county, { mayExport: true })
    await world.membership(other, people.countyLead.personId, 'lead')
    const documentId = await world.document(other, orgs.county)
    const sectionId = await bed.section(orgs.county, ['one'])
    const leave = bed.run(people.countyLead, copySection, { sectionId, documentId, title: 'Out', reason: '' })
    await expect(leave).rejects.toMatchObject({ code: 'invalid', forPeople: /one workspace to another/ })
    const move = bed.run(people.countyLead, transferSection, { sectionId, documentId })
    await expect(move).rejects.toMatchObject({ code: 'invalid' })
  })
})
