import { setImmediate as breathe } from 'node:timers/promises'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { rollUp } from '@/lib/marking/roll-up'
import { atLeast } from '@/lib/policy/vocabulary'
import type { CopyPlan, CopyPreview } from '@/lib/views/copies'
import { assertOneWorkspace } from '@/server/operations/copies/assert-one-workspace'
import { facing, groupsFacing } from '@/server/operations/copies/facing'
import { readTitles } from '@/server/operations/copies/read-titles'
import { resultOf } from '@/server/operations/copies/result-of'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { agencyView, mustGet, readAgencies, readPeople } from '@/server/operations/shaping/agencies'
import { labelView } from '@/server/operations/shaping/labels'
import { type Authorized, askAlso, authorizeEach } from '@/server/policy/authorize'
import { asItIs, type PersonAnswer, whoCanIf } from '@/server/policy/who-can'

interface Found {
  place: Authorized
  /** What each new section is made of. */
  made: Authorized[][]
  leftOut: Id[]
}

/**
 * Asks: read on the sections and edit where they go; of a duplicate read on the document. Says what the result's marking
 * would be, who would not see it, and whether it would be refused.
 */
export const previewCopy: Operation<CopyPlan, CopyPreview> = {
  event: 'copy.previewed',
  async run(context, plan) {
    const { tx, actor, at } = context
    const found = plan.how === 'duplicate' ? await findBelow(context, plan) : await findParts(context, plan)
    const { place, made, leftOut } = found
    const parts = made.flat()
    const removesOriginals =
      plan.how === 'merge' && parts.every((part) => askAlso(part, { ask: 'govern' }).allowed)
    const isTaken = plan.how !== 'move' && plan.how !== 'split' && !removesOriginals
    const limits = made.map((of) => resultOf(of, actor.orgId))
    const missing = new Map<Id, PersonAnswer>()
    const ref =
      plan.how === 'duplicate' ? { workspaceId: place.workspaceId } : { documentId: plan.documentId }
    const reads = ({ decision }: PersonAnswer) => atLeast(decision.level, 'read')
    const read = { ask: 'level', needs: 'read' } as const
    const who = await whoCanIf(tx, ref, at.getTime(), read, groupsFacing(parts))
    const there = new Set(
      who(asItIs)
        .filter(reads)
        .map(({ personId }) => personId),
    )
    for (const of of made) {
      for (const answer of who(facing(plan, place, of, actor.orgId)))
        if (!reads(answer) && there.has(answer.personId)) missing.set(answer.personId, answer)
      // Everybody is asked about each section of a document: others get their turn in between.
      await breathe()
    }
    const isGuest = place.facts.membership?.role === 'guest'
    const people = await readPeople(tx, isGuest ? [] : missing.keys())
    const orgs = [...new Set(limits.map(({ originatorOrgId }) => originatorOrgId))]
    const agencies = await readAgencies(tx, orgs)
    const titles = await readTitles(tx, leftOut)
    const asks = (reason: string) =>
      parts.every((part) => askAlso(part, { ask: 'handle', how: 'copy', reason }).allowed)
    const object = {
      workspaceId: place.workspaceId,
      ...(place.documentId === null ? {} : { documentId: place.documentId }),
    }
    context.recordView(
      { object, details: { how: plan.how }, volume: { sections: made.length, without: missing.size } },
      [plan, [...missing.keys()]],
    )
    const own = place.facts.document?.label
    const labels = limits.map(({ label }) => label)
    const lowest = labels[0] ?? own
    if (lowest === undefined) throw new Error('a place without a label')
    return {
      sections: made.length,
      leftOut: leftOut.map((id) => mustGet(titles, id)),
      label: labelView(rollUp(lowest, labels)),
      originators: orgs.map((id) => agencyView(mustGet(agencies, id))),
      removesOriginals,
      asksReason: isTaken && !asks('') && asks('stated'),
      withoutAccess: isGuest ? null : [...missing.keys()].map((id) => mustGet(people, id)),
      why:
        plan.how === 'duplicate'
          ? await whyNotThere(context, place)
          : isTaken
            ? await whyNot(context, parts)
            : null,
    }
  },
}

/** The refusal that the act itself would meet, whatever reason is stated. */
const whyNot = async (context: OperationContext, parts: readonly Authorized[]): Promise<string | null> => {
  for (const { sectionId } of parts) {
    try {
      await context.authorize(
        { sectionId: sectionId as Id },
        { ask: 'handle', how: 'copy', reason: 'stated' },
      )
    } catch (error) {
      return refusalOf(error)
    }
  }
  return null
}

const refusalOf = (error: unknown): string => {
  if (!(error instanceof DomainError)) throw error
  const { ask } = error.details
  return ask === undefined ? error.forPeople : `${error.forPeople} Ask ${ask}.`
}

/** A document is made where one may edit. */
const whyNotThere = async (
  context: OperationContext,
  { workspaceId }: Authorized,
): Promise<string | null> => {
  try {
    await context.authorize({ workspaceId }, { ask: 'level', needs: 'edit' })
    return null
  } catch (error) {
    return refusalOf(error)
  }
}

const findParts = async (
  context: OperationContext,
  plan: Exclude<CopyPlan, { how: 'duplicate' }>,
): Promise<Found> => {
  const place = await context.authorize({ documentId: plan.documentId }, { ask: 'level', needs: 'edit' })
  const ids = plan.how === 'merge' ? [plan.sectionId, plan.nextSectionId] : [plan.sectionId]
  const parts: Authorized[] = []
  for (const sectionId of ids) {
    const part = await context.authorize({ sectionId }, { ask: 'level', needs: 'read' })
    assertOneWorkspace(place, part)
    parts.push(part)
  }
  return { place, made: [parts], leftOut: [] }
}

const findBelow = async (context: OperationContext, { documentId }: { documentId: Id }): Promise<Found> => {
  const { tx, actor, at } = context
  const place = await context.authorize({ documentId }, { ask: 'level', needs: 'read' })
  const copy = { ask: 'handle', how: 'copy', reason: 'stated' } as const
  const { sections } = await authorizeEach(tx, actor, { documentId }, copy, at.getTime())
  const shown = sections.filter(({ decision }) => atLeast(decision.level, 'discover'))
  return {
    place,
    made: shown.filter(({ decision }) => decision.allowed).map((part) => [part]),
    leftOut: shown.filter(({ decision }) => !decision.allowed).flatMap(({ sectionId }) => sectionId ?? []),
  }
}
