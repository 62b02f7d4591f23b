import * as Y from 'yjs'
import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

/** What the database holds of a section, as a stock Yjs document: the newest snapshot and the rows after it. */
export const storedDoc = async (db: Pick<Reader, 'query'>, sectionId: Id): Promise<Y.Doc> => {
  const doc = new Y.Doc()
  const [snapshot] = (
    await db.query<{ seq: number; bytes: Buffer }>(
      'select seq, bytes from section_snapshots where section_id = $1 order by seq desc limit 1',
      [sectionId],
    )
  ).rows
  if (snapshot !== undefined) Y.applyUpdate(doc, snapshot.bytes)
  const { rows } = await db.query<{ bytes: Buffer }>(
    'select bytes from section_updates where section_id = $1 and seq > $2 order by seq',
    [sectionId, snapshot?.seq ?? 0],
  )
  for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  return doc
}
