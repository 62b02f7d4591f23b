import { and, count, eq, ne } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { EndPreview, OnLeaving } from '@/lib/views/partnership'
import { documents, sections } from '@/server/db/schema/content'
import { people } from '@/server/db/schema/identity'
import { termsVersions } from '@/server/db/schema/partnership'
import { memberships } from '@/server/db/schema/workspace'
import { authorizeSide, type Part } from '@/server/operations/participation/either-side'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { inForceAt, mustGet, readAgencies } from '@/server/operations/shaping/agencies'

/** What the terms say that the organisation has signed, not those that it may not have seen yet. */
export const agreedOnLeaving = async (
  { tx }: OperationContext,
  { workspace, participation }: Part,
): Promise<OnLeaving> => {
  const [signed] = await tx.orm
    .select({ onLeaving: termsVersions.onLeaving })
    .from(termsVersions)
    .where(
      and(
        eq(termsVersions.workspaceId, workspace.id),
        eq(termsVersions.version, participation.signedTermsVersion),
      ),
    )
  return signed?.onLeaving ?? 'choice'
}

/** Asks what ending it asks. What would be lost and what would stay, in numbers: of others' sections nothing is said. */
export const previewEnd: Operation<{ workspaceId: Id; orgId: Id }, EndPreview> = {
  event: 'participation.end_previewed',
  own: true,
  async run(context, { workspaceId, orgId }) {
    const side = await authorizeSide(context, workspaceId, orgId)
    const { workspace } = side
    if (orgId === workspace.hostOrgId)
      throw new DomainError('invalid', 'The host cannot leave its own workspace, nor be taken out of it.')
    const { tx, at } = context
    const agencies = await readAgencies(tx, [orgId, workspace.hostOrgId])
    const inside = and(eq(documents.workspaceId, workspaceId), eq(sections.originatorOrgId, orgId))
    const [own] = await tx.orm
      .select({ count: count() })
      .from(sections)
      .innerJoin(documents, eq(documents.id, sections.documentId))
      .where(inside)
    const shared = await tx.orm
      .selectDistinct({ id: documents.id })
      .from(documents)
      .innerJoin(sections, eq(sections.documentId, documents.id))
      .where(
        and(
          eq(documents.workspaceId, workspaceId),
          eq(documents.ownerOrgId, orgId),
          ne(sections.originatorOrgId, orgId),
        ),
      )
    const [members] = await tx.orm
      .select({ count: count() })
      .from(memberships)
      .innerJoin(people, eq(people.id, memberships.personId))
      .where(
        and(eq(memberships.workspaceId, workspaceId), eq(people.orgId, orgId), inForceAt(memberships, at)),
      )
    const preview: EndPreview = {
      agency: mustGet(agencies, orgId),
      host: mustGet(agencies, workspace.hostOrgId),
      people: members?.count ?? 0,
      sections: own?.count ?? 0,
      sharedDocuments: shared.length,
      onLeaving: await agreedOnLeaving(context, side),
    }
    context.recordView({ object: { workspaceId, targetId: orgId } }, [
      preview.people,
      preview.sections,
      preview.sharedDocuments,
    ])
    return preview
  },
}
