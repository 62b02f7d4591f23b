import { and, eq, inArray } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { atLeast, higher, type Level, lower, type Role } from '@/lib/policy/vocabulary'
import type { ViewAsView } from '@/lib/views/view-as'
import { documents, sections } from '@/server/db/schema/content'
import { workspaces } from '@/server/db/schema/workspace'
import { REASONS } from '@/server/operations/explain/row-words'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies, readParticipants, readPeople } from '@/server/operations/shaping/agencies'
import { authorizeShown, type ShownDocument } from '@/server/operations/shaping/authorize-shown'
import { labelView } from '@/server/operations/shaping/labels'
import { askAlso } from '@/server/policy/authorize'
import { type SeenBy, seenAs } from '@/server/policy/seen-as'

interface Input {
  documentId: Id
  as: { personId: Id } | { orgId: Id; role: Role } | null
}

/** So many people can be chosen from a list. */
const MOST_PEOPLE = 500

/**
 * Asks: to rule over the document or one of its sections, as a lead or steward. What of the document somebody else would
 * see, among what the actor may know of: never more than that. Without `as`: whom one can choose.
 */
export const viewAs: Operation<Input, ViewAsView> = {
  event: 'document.viewed_as',
  async run(context, { documentId, as }) {
    const { tx, at } = context
    const shown = await authorizeShown(context, documentId)
    await assertGoverns(context, shown)
    const { workspaceId } = shown.document
    const [row] = await tx.orm
      .select({ title: documents.title, workspace: workspaces })
      .from(documents)
      .innerJoin(workspaces, eq(workspaces.id, documents.workspaceId))
      .where(eq(documents.id, documentId))
    if (row === undefined) throw new Error(`document ${documentId} is gone`)
    const participants = await readParticipants(tx, workspaceId, row.workspace.hostOrgId, at)
    const seen = as && (await seenAs(tx, documentId, at.getTime(), as))
    const isHere =
      as === null || 'personId' in as || participants.some(({ agency }) => agency.id === as.orgId)
    if (seen === undefined || !isHere) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    const targetId = as === null ? null : 'personId' in as ? as.personId : as.orgId
    context.record({
      object: { workspaceId, documentId, ...(targetId === null ? {} : { targetId }) },
      ...(as !== null && 'role' in as ? { details: { role: as.role } } : {}),
    })
    const members =
      seen?.members ?? (await seenAs(tx, documentId, at.getTime(), { personId: '' }))?.members ?? []
    const people = await readPeople(tx, members.slice(0, MOST_PEOPLE))
    return {
      document: { id: documentId, title: row.title },
      as:
        as && 'personId' in as ? { person: mustGet(await readPeople(tx, [as.personId]), as.personId) } : null,
      agency:
        as && 'orgId' in as
          ? { agency: mustGet(await readAgencies(tx, [as.orgId]), as.orgId), role: as.role }
          : null,
      choices: {
        people: members.slice(0, MOST_PEOPLE).flatMap((id) => people.get(id) ?? []),
        agencies: participants.map(({ agency }) => agency),
      },
      sections: seen === null ? [] : await sectionsSeen(context, shown, seen),
    }
  },
}

const assertGoverns = async ({ tx }: OperationContext, { document, sections: below }: ShownDocument) => {
  const role = document.facts.membership?.role
  const governs = [document, ...below].some((answer) => askAlso(answer, { ask: 'govern' }).allowed)
  if (governs && (role === 'lead' || role === 'steward')) return
  const orgId = document.facts.document?.ownerOrgId ?? ''
  const { name } = mustGet(await readAgencies(tx, [orgId]), orgId)
  throw new DomainError(
    'denied',
    'Only leads and stewards who rule over something here can view it as others.',
    {
      rule: 'R7',
      ask: `a steward of ${name}`,
    },
  )
}

const sectionsSeen = async (
  { tx }: OperationContext,
  shown: ShownDocument,
  seen: SeenBy,
): Promise<ViewAsView['sections']> => {
  const ids = shown.sections.flatMap(({ sectionId }) => sectionId ?? [])
  const titles = new Map(
    (
      await tx.orm
        .select({ id: sections.id, title: sections.title })
        .from(sections)
        .where(and(inArray(sections.id, ids)))
    ).map(({ id, title }) => [id, title]),
  )
  const orgIds = shown.sections.flatMap(({ facts }) => facts.section?.originatorOrgId ?? [])
  const agencies = await readAgencies(tx, orgIds)
  return shown.sections.flatMap(({ sectionId, facts }) => {
    const variants = seen.factsOf(sectionId ?? '')
    if (facts.section === null || sectionId === null || variants.length === 0) return []
    const decisions = variants.map((one) => askAlso({ facts: one }, { ask: 'level', needs: 'read' }))
    const levels = decisions.map(({ level }) => level)
    const least = levels.reduce<Level>(lower, 'manage')
    const most = levels.reduce<Level>(higher, 'none')
    const fixed = decisions.find(({ level }) => level === most)
    const title = atLeast(most, 'discover') ? (titles.get(sectionId) ?? null) : null
    return [
      {
        id: sectionId,
        title,
        label: title === null ? null : labelView(facts.section.label),
        originator: mustGet(agencies, facts.section.originatorOrgId),
        least,
        most,
        rule: fixed?.rule ?? 'R0',
        why: REASONS[fixed?.rule ?? 'R0'],
      },
    ]
  })
}
