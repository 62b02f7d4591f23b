import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visibleText } from '@/lib/visible-text'
import { scaleTo } from '@/server/exports/pdf/charts'
import { openFonts } from '@/server/exports/pdf/fonts'
import { openScene, type Scene } from '@/tests/exports/scene'
import { unzip } from '@/tests/exports/unzip'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

/** RFC 4180, as a spreadsheet reads it. */
const cellsOf = (csv: string): string[][] =>
  csv
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
    )

describe('a table', () => {
  test.each([
    ['=HYPERLINK("http://x")', `'=HYPERLINK("http://x")`],
    ['+1+1', `'+1+1`],
    ['-2+3', `'-2+3`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', '‹U+0009›=1'],
    ['\r=1', '‹U+000D›=1'],
    ['  =1', `'  =1`],
    ['＝1', `'＝1`],
    ['Plan\r\n"=1"', 'Plan‹U+000D›‹U+000A›"=1"'],
    ['safe\u202egnp.exe', 'safe‹U+202E›gnp.exe'],
    ['\u001b[31mred', '‹U+001B›[31mred'],
    ['Größe, "quoted"', 'Größe, "quoted"'],
  ])('a title %j is neither a formula nor anything unseen in it: %j', async (title, cell) => {
    const { world, workspaceId, orgs } = scene
    const documentId = await world.document(workspaceId, orgs.county, { title })
    await scene.append({ type: 'document.viewed', object: { workspaceId, documentId } })
    const exportId = await scene.ask(scene.people.auditor, 'csv', { documentId })
    await scene.make()
    const text = scene.text(exportId)
    expect(text.startsWith('\ufeff"time (UTC)","person","agency","what happened"')).toBe(true)
    const [, row = []] = cellsOf(text.slice(1))
    expect(row).toHaveLength(11)
    expect(row[4]).toBe(cell)
    for (const one of row) expect(one).not.toMatch(/^\s*[=+\-@\t\r]/)
  })

  test('it goes on from page to page, and says where each entry stands in its tree', async () => {
    const { workspaceId } = scene
    await scene.append(...Array.from({ length: 2_300 }, () => ({ type: 'terms.viewed' as const })))
    const exportId = await scene.ask(scene.people.auditor, 'csv', { type: 'terms.viewed' })
    await scene.make()
    const rows = cellsOf(scene.text(exportId)).slice(1)
    expect(rows).toHaveLength(2_300)
    expect(new Set(rows.map((row) => row[8])).size).toBe(2_300)
    expect(new Set(rows.map((row) => row[9]))).toEqual(new Set([`workspace:${workspaceId}`]))
    expect(await scene.row(exportId)).toMatchObject({ total: 2_300, done: 2_300 })
  })
})

describe('a bundle', () => {
  test('is a ZIP of the record, its verifier and two lines on how to run it', async () => {
    await scene.append({ type: 'workspace.viewed' })
    const exportId = await scene.ask(scene.people.auditor, 'bundle')
    await scene.make()
    const files = unzip(readFileSync(join(scene.folder, exportId)))
    expect([...files.keys()].sort()).toEqual(['README.txt', 'record.jsonl', 'verify.mjs'])
    expect(files.get('README.txt')?.toString().trim().split('\n')).toHaveLength(2)
    expect(files.get('verify.mjs')).toEqual(readFileSync('lib/verifier/verify.mjs'))
    const lines = (files.get('record.jsonl') ?? Buffer.alloc(0)).toString().trim().split('\n')
    const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind)
    expect([kinds[0], kinds.at(-1)]).toEqual(['bundle', 'end'])
    expect(await scene.row(exportId)).toMatchObject({ done: kinds.filter((kind) => kind === 'event').length })
  })

  test('one that cannot be written to its end leaves nothing, and is failed', async () => {
    const exportId = await scene.ask(scene.people.auditor, 'bundle')
    const { db } = scene.services
    const breaks = new Proxy(db, {
      get: (target, name: keyof typeof db) =>
        name !== 'query'
          ? target[name]
          : (text: string, values?: unknown[], called?: string) => {
              if (called?.startsWith('bundle events')) throw new Error('the database is gone')
              return target.query(text, values, called)
            },
    })
    await scene.make({ db: breaks })
    expect(await scene.row(exportId)).toMatchObject({ state: 'failed', bytes: null })
    expect(scene.files().filter((name) => name.startsWith(exportId))).toEqual([])
  })
})

describe('a report', () => {
  test('is a whole PDF with its own fonts, and reaches for nothing outside', async () => {
    await scene.append(
      ...Array.from({ length: 60 }, (_, i) => ({
        type: 'section.opened' as const,
        outcome: i % 9 === 0 ? ('denied' as const) : ('allowed' as const),
        ...(i % 9 === 0 ? { decision: { rule: 'R5' as const, level: 'none' as const, rows: [] } } : {}),
        actor: [scene.people.countyLead, scene.people.hospitalLead, scene.people.weatherEditor][
          i % 3
        ] as typeof scene.people.guest,
        object: {
          workspaceId: scene.workspaceId,
          documentId: scene.documentId,
          sectionId: scene.sections.open,
        },
      })),
    )
    const exportId = await scene.ask(scene.people.auditor, 'pdf', { sectionId: scene.sections.open })
    await scene.make()
    const pdf = readFileSync(join(scene.folder, exportId)).toString('latin1')
    expect(pdf.startsWith('%PDF-1.')).toBe(true)
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true)
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(3)
    expect(pdf.match(/\/FontFile2/g)?.length).toBe(2)
    expect(pdf).not.toMatch(/\/URI|\/JavaScript|\/Launch|\/EmbeddedFile/)
    expect(await scene.row(exportId)).toMatchObject({ state: 'done', total: 60 })
  })

  test('of nothing is a report as well', async () => {
    const exportId = await scene.ask(scene.people.auditor, 'pdf', { type: 'instance.set_up' })
    await scene.make()
    expect(await scene.row(exportId)).toMatchObject({ state: 'done', total: 0 })
  })

  test('characters that the font does not have, or that nobody sees, are named', () => {
    const { printable } = openFonts()
    expect(printable('Wien, Łódź, Αθήνα, Київ')).toBe('Wien, Łódź, Αθήνα, Київ')
    expect(printable('水')).toBe('‹U+6C34›')
    expect(printable('a\u202eb\u0000c\u200d')).toBe('a‹U+202E›b‹U+0000›c‹U+200D›')
    expect(visibleText('\u2066x\u2069')).toBe('‹U+2066›x‹U+2069›')
  })

  test.each([
    [0, 1],
    [1, 1],
    [3, 3],
    [7, 8],
    [99, 100],
    [101, 150],
    [1_234, 1_500],
    [48_213, 60_000],
  ])('a scale for %i ends at %i, in whole steps', (most, top) => {
    const scale = scaleTo(most)
    expect(scale.top).toBe(top)
    expect(scale.steps.at(-1)).toBe(top)
    expect(scale.steps.every(Number.isInteger)).toBe(true)
    expect(scale.steps.length).toBeLessThanOrEqual(6)
  })
})
