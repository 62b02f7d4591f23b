import * as Y from 'yjs'
import type { Id } from '@/lib/ids'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import type { Reader } from '@/server/db/client'
import { hashOf } from '@/server/text/hash-of'
import type { worldIn } from '@/tests/support/world'

/** Of nobody: no account ever used it. */
const AUTHOR = 11

const blockOf = (text: string): Y.XmlElement => {
  const block = new Y.XmlElement('blockContainer')
  block.setAttribute('id', text)
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(text)])
  block.insert(0, [paragraph])
  return block
}

/** A document with one paragraph for each text, which is also its block's id. */
export const docOf = (texts: readonly string[]): Y.Doc => {
  const doc = new Y.Doc()
  doc.clientID = AUTHOR
  doc.transact(() => {
    const group = new Y.XmlElement('blockGroup')
    doc.getXmlFragment(EDITOR_FRAGMENT).insert(0, [group])
    group.insert(0, texts.map(blockOf))
  })
  return doc
}

/** Lets a section hold these paragraphs. @returns its id */
export const withBlocks = async (
  db: Pick<Reader, 'query'>,
  sectionId: Id,
  texts: readonly string[],
): Promise<Id> => {
  const bytes = Y.encodeStateAsUpdate(docOf(texts))
  await db.query('insert into section_snapshots (section_id, seq, bytes, hash) values ($1, 0, $2, $3)', [
    sectionId,
    Buffer.from(bytes),
    hashOf(bytes),
  ])
  return sectionId
}

interface World {
  services: { db: Pick<Reader, 'query'> }
  world: ReturnType<typeof worldIn>
  workspaceId: Id
}

/** The organisation may take text out from now on (R9). */
export const letTake = async ({ services, world, workspaceId }: World, orgId: Id): Promise<void> => {
  const { rows } = await services.db.query<{ id: Id; may_export: boolean }>(
    'select id, may_export from participations where workspace_id = $1 and org_id = $2 and ended_at is null',
    [workspaceId, orgId],
  )
  if (rows.some((row) => row.may_export)) return
  for (const { id } of rows) await world.end('participations', id)
  await world.participation(workspaceId, orgId, { mayExport: true })
}
