import type { SharingRef } from '@/lib/views/sharing'
import type { OperationContext } from '@/server/operations/run-operation'

/** One change of sharing in a document at a time; edits go on meanwhile. Tells nothing: it reads only ids. */
export const lockSharing = async ({ tx }: OperationContext, ref: SharingRef): Promise<void> => {
  await tx.query(
    `select id from documents where id = coalesce((select document_id from sections where id = $1), $1)
     for no key update`,
    ['sectionId' in ref ? ref.sectionId : ref.documentId],
  )
}
