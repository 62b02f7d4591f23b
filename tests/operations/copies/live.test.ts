import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { takeOut } from '@/app/_editor/split/take-out'
import { newId } from '@/lib/ids'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { CLOSE } from '@/lib/sync/protocol'
import { copySection } from '@/server/operations/copies/copy-section'
import { splitSection } from '@/server/operations/copies/split-section'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { type CopyBed, openCopyBed } from '@/tests/operations/copies/copy-bed'
import { openClient } from '@/tests/support/sync/sync-client'

let bed: CopyBed
beforeAll(async () => {
  bed = await openCopyBed()
})
afterAll(() => bed.close())

test('a recall of the source empties the copy on an open socket, and refuses what is written after', async () => {
  const { orgs, people } = bed.world
  const sectionId = await bed.section(orgs.county, ['one'])
  const input = { sectionId, documentId: bed.annexId, title: 'Out', reason: '' }
  const copy = await bed.run(people.countyLead, copySection, input)
  const copyOfCopy = await bed.run(people.countyLead, copySection, { ...input, sectionId: copy.sectionId })
  const open = [copy.sectionId, copyOfCopy.sectionId].map((id) =>
    openClient({ port: bed.port, sectionId: id, cookie: bed.cookieOf(people.weatherEditor) }),
  )
  for (const client of open) await client.synced
  expect(open.map((client) => client.text.toString())).toEqual(['one', 'one'])
  const codes = open.map((client) => client.closed())
  const change = {
    boundary: [
      { subjectKind: 'org' as const, subjectId: orgs.county, maxLevel: 'manage' as const, until: null },
    ],
  }
  const { hash } = await bed.run(people.countyLead, previewSharing, { on: { sectionId }, change })
  await bed.run(people.countyLead, changeSharing, { on: { sectionId }, change, hash })
  const began = performance.now()
  for (const client of open) client.text.insert(0, 'late ')
  // Asked again, or refused with what they wrote: whichever came first.
  for (const code of await Promise.all(codes))
    expect([CLOSE.accessChanged, CLOSE.hiddenOrMissing]).toContain(code)
  expect(performance.now() - began).toBeLessThan(1_000)
  for (const client of open) client.destroy()
  for (const id of [copy.sectionId, copyOfCopy.sectionId]) {
    expect(await bed.wordsOf(id)).toEqual(['one'])
    expect(await bed.levelOf(people.weatherEditor, id)).toBe('none')
  }
})

test('a split while somebody types loses no letter', async () => {
  const { orgs, people } = bed.world
  const sectionId = await bed.section(orgs.county, ['alpha', 'omega'])
  const splitter = openClient({ port: bed.port, sectionId, cookie: bed.cookieOf(people.countyLead) })
  const writer = openClient({ port: bed.port, sectionId, cookie: bed.cookieOf(people.weatherEditor) })
  await Promise.all([splitter.synced, writer.synced])
  const second = () =>
    [...writer.doc.getXmlFragment(EDITOR_FRAGMENT).createTreeWalker((node) => node instanceof Y.XmlText)].at(
      -1,
    ) as unknown as Y.XmlText
  const letters: string[] = []
  const type = () => {
    const letter = `|${letters.length}|`
    letters.push(letter)
    second().insert(second().length, letter)
  }
  const typing = (async () => {
    while (letters.length < 40) {
      type()
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  const outcome = await bed.run(people.countyLead, splitSection, {
    sectionId,
    blockId: 'omega',
    title: 'Rest',
  })
  await typing
  // On a slow machine all of them may have been stored before the split looked: this one was not.
  type()
  const last = `omega${letters.join('')}`
  await vi.waitFor(async () => expect((await bed.wordsOf(sectionId)).at(-1)).toBe(last))
  await vi.waitFor(() => expect(splitter.doc.getXmlFragment(EDITOR_FRAGMENT).toString()).toContain(last))
  expect(takeOut(splitter.doc, outcome)).toBe(1)
  const both = [...(await bed.wordsOf(sectionId)), ...(await bed.wordsOf(outcome.sectionId))].join(' ')
  for (const letter of letters) expect(both).toContain(letter)
  expect(both).toContain('alpha')
  // Once nobody is there and nothing is new, the rest goes over, and stands there once.
  const again = await bed.run(people.countyLead, splitSection, { sectionId, blockId: 'omega', title: 'Rest' })
  expect(takeOut(splitter.doc, again)).toBe(0)
  await vi.waitFor(async () => expect(await bed.wordsOf(sectionId)).toEqual(['alpha']))
  expect(await bed.wordsOf(again.sectionId)).toEqual([last])
  splitter.destroy()
  writer.destroy()
  const missing = bed.run(people.countyLead, splitSection, { sectionId, blockId: newId(), title: 'Rest' })
  await expect(missing).rejects.toMatchObject({ code: 'conflict' })
  const all = bed.run(people.countyLead, splitSection, { sectionId, blockId: 'alpha', title: 'Rest' })
  await expect(all).rejects.toMatchObject({ code: 'invalid' })
})
