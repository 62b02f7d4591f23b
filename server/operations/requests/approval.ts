import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { explain } from '@/lib/policy/explain'
import type { Boundary, Facts } from '@/lib/policy/facts'
import { inForce } from '@/lib/policy/validity'
import { atLeast, type Level } from '@/lib/policy/vocabulary'
import type { ApprovalView } from '@/lib/views/asks/request'
import type { SharingChange } from '@/lib/views/sharing'
import type { OpenRequest } from '@/server/operations/requests/request-standing'
import type { OperationContext } from '@/server/operations/run-operation'
import { sharingChangeView } from '@/server/operations/sharing/change-view'
import { hypothesisOf } from '@/server/operations/sharing/hypothesis'
import { sharingChange } from '@/server/operations/sharing/sharing-change'
import { whoCan } from '@/server/policy/who-can'

/** A level that can be given, as changes of sharing say it. */
export type GivenLevel = Exclude<Level, 'none'>

/**
 * What lets exactly this person do this much until then: a grant, and where a boundary keeps them out a clause of their own
 * beside the others. Nobody else gains anything by it.
 */
export const approvalChange = (
  { asIs }: { asIs: Facts },
  isSection: boolean,
  personId: Id,
  { level, until }: { level: GivenLevel; until: string | null },
): SharingChange => {
  const boundary = (isSection ? asIs.section : asIs.document)?.boundary ?? null
  const subject = { subjectKind: 'person', subjectId: personId } as const
  return {
    grants: { add: [{ ...subject, level, until }], end: [] },
    ...(boundary === null || admits(boundary, personId, level, asIs.at)
      ? {}
      : {
          boundary: [
            ...boundary.clauses
              .filter(({ validity, subjectId }) => inForce(validity, asIs.at) && subjectId !== personId)
              .map(({ subjectKind, subjectId, maxLevel, validity }) => ({
                subjectKind,
                subjectId,
                maxLevel: maxLevel as GivenLevel,
                until: validity.until === null ? null : new Date(validity.until).toISOString(),
              })),
            { ...subject, maxLevel: level, until },
          ],
        }),
  }
}

/** By a clause of the person's own, for good: what an agency's clause admits may still not name the person (R6). */
const admits = (boundary: Boundary, personId: Id, level: Level, at: number): boolean =>
  boundary.clauses.some(
    ({ subjectId, maxLevel, validity }) =>
      subjectId === personId && validity.until === null && inForce(validity, at) && atLeast(maxLevel, level),
  )

/** Works out an approval without making it. */
export const previewOf = async (
  context: OperationContext,
  { request, on, authorized }: OpenRequest,
  given: { level: GivenLevel; until: string | null },
): Promise<ApprovalView> => {
  const { tx, at, actor } = context
  if (given.until !== null && Date.parse(given.until) <= at.getTime())
    throw new DomainError('invalid', 'The end lies in the past. Choose a later one, or leave it open.')
  const change = approvalChange(authorized, 'sectionId' in on, request.personId, given)
  const judged = await sharingChange(context, authorized, change)
  const after = await whoCan(tx, on, hypothesisOf(judged.planned), at.getTime())
  const theirs = after.find(({ personId }) => personId === request.personId)
  const reaches = theirs?.decision.level ?? 'none'
  const why =
    theirs === undefined || atLeast(reaches, given.level)
      ? null
      : explain(theirs.decision, {
          ask: 'level',
          what: 'sectionId' in on ? 'section' : 'document',
          originator: actor.orgName,
          ownOrg: theirs.orgName,
        }).why
  return { on, change, preview: await sharingChangeView(context, authorized, judged), reaches, why }
}
