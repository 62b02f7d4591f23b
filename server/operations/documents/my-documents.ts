import { eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { DocumentRowView } from '@/lib/views/workspace'
import { documents } from '@/server/db/schema/content'
import { workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { documentRows, fingerprintOf, shownDocuments } from '@/server/operations/shaping/shown-documents'

export type MyDocument = DocumentRowView & { workspaceTitle: string }

/**
 * Rows for documents that the person has noted for themselves, in the order given, across workspaces, and the event
 * of having been shown them. What the person may no longer know of is left out, however it came onto the list.
 */
export const myDocuments = async (
  context: OperationContext,
  ids: Id[],
  list: 'recent' | 'starred',
): Promise<MyDocument[]> => {
  const places =
    ids.length === 0
      ? []
      : await context.tx.orm
          .select({ id: documents.id, workspaceId: workspaces.id, title: workspaces.title })
          .from(documents)
          .innerJoin(workspaces, eq(workspaces.id, documents.workspaceId))
          .where(inArray(documents.id, ids))
  const shown = await shownDocuments(context, { documentIds: places.map(({ id }) => id) })
  const rows = await documentRows(context, shown)
  context.recordView({ object: {}, details: { list }, volume: { documents: rows.length } }, [
    list,
    fingerprintOf(shown),
  ])
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id)
    const place = places.find((one) => one.id === id)
    return row === undefined || place === undefined ? [] : { ...row, workspaceTitle: place.title }
  })
}
