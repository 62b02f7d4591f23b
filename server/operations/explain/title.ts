import { eq } from 'drizzle-orm'
import type { SharingRef } from '@/lib/views/sharing'
import type { Tx } from '@/server/db/client'
import { documents, sections } from '@/server/db/schema/content'
import type { LoadedObject } from '@/server/policy/assemble-facts'

/** Only for those who may know of the object. */
export const titleOf = async (tx: Tx, on: SharingRef): Promise<string | null> => {
  const rows =
    'sectionId' in on
      ? await tx.orm.select({ title: sections.title }).from(sections).where(eq(sections.id, on.sectionId))
      : await tx.orm.select({ title: documents.title }).from(documents).where(eq(documents.id, on.documentId))
  return rows[0]?.title ?? null
}

/** The ids that an event about the object carries. */
export const objectOfRef = ({ workspaceId, documentId, sectionId }: LoadedObject) => ({
  workspaceId,
  ...(documentId === null ? {} : { documentId }),
  ...(sectionId === null ? {} : { sectionId }),
})
