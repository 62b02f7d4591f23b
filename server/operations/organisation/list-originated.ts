import { and, eq, isNull } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { OriginatedView } from '@/lib/views/organisation'
import { documents, sections } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readAgencies } from '@/server/operations/shaping/agencies'
import { audienceOf } from '@/server/operations/shaping/audience'
import { labelView } from '@/server/operations/shaping/labels'
import { authorizeEach } from '@/server/policy/authorize'

/**
 * Asks: to enter the workspace, and of each section to read it. What one's own organisation originated there, and the boundary
 * that says who can see it; what the reader may not see leaves no gap and no number, whoever originated it.
 */
export const listOriginated: Operation<{ workspaceId: Id }, OriginatedView[]> = {
  event: 'organisation.originated_viewed',
  async run(context, { workspaceId }) {
    const { tx, actor, at } = context
    await context.authorize({ workspaceId }, { ask: 'enter' })
    const stored = await tx.orm
      .select({
        id: sections.id,
        title: sections.title,
        document: { id: documents.id, title: documents.title },
      })
      .from(sections)
      .innerJoin(documents, eq(documents.id, sections.documentId))
      .where(
        and(
          eq(documents.workspaceId, workspaceId),
          eq(sections.originatorOrgId, actor.orgId),
          isNull(sections.removedAt),
        ),
      )
    const places = new Map(stored.map((row) => [row.id, row]))
    const sectionIds = [...places.keys()]
    const asked = await authorizeEach(
      tx,
      actor,
      { sectionIds },
      { ask: 'level', needs: 'read' },
      at.getTime(),
    )
    const own = asked.sections.flatMap(({ facts: { section, document }, decision }) =>
      decision.allowed && section !== null && document !== null
        ? [{ section, boundary: section.boundary ?? document.boundary }]
        : [],
    )
    const ids = own.map(({ section }) => section.id)
    context.recordView({ object: { workspaceId }, volume: { sections: ids.length } }, ids)
    const agencies = await readAgencies(
      tx,
      own.flatMap(({ boundary }) =>
        (boundary?.clauses ?? []).flatMap((clause) => (clause.subjectKind === 'org' ? clause.subjectId : [])),
      ),
    )
    return own.map(({ section, boundary }) => {
      const { title, document } = mustGet(places, section.id)
      return {
        id: section.id,
        title,
        document,
        label: labelView(section.label),
        audience: audienceOf(boundary, section.label, agencies, at.getTime()),
        frozen: section.frozen,
      }
    })
  },
}
