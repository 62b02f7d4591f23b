import { and, eq, isNull } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Boundary, Facts } from '@/lib/policy/facts'
import { atLeast } from '@/lib/policy/vocabulary'
import type { SharingRef, SharingView } from '@/lib/views/sharing'
import { releases } from '@/server/db/schema/consent'
import { documents, sections } from '@/server/db/schema/content'
import { labelsOffered } from '@/server/marking/labels-in-use'
import { shownReleases } from '@/server/operations/releases/shown-releases'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies } from '@/server/operations/shaping/agencies'
import { labelView } from '@/server/operations/shaping/labels'
import { objectOf } from '@/server/operations/sharing/apply-change'
import { givenRows } from '@/server/operations/sharing/given-rows'
import { readNames, readTakingPart, whoMayBeNamed } from '@/server/operations/sharing/naming'
import { askAlso } from '@/server/policy/authorize'
import { asItIs, type Hypothesis, LEVEL, type PersonAnswer, whoCanIf } from '@/server/policy/who-can'

/**
 * Asks: read on the section or document. Who can see and edit it, by agency and by name, with what fixes it; for those who
 * rule over it also whom it was given and denied, and whom a change may name.
 */
export const getSharing: Operation<{ on: SharingRef }, SharingView> = {
  event: 'boundary.viewed',
  async run(context, { on }) {
    const { tx, at } = context
    const needs = { ask: 'level', needs: 'read' } as const
    await context.authorize(on, needs)
    const waiting = await shownReleases(context, waitsOn(on))
    const authorized = await context.authorize(on, needs)
    const { facts } = authorized
    const object = 'sectionId' in on ? facts.section : facts.document
    if (object === null || facts.document === null) throw new Error('an object without its facts')
    const governs = askAlso(authorized, { ask: 'govern' }).allowed
    const who = await whoCanIf(tx, on, at.getTime(), LEVEL, [])
    const answers = who(asItIs).filter(({ decision }) => atLeast(decision.level, 'discover'))
    context.recordView({ object: objectOf(authorized), volume: { people: answers.length } }, [
      object.boundary?.id ?? null,
      answers.map(({ personId, decision }) => [personId, decision.level]),
    ])
    const originatorId = 'originatorOrgId' in object ? object.originatorOrgId : object.ownerOrgId
    const originator = mustGet(await readAgencies(tx, [originatorId]), originatorId)
    // A guest sees what names them: not who else takes part.
    const isGuest = facts.membership?.role === 'guest'
    const takingPart = isGuest ? [] : await readTakingPart(context, authorized.workspaceId)
    const titles = await titlesOf(context, facts.document.id, facts.section?.id ?? null)
    return {
      on,
      workspaceId: authorized.workspaceId,
      documentId: facts.document.id,
      title: titles.own,
      originator,
      clauses: await namedClauses(context, object.boundary),
      inherited:
        facts.section === null || isGuest
          ? null
          : { title: titles.document, clauses: await namedClauses(context, facts.document.boundary) },
      ceilings: takingPart
        .filter(({ participation }) => !atLeast(participation.ceiling, 'edit'))
        .map(({ agency, participation }) => ({ agency, ceiling: participation.ceiling })),
      // For who decides: nobody else is told who was let in or kept out by name.
      ...(governs
        ? {
            ...(await givenRows(context, on)),
            ...(await whoMayBeNamed(context, takingPart, who(unbounded))),
          }
        : { grants: [], denies: [], agencies: [], groups: [], people: [] }),
      label: labelView(object.label),
      labels: labelsOffered().map(labelView),
      frozen: facts.section?.frozen ?? null,
      who: await byAgency(context, answers),
      releases: waiting,
      can: {
        change: governs,
        why: governs
          ? null
          : `Only ${originator.name} can change who sees this; ask a steward of ${originator.name}.`,
      },
    }
  },
}

/** Pending releases of exactly this: a document's are not its sections'. */
const waitsOn = (on: SharingRef) =>
  'sectionId' in on
    ? eq(releases.sectionId, on.sectionId)
    : and(eq(releases.documentId, on.documentId), isNull(releases.sectionId))

const titlesOf = async ({ tx }: OperationContext, documentId: Id, sectionId: Id | null) => {
  const [document] = await tx.orm
    .select({ title: documents.title })
    .from(documents)
    .where(eq(documents.id, documentId))
  const [section] =
    sectionId === null
      ? []
      : await tx.orm.select({ title: sections.title }).from(sections).where(eq(sections.id, sectionId))
  return { document: document?.title ?? '', own: section?.title ?? document?.title ?? '' }
}

/** What is over is left out; what begins later stands there already. */
const namedClauses = async (context: OperationContext, boundary: Boundary | null) => {
  if (boundary === null) return null
  const live = boundary.clauses.filter(
    ({ validity }) => validity.until === null || validity.until > context.at.getTime(),
  )
  const nameOf = await readNames(context, live)
  return live.flatMap(({ subjectKind, subjectId, maxLevel, validity }) => {
    const named = nameOf({ subjectKind, subjectId })
    const until = validity.until === null ? null : new Date(validity.until).toISOString()
    return named === null ? [] : [{ subjectKind, subjectId, maxLevel, until, ...named }]
  })
}

/** As if no boundary stood in the way: what people could do by their role and by what they were given. */
const unbounded: Hypothesis = (facts: Facts) => ({
  ...facts,
  document: facts.document && { ...facts.document, boundary: null },
  section: facts.section && { ...facts.section, boundary: null, frozen: false },
})

const byAgency = async ({ tx }: OperationContext, answers: readonly PersonAnswer[]) => {
  const agencies = await readAgencies(
    tx,
    answers.map(({ orgId }) => orgId),
  )
  const who = new Map<Id, SharingView['who'][number]>()
  for (const { personId, name, orgId, decision } of answers) {
    const agency = mustGet(agencies, orgId)
    const entry = who.get(orgId) ?? { agency, people: [] }
    const person = { id: personId, name, org: agency }
    entry.people.push({ person, level: decision.level, rule: decision.rule })
    who.set(orgId, entry)
  }
  return [...who.values()]
}
