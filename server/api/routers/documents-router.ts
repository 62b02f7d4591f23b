import { fields, idInput, inDocument, titleInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { archiveDocument } from '@/server/operations/documents/archive-document'
import { createDocument } from '@/server/operations/documents/create-document'
import { getDocument } from '@/server/operations/documents/get-document'
import { moveDocument } from '@/server/operations/documents/move-document'
import { recentDocuments } from '@/server/operations/documents/recent-documents'
import { renameDocument } from '@/server/operations/documents/rename-document'
import { restoreDocument } from '@/server/operations/documents/restore-document'
import { starDocument } from '@/server/operations/documents/star-document'
import { starredDocuments } from '@/server/operations/documents/starred-documents'
import { unstarDocument } from '@/server/operations/documents/unstar-document'

export const documentsRouter = router({
  create: signedInProcedure
    .input(fields({ workspaceId: idInput, title: titleInput, parentId: idInput.nullable().optional() }))
    .mutation(run(createDocument)),
  get: signedInProcedure.input(inDocument).query(run(getDocument)),
  rename: signedInProcedure
    .input(fields({ documentId: idInput, title: titleInput }))
    .mutation(run(renameDocument)),
  archive: signedInProcedure.input(inDocument).mutation(run(archiveDocument)),
  restore: signedInProcedure.input(inDocument).mutation(run(restoreDocument)),
  star: signedInProcedure.input(inDocument).mutation(run(starDocument)),
  unstar: signedInProcedure.input(inDocument).mutation(run(unstarDocument)),
  recent: signedInProcedure.query(run(recentDocuments)),
  starred: signedInProcedure.query(run(starredDocuments)),
  /** To the place right after `afterDocumentId` below `parentId`; null: first, and at the top. */
  move: signedInProcedure
    .input(fields({ documentId: idInput, parentId: idInput.nullable(), afterDocumentId: idInput.nullable() }))
    .mutation(run(moveDocument)),
})
