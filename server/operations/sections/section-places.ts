import { eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { documents, sections } from '@/server/db/schema/content'
import type { OperationContext } from '@/server/operations/run-operation'

/**
 * One change of a document's order at a time, so that two sections never get one place. Edits go on meanwhile.
 * @returns every section's place, also of those that are removed or that the actor cannot see: never to be shown.
 */
export const lockOrder = async (tx: Tx, documentId: Id) => {
  await tx.orm
    .select({ id: documents.id })
    .from(documents)
    .where(eq(documents.id, documentId))
    .for('no key update')
  return tx.orm
    .select({ id: sections.id, position: sections.position })
    .from(sections)
    .where(eq(sections.documentId, documentId))
}

/** A neighbour must be one that the actor may know of, in the same document; else it is as good as missing. */
export const authorizeNeighbour = async (
  context: OperationContext,
  documentId: Id,
  afterSectionId: Id | null,
): Promise<void> => {
  if (afterSectionId === null) return
  const neighbour = await context.authorize(
    { sectionId: afterSectionId },
    { ask: 'level', needs: 'discover' },
  )
  if (neighbour.documentId !== documentId) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
}

/** The ids that every event of a section carries. */
export const sectionObject = (
  { workspaceId, documentId }: { workspaceId: Id; documentId: Id | null },
  sectionId: Id,
) => {
  if (documentId === null) throw new Error(`section ${sectionId} was authorized without its document`)
  return { workspaceId, documentId, sectionId }
}
