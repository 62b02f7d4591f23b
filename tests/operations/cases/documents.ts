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
import { type OperationCase, of, otherLead, reader, stranger } from '@/tests/operations/operation-case'

export const DOCUMENTS: readonly OperationCase[] = [
  of(
    'documents/create-document',
    createDocument,
    ({ workspaceId, annexId }) => ({ workspaceId, title: 'New', parentId: annexId }),
    'hospitalEditor',
    reader,
  ),
  of('documents/get-document', getDocument, ({ documentId }) => ({ documentId }), 'countyReader', {
    who: 'auditor',
    code: 'hidden',
    rule: 'R2',
  }),
  of(
    'documents/rename-document',
    renameDocument,
    ({ documentId }) => ({ documentId, title: 'Plan B' }),
    'weatherEditor',
    reader,
  ),
  of(
    'documents/archive-document',
    archiveDocument,
    ({ annexId }) => ({ documentId: annexId }),
    'countyLead',
    otherLead,
  ),
  of(
    'documents/restore-document',
    restoreDocument,
    ({ annexId }) => ({ documentId: annexId }),
    'countyLead',
    otherLead,
  ),
  of('documents/star-document', starDocument, ({ documentId }) => ({ documentId }), 'reviewer', {
    who: 'guest',
    code: 'hidden',
    rule: 'R7',
  }),
  of('documents/unstar-document', unstarDocument, ({ documentId }) => ({ documentId }), 'reviewer', stranger),
  of('documents/recent-documents', recentDocuments, () => undefined, 'reviewer', null),
  of('documents/starred-documents', starredDocuments, () => undefined, 'reviewer', null),
  of(
    'documents/move-document',
    moveDocument,
    ({ documentId, annexId }) => ({ documentId: annexId, parentId: documentId, afterDocumentId: null }),
    'hospitalEditor',
    reader,
  ),
]
