import type { Id } from '@/lib/ids'
import type { Plan } from '@/tests/operations/plan'

/** County's reader has asked to comment on County's own section. */
export const pendingRequest = async (
  { world, workspaceId, documentId, sections, people }: Plan,
  of: { personId: Id; orgId: Id } = people.countyReader,
  days = 2,
): Promise<{ requestId: Id }> => {
  return {
    requestId: await world.insert('access_requests', {
      person_id: of.personId,
      org_id: of.orgId,
      asked_for: crypto.randomUUID(),
      workspace_id: workspaceId,
      document_id: documentId,
      section_id: sections.open,
      level: 'comment',
      reason: 'I keep the list of shelters.',
      state: 'pending',
      created_at: new Date(Date.now() - days * 86_400_000),
    }),
  }
}
