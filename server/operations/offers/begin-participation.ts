import { and, eq, inArray, isNull } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import { people } from '@/server/db/schema/identity'
import { memberships, participations } from '@/server/db/schema/workspace'
import type { OfferRow } from '@/server/operations/offers/offer-rows'
import type { OperationContext } from '@/server/operations/run-operation'
import {
  currentTerms,
  participationOf,
  recordSignature,
  replaceParticipation,
  type TermsRow,
} from '@/server/operations/terms/terms-rows'
import { administratorsToTell } from '@/server/told/people-to-tell'

/** What accepting signs. @throws `conflict` unless it is what was read and what is in force */
export const assertTerms = async (
  context: OperationContext,
  workspaceId: Id,
  read: { version: number; hash: string | null },
): Promise<TermsRow | null> => {
  const terms = await currentTerms(context, workspaceId)
  if ((terms?.version ?? 0) === read.version && (terms?.hash ?? null) === read.hash) return terms
  throw new DomainError(
    'conflict',
    'The terms have changed since you read them. Read them again, then answer.',
  )
}

/**
 * Puts in force what both sides have agreed. Of an invitation the organisation's own administrators become its first leads,
 * because nobody else may choose its people.
 * @param signer who signed the terms for the organisation, if there are any
 */
export const putInForce = async (
  context: OperationContext,
  offer: OfferRow,
  agreed: { ceiling: Level; terms: TermsRow | null; signer: Id },
): Promise<void> => {
  const { tx, at, actor } = context
  const { workspaceId, orgId, mayExport, validUntil } = offer
  if (orgId === null) throw new Error('an offer to nobody was accepted')
  const { ceiling, terms, signer } = agreed
  const now = await participationOf(context, workspaceId, orgId)
  const object = { workspaceId, targetId: orgId }
  const until = validUntil?.toISOString() ?? null
  if (offer.kind === 'change') {
    if (now === null) throw new DomainError('conflict', 'Your organisation does not take part here any more.')
    const row = await replaceParticipation(context, now, { ceiling, mayExport, validUntil })
    context.record({
      type: 'participation.changed',
      object,
      before: {
        ceiling: now.ceiling,
        mayExport: now.mayExport,
        until: now.validUntil?.toISOString() ?? null,
      },
      after: { participationId: row.id, ceiling, mayExport, until },
    })
    await context.changeAccess({ workspaceId, orgId })
    return
  }
  if (now !== null) throw new DomainError('conflict', 'Your organisation takes part here already.')
  const administrators = await administratorsToTell(tx, orgId)
  if (administrators.length === 0)
    throw new DomainError(
      'conflict',
      'The organisation has no administrator who could lead its people here. It needs one first.',
    )
  if (validUntil !== null && validUntil <= at)
    throw new DomainError('conflict', 'The end that was offered is over already. Ask for another offer.')
  const since = { workspaceId, grantedBy: actor.personId, validFrom: at }
  const participationId = newId()
  await tx.orm.insert(participations).values({
    ...since,
    id: participationId,
    orgId,
    ceiling,
    mayExport,
    validUntil,
    signedTermsVersion: terms?.version ?? 0,
  })
  context.record({
    type: 'participation.started',
    object,
    after: { participationId, ceiling, mayExport, until, terms: terms?.version ?? 0 },
  })
  if (terms !== null) await recordSignature(context, terms, { orgId, personId: signer })
  await endLeftovers(context, workspaceId, orgId)
  for (const personId of administrators) {
    const membershipId = newId()
    await tx.orm.insert(memberships).values({ ...since, id: membershipId, personId, role: 'lead' })
    context.record({
      type: 'membership.started',
      object: { workspaceId, targetId: personId },
      after: { membershipId, role: 'lead', until: null },
      details: { role: 'lead' },
    })
  }
  await context.changeAccess({ workspaceId, orgId })
}

/** Of an earlier part that ran out by itself: whoever came with it does not come back unasked. */
const endLeftovers = async (
  { tx, actor, at }: OperationContext,
  workspaceId: Id,
  orgId: Id,
): Promise<void> => {
  const itsPeople = tx.orm.select({ id: people.id }).from(people).where(eq(people.orgId, orgId))
  await tx.orm
    .update(memberships)
    .set({ endedAt: at, endedBy: actor.personId })
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        inArray(memberships.personId, itsPeople),
        isNull(memberships.endedAt),
      ),
    )
}
