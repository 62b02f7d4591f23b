import { inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { atLeast } from '@/lib/policy/vocabulary'
import type { OriginatedView } from '@/lib/views/organisation'
import { documents, sections } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readAgencies } from '@/server/operations/shaping/agencies'
import { audienceOf } from '@/server/operations/shaping/audience'
import { labelView } from '@/server/operations/shaping/labels'
import { shownDocuments } from '@/server/operations/shaping/shown-documents'

/**
 * Asks: to enter the workspace, and of each section to read it. What one's own organisation originated there, and the boundary
 * that says who can see it; what the reader may not see leaves no gap and no number, whoever originated it.
 */
export const listOriginated: Operation<{ workspaceId: Id }, OriginatedView[]> = {
  event: 'organisation.originated_viewed',
  async run(context, { workspaceId }) {
    const { tx, actor, at } = context
    await context.authorize({ workspaceId }, { ask: 'enter' })
    const shown = await shownDocuments(context, { workspaceId })
    const own = [...shown.values()].flatMap((one) =>
      one.sections.flatMap(({ facts, decision }) => {
        const { section, document } = facts
        const mine = section?.originatorOrgId === actor.orgId && atLeast(decision.level, 'read')
        return mine && document !== null ? [{ section, boundary: section.boundary ?? document.boundary }] : []
      }),
    )
    const ids = own.map(({ section }) => section.id)
    context.recordView({ object: { workspaceId }, volume: { sections: ids.length } }, ids)
    if (ids.length === 0) return []
    const stored = await tx.orm
      .select({ id: sections.id, title: sections.title, documentId: sections.documentId })
      .from(sections)
      .where(inArray(sections.id, ids))
    const places = new Map(stored.map((row) => [row.id, row]))
    const titles = new Map(
      (
        await tx.orm
          .select({ id: documents.id, title: documents.title })
          .from(documents)
          .where(inArray(documents.id, [...new Set(stored.map(({ documentId }) => documentId))]))
      ).map(({ id, title }) => [id, title]),
    )
    const agencies = await readAgencies(
      tx,
      own.flatMap(({ boundary }) =>
        (boundary?.clauses ?? []).flatMap((clause) => (clause.subjectKind === 'org' ? clause.subjectId : [])),
      ),
    )
    return own.map(({ section, boundary }) => {
      const { title, documentId } = mustGet(places, section.id)
      return {
        id: section.id,
        title,
        document: { id: documentId, title: mustGet(titles, documentId) },
        label: labelView(section.label),
        audience: audienceOf(boundary, section.label, agencies, at.getTime()),
        frozen: section.frozen,
      }
    })
  },
}
