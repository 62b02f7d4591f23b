import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openSectionConnection } from '@/app/_editor/connection/section-connection'
import {
  EDITOR_ATTRIBUTES,
  EDITOR_MARKS,
  EDITOR_SCHEMA_VERSION,
  EDITOR_SHAPES,
} from '@/lib/sync/editor-schema'
import { ACK_PARAMETER, SCHEMA_PARAMETER } from '@/lib/sync/protocol'
import { textOf } from '@/tests/support/sync/base-text'
import { openClient, socketClass, untilDoc } from '@/tests/support/sync/sync-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
beforeAll(async () => {
  bed = await openSyncBed()
})
afterAll(() => bed.close())

const open = (schema: number) =>
  openClient({
    port: bed.port,
    sectionId: bed.world.sections.open,
    cookie: bed.cookieOf(bed.world.people.weatherEditor),
    params: { [ACK_PARAMETER]: '1', [SCHEMA_PARAMETER]: String(schema) },
  })

test('the version is raised with every change of the schema', () => {
  const said = JSON.stringify([EDITOR_SHAPES, EDITOR_MARKS, Object.keys(EDITOR_ATTRIBUTES)])
  const fingerprint = createHash('sha256').update(said).digest('hex').slice(0, 12)
  // Another fingerprint: raise EDITOR_SCHEMA_VERSION, then put both here.
  expect({ fingerprint, version: EDITOR_SCHEMA_VERSION }).toMatchInlineSnapshot(`
    {
      "fingerprint": "21f9dcd3e9b9",
      "version": 1,
    }
  `)
})

test('a page of another version reads what others write, and what it writes is set aside without harm', async () => {
  const clara = open(EDITOR_SCHEMA_VERSION)
  const old = open(EDITOR_SCHEMA_VERSION + 1)
  await Promise.all([clara.synced, old.synced])
  old.text.insert(0, 'from an old page ')
  clara.text.insert(0, 'from a new page ')
  await untilDoc(old.doc, () => old.text.toString().includes('from a new page'))
  expect(clara.text.toString()).toBe('from a new page ')
  const { rows } = await bed.services.db.query(
    "select 1 from audit_inbox where type = 'section.frame_refused' and section_id = $1",
    [bed.world.sections.open],
  )
  expect(rows).toEqual([])
  expect(old.provider.wsconnected).toBe(true)
  clara.destroy()
  old.destroy()
})

test('the editor of such a page says what to do, and never that it is saved', async () => {
  const other = socketClass({
    origin: 'http://localhost:3000',
    cookie: bed.cookieOf(bed.world.people.countyLead),
  })
  const connection = openSectionConnection({
    sectionId: bed.world.sections.open,
    doc: new Y.Doc(),
    canEdit: true,
    serverUrl: `ws://127.0.0.1:${bed.port}`,
    WebSocketClass: class extends other {
      constructor(url: string | URL) {
        super(String(url).replace(`${SCHEMA_PARAMETER}=${EDITOR_SCHEMA_VERSION}`, `${SCHEMA_PARAMETER}=999`))
      }
    },
  })
  const said = await new Promise<string | null>((resolve) => {
    const stop = connection.status.subscribe(() => {
      if (connection.status.get() !== 'outdated') return
      stop()
      // Whoever hears of it asks at once.
      resolve(connection.reason.get())
    })
  })
  expect(said).toMatch(/load the page again/)
  textOf(connection.provider.doc).insert(0, 'unsaved ')
  const clara = open(EDITOR_SCHEMA_VERSION)
  await clara.synced
  clara.text.insert(0, 'later ')
  await untilDoc(connection.provider.doc, () => textOf(connection.provider.doc).toString().includes('later'))
  expect(clara.text.toString()).not.toContain('unsaved')
  expect(connection.saved.get()).toBe('saving')
  connection.destroy()
  clara.destroy()
})
