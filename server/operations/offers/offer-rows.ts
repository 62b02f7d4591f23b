import { and, eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { type Id, isId } from '@/lib/ids'
import { organisations, people } from '@/server/db/schema/identity'
import { participationOffers } from '@/server/db/schema/partnership'
import { memberships, workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { inForceAt } from '@/server/operations/shaping/agencies'
import { authorizeHost } from '@/server/operations/workspaces/authorize-host'

export type OfferRow = typeof participationOffers.$inferSelect

/** An offer waits so long for its answer. */
export const OFFER_DAYS = 30

const missing = () => new DomainError('missing', NOT_FOUND_FOR_PEOPLE)

/** The offer with its workspace locked, so that two answers come one after the other. @throws `missing` */
export const lockOffer = async ({ tx }: OperationContext, offerId: Id) => {
  if (!isId(offerId)) throw missing()
  const [found] = await tx.orm
    .select({ workspaceId: participationOffers.workspaceId })
    .from(participationOffers)
    .where(eq(participationOffers.id, offerId))
  if (found === undefined) throw missing()
  const [workspace] = await tx.orm
    .select()
    .from(workspaces)
    .where(eq(workspaces.id, found.workspaceId))
    .for('no key update')
  const [offer] = await tx.orm
    .select()
    .from(participationOffers)
    .where(eq(participationOffers.id, offerId))
    .for('update')
  if (workspace === undefined || offer === undefined) throw missing()
  return { offer, workspace }
}

/**
 * Is the actor one of those who answer for the organisation that the offer is made to? An address may have got its account
 * only after it was invited.
 */
export const answersFor = async (context: OperationContext, offer: OfferRow): Promise<boolean> => {
  const { tx, actor, at } = context
  const orgId =
    offer.orgId ?? (offer.email === null ? null : await organisationOfAddress(context, offer.email))
  if (orgId !== actor.orgId) return false
  if (actor.isAdministrator) return true
  if (offer.kind !== 'change') return false
  const [lead] = await tx.orm
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, offer.workspaceId),
        eq(memberships.personId, actor.personId),
        eq(memberships.role, 'lead'),
        inForceAt(memberships, at),
      ),
    )
  return lead !== undefined
}

/** @throws `missing` for whoever does not answer for the organisation: to them there is no such offer */
export const lockOfferToMe = async (context: OperationContext, offerId: Id) => {
  const { offer, workspace } = await lockOffer(context, offerId)
  if (offer.state === 'consent' || !(await answersFor(context, offer))) throw missing()
  const { orgId } = context.actor
  if (offer.orgId === null)
    await context.tx.orm
      .update(participationOffers)
      .set({ orgId })
      .where(eq(participationOffers.id, offer.id))
  return { offer: { ...offer, orgId }, workspace }
}

/** The offer for a lead of the host, who made it. @throws Refusal for others, `missing` for no offer */
export const lockOfferOfHost = async (context: OperationContext, offerId: Id) => {
  const { tx } = context
  const [found] = isId(offerId)
    ? await tx.orm
        .select({ workspaceId: participationOffers.workspaceId })
        .from(participationOffers)
        .where(eq(participationOffers.id, offerId))
    : []
  // As an unknown workspace: whether there is such an offer elsewhere cannot be told.
  const workspace = await authorizeHost(context, found?.workspaceId ?? offerId)
  const { offer } = await lockOffer(context, offerId)
  return { offer, workspace }
}

export const assertState = (offer: OfferRow, at: Date, ...states: OfferRow['state'][]): void => {
  if (states.includes(offer.state) && offer.expiresAt > at) return
  throw new DomainError(
    'conflict',
    'This offer has been answered, taken back or has run out. Reload the page.',
  )
}

/** The organisation that an address belongs to here: an account belongs to exactly one. Its administrators answer. */
export const organisationOfAddress = async (
  { tx }: Pick<OperationContext, 'tx'>,
  email: string,
): Promise<Id | null> => {
  const [row] = await tx.orm
    .select({ orgId: people.orgId })
    .from(people)
    .innerJoin(organisations, eq(organisations.id, people.orgId))
    .where(and(eq(people.email, email), eq(organisations.state, 'active')))
  return row?.orgId ?? null
}
