import { describe, expect, test } from 'vitest'
import { cycles, wrongDirections } from '@/tests/architecture/directions'
import { badNames, foldersOfMap, lengthOf, medianLength, tooFull, tooLong } from '@/tests/architecture/shape'
import {
  mutationsThatAreNotOneOperation,
  othersWhoDecide,
  othersWhoKnowTheWire,
  othersWhoReadTheEnvironment,
  writersOfTheRecord,
} from '@/tests/architecture/single-callers'
import {
  foldersOnDisk,
  importsOf,
  readSources,
  readText,
  type Source,
} from '@/tests/architecture/source-tree'

const sources = readSources()
const fileAt = (path: string): Source => sources.find((one) => one.path === path) ?? expect.fail(`no ${path}`)

describe('the tree', () => {
  test('enough files and imports were looked at for the rest to mean anything', () => {
    const count = (top: string) => sources.filter(({ path }) => path.startsWith(top)).length
    expect(count('lib/')).toBeGreaterThanOrEqual(25)
    expect(count('server/')).toBeGreaterThanOrEqual(90)
    expect(count('app/')).toBeGreaterThanOrEqual(60)
    expect(count('tests/')).toBeGreaterThanOrEqual(30)
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(600)
  })

  test('imports go one way', () => expect(wrongDirections(sources)).toEqual([]))
  test('no cycle of imports', () => expect(cycles(sources)).toEqual([]))
  test('decide is called by authorize only', () => {
    expect(importsOf(fileAt('server/policy/authorize.ts')).map(({ target }) => target)).toContain(
      'lib/policy/decide',
    )
    expect(othersWhoDecide(sources)).toEqual([])
  })
  test('the record has one writer', () => {
    const writers = writersOfTheRecord(sources)
    expect(writers).toHaveLength(1)
    expect(writers[0]).toMatch(/^server\/audit\//)
  })
  test('frame numbers and close codes live in one file', () =>
    expect(othersWhoKnowTheWire(sources)).toEqual([]))
  test('the environment is read in one file', () => expect(othersWhoReadTheEnvironment(sources)).toEqual([]))
  test('every mutation calls exactly one operation', () => {
    const { seen, wrong } = mutationsThatAreNotOneOperation(sources)
    expect(seen).toBeGreaterThanOrEqual(25)
    expect(wrong).toEqual([])
  })
  test('no file is too long, no folder too full, no name empty', () => {
    // The verifier is handed over as one file: that is what it may be longer for.
    const verifier = 'lib/verifier/verify.mjs'
    expect(tooLong(sources.filter(({ path }) => path !== verifier))).toEqual([])
    expect(tooLong([fileAt(verifier)], 400)).toEqual([])
    expect(tooFull(sources)).toEqual([])
    expect(badNames(sources)).toEqual([])
    expect(medianLength(sources)).toBeLessThanOrEqual(80)
  })
  test('decide fits on a screen, and so does main', () => {
    const decide = fileAt('lib/policy/decide.ts')
    expect(lengthOf(decide, 'export const decide') + lengthOf(decide, 'const judge')).toBeLessThanOrEqual(60)
    expect(tooLong([fileAt('server/main.ts')], 80)).toEqual([])
    expect(
      tooLong(
        sources.filter(({ path }) => /^app\/.*\/page\.tsx$/.test(path)),
        80,
      ),
    ).toEqual([])
  })
  test('the map names the folders that are there', () => {
    const map = foldersOfMap(readText('ARCHITECTURE.md'))
    expect(map.length).toBeGreaterThan(30)
    expect(map).toEqual(foldersOnDisk())
  })
})

describe('what is planted is caught', () => {
  const source = (path: string, text: string): Source => ({ path, text })
  const CAUGHT: [string, string, string][] = [
    ['lib on the server', 'lib/policy/x.ts', "import { authorize } from '@/server/policy/authorize'"],
    ['lib on a framework', 'lib/views/x.ts', "import { useState } from 'react'"],
    ['server on app', 'server/policy/x.ts', "import { Button } from '@/app/_components/button'"],
    ['app on the database', 'app/page.tsx', "import { db } from '@/server/db/client'"],
    ['app lazily on the database', 'app/page.tsx', "const { db } = await import('@/server/db/client')"],
    ['app by a relative path', 'app/w/page.tsx', "import { x } from '../../server/db/client'"],
    ['an operation on sync', 'server/operations/x.ts', "import { close } from '@/server/sync/rooms'"],
    ['api on a table', 'server/api/routers/x.ts', "import { documents } from '@/server/db/schema/content'"],
    [
      'sync on content tables',
      'server/sync/x.ts',
      "import {\n  sections,\n} from '@/server/db/schema/content'",
    ],
    ['sync on api', 'server/sync/x.ts', "export { x } from '@/server/api/context'"],
  ]
  test.each(CAUGHT)('%s', (_, path, text) => {
    expect(wrongDirections([source(path, text)])).toHaveLength(1)
    expect(wrongDirections([source(path, `// ${text.replaceAll('\n', ' ')}`)])).toEqual([])
  })

  test('types may be looked at from app; a comment is no import', () => {
    const fine =
      "import type { AppRouter } from '@/server/api/router'\nimport { runtime } from '@/server/runtime'"
    expect(wrongDirections([source('app/page.tsx', fine)])).toEqual([])
  })

  test('a cycle, also a long one, but not of types', () => {
    const ring = (kind: string) => [
      source('lib/a.ts', "import { b } from '@/lib/b'"),
      source('lib/b.ts', "import { c } from './c'"),
      source('lib/c.ts', `import ${kind}{ a } from '@/lib/a'`),
    ]
    expect(cycles(ring(''))).toEqual(['lib/a → lib/b → lib/c → lib/a'])
    expect(cycles(ring('type '))).toEqual([])
  })

  test('a second caller of each law', () => {
    const path = 'server/operations/x.ts'
    for (const names of ['{ decide }', '{ UNKNOWN, decide as ask }', '* as policy']) {
      expect(othersWhoDecide([source(path, `import ${names} from '@/lib/policy/decide'`)])).toHaveLength(1)
    }
    expect(othersWhoDecide([source(path, "const d = await import('@/lib/policy/decide')")])).toHaveLength(1)
    expect(othersWhoDecide([source(path, "import { UNKNOWN } from '@/lib/policy/decide'")])).toEqual([])
    expect(
      writersOfTheRecord([source(path, 'tx.query(`insert into audit_inbox (id) values ($1)`)')]),
    ).toEqual([path])
    expect(writersOfTheRecord([source(path, 'tx.orm.insert(auditInbox).values(row)')])).toEqual([path])
    expect(othersWhoKnowTheWire([source(path, 'socket.close(4403)')])).toHaveLength(1)
    expect(othersWhoKnowTheWire([source(path, 'if (code >= 4400 && code < 4500) stop()')])).toHaveLength(1)
    expect(othersWhoKnowTheWire([source(path, '// closes with 1012')])).toEqual([])
    expect(othersWhoReadTheEnvironment([source(path, 'const url = process.env.DATABASE_URL')])).toHaveLength(
      1,
    )
  })

  test('a mutation of two operations, of none, and one that reaches past them', () => {
    const imports =
      "import { a } from '@/server/operations/a'\nimport { b } from '@/server/operations/b'\nimport { end } from '@/server/identity/sessions'\n"
    const wrongIn = (body: string) =>
      mutationsThatAreNotOneOperation([source('server/api/routers/x.ts', `${imports}p.mutation(${body})`)])
        .wrong.length
    expect(wrongIn('run(a)')).toBe(0)
    expect(wrongIn('({ ctx, input }) => a(ctx.services, input)')).toBe(0)
    expect(wrongIn('async (x) => { await run(a)(x); await run(b)(x) }')).toBe(1)
    expect(wrongIn('({ ctx }) => end(ctx)')).toBe(1)
    expect(wrongIn('({ ctx }) => ctx.db.query("update people")')).toBe(1)
  })

  test('a long file, a full folder, a bad name, a folder that the map forgot', () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => source(`lib/x/file-${i}.ts`, ''))
    expect(tooLong([source('lib/x.ts', 'a\n'.repeat(301))])).toHaveLength(1)
    expect(tooLong([source('lib/x.ts', 'a\n'.repeat(300))])).toEqual([])
    expect([tooFull(many(16)).length, tooFull(many(15)).length]).toEqual([1, 0])
    for (const path of ['lib/utils/x.ts', 'lib/index.ts', 'lib/someThing.ts', 'server/helpers.ts']) {
      expect(badNames([source(path, '')]), path).not.toEqual([])
    }
    expect(badNames([source('lib/x.ts', 'export default 1')])).toHaveLength(1)
    expect(foldersOfMap('```\napp/\n  d/  documents\n    [id]/\n  w/\nlib/\n```')).toEqual([
      'app',
      'app/d',
      'app/d/[id]',
      'app/w',
      'lib',
    ])
  })
})
