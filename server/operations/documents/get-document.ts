import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { rollUp } from '@/lib/marking/roll-up'
import { atLeast } from '@/lib/policy/vocabulary'
import type { DocumentView, LabelView } from '@/lib/views/document'
import { documents, sections } from '@/server/db/schema/content'
import { stars, visits } from '@/server/db/schema/identity'
import { workspaces } from '@/server/db/schema/workspace'
import { labelsOffered } from '@/server/marking/labels-in-use'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readAgencies } from '@/server/operations/shaping/agencies'
import { audienceOf } from '@/server/operations/shaping/audience'
import { authorizeShown } from '@/server/operations/shaping/authorize-shown'
import { contradictionsOf } from '@/server/operations/shaping/contradictions'
import { labelView, mustKnowLabel } from '@/server/operations/shaping/labels'
import { sectionView } from '@/server/operations/shaping/section-view'
import { askAlso } from '@/server/policy/authorize'

/** The document as this viewer may know it: what may not be discovered leaves no gap, number or name. */
export const getDocument: Operation<{ documentId: Id }, DocumentView> = {
  event: 'document.viewed',
  async run(context, { documentId }) {
    const { tx, actor, at } = context
    const shown = await authorizeShown(context, documentId)
    const [row] = await tx.orm
      .select({ document: documents, workspace: workspaces, star: stars })
      .from(documents)
      .innerJoin(workspaces, eq(workspaces.id, documents.workspaceId))
      .leftJoin(stars, and(eq(stars.documentId, documents.id), eq(stars.personId, actor.personId)))
      .where(eq(documents.id, documentId))
    if (row === undefined) throw new Error(`document ${documentId} is gone`)
    const { document, workspace } = row
    context.recordView(
      {
        object: { workspaceId: workspace.id, documentId },
        volume: { sections: shown.sections.length },
      },
      shown.sections.map(({ sectionId, decision }) => [sectionId, decision.level]),
    )
    await tx.orm
      .insert(visits)
      .values({ personId: actor.personId, documentId, at })
      .onConflictDoUpdate({ target: [visits.personId, visits.documentId], set: { at } })

    const stored = new Map(
      (
        await tx.orm
          .select({ id: sections.id, title: sections.title, reseedUntil: sections.reseedUntil })
          .from(sections)
          .where(inArray(sections.id, idsOf(shown.sections)))
      ).map(({ id, ...rest }) => [id, rest]),
    )
    const agencies = await readAgencies(tx, [
      document.ownerOrgId,
      ...orgsOf([shown.document, ...shown.sections]),
    ])
    const contradictions = await contradictionsOf(context, shown.sections)
    const edits = shown.document.decision.allowed
    const seesSharing = atLeast(shown.document.decision.level, 'read')
    const facts = shown.document.facts.document
    const labels = shown.sections.flatMap(({ facts }) => facts.section?.label ?? [])
    return {
      id: document.id,
      workspace: { id: workspace.id, title: workspace.title },
      title: document.title,
      owner: mustGet(agencies, document.ownerOrgId),
      archived: document.archivedAt !== null,
      template: document.isTemplate,
      starred: row.star !== null,
      audience: seesSharing && facts ? audienceOf(facts.boundary, facts.label, agencies, at.getTime()) : null,
      label: labelView(rollUp<LabelView>(mustKnowLabel(document.label), labels)),
      labels: labelsOffered().map(labelView),
      sections: shown.sections.map((answer) =>
        sectionView({
          ...mustGet(stored, answer.sectionId ?? ''),
          answer,
          mayReorder: edits,
          contradiction: contradictions.get(answer.sectionId ?? '') ?? null,
          glassIsOn: workspace.breakGlassEnabled,
          ownOrg: actor.orgName,
          agencies,
        }),
      ),
      can: {
        rename: edits,
        addSection: edits,
        archive: askAlso(shown.document, { ask: 'govern' }).allowed,
        duplicate: seesSharing,
      },
    }
  },
}

type Answers = Awaited<ReturnType<typeof authorizeShown>>['sections']

const idsOf = (answers: Answers): Id[] => answers.flatMap(({ sectionId }) => sectionId ?? [])

/** Originators, and the organisations that boundaries name. */
const orgsOf = (answers: Answers): Id[] =>
  answers.flatMap(({ facts: { section, document } }) => [
    ...(section === null ? [] : [section.originatorOrgId]),
    ...[...(section?.boundary?.clauses ?? []), ...(document?.boundary?.clauses ?? [])]
      .filter((clause) => clause.subjectKind === 'org')
      .map((clause) => clause.subjectId),
  ])
