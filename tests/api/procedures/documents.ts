import { EDITORS, HOST, inDocument, type ProcedureCase, READERS, SIGNED_IN } from '@/tests/api/procedures/who'

export const DOCUMENTS: Record<string, ProcedureCase> = {
  'documents.create': {
    may: EDITORS,
    input: ({ workspaceId, annexId }) => ({ workspaceId, title: 'New', parentId: annexId }),
  },
  'documents.get': { may: READERS, input: inDocument },
  'documents.rename': { may: EDITORS, input: (plan) => ({ ...inDocument(plan), title: 'Plan B' }) },
  'documents.archive': { may: HOST, input: inDocument },
  'documents.restore': { may: HOST, input: inDocument },
  'documents.star': { may: READERS, input: inDocument },
  'documents.unstar': { may: READERS, input: inDocument },
  'documents.recent': { may: SIGNED_IN },
  'documents.starred': { may: SIGNED_IN },
  'documents.move': {
    may: EDITORS,
    input: ({ documentId, annexId }) => ({
      documentId: annexId,
      parentId: documentId,
      afterDocumentId: null,
    }),
  },
}
