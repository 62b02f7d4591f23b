import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { atLeast, type Level } from '@/lib/policy/vocabulary'
import { participationOffers } from '@/server/db/schema/partnership'
import { assertTerms, putInForce } from '@/server/operations/offers/begin-participation'
import { assertState, lockOfferToMe } from '@/server/operations/offers/offer-rows'
import { tellOfferer } from '@/server/operations/offers/send-offer'
import type { Operation } from '@/server/operations/run-operation'

/** `version` 0 and `hash` null where the workspace has no terms. */
interface Read {
  version: number
  hash: string | null
}

type Answer =
  | ({ offerId: Id; answer: 'accept' } & Read)
  | ({ offerId: Id; answer: 'counter'; ceiling: Level } & Read)
  | { offerId: Id; answer: 'decline'; reason: string }

/**
 * The other side's answer, by an administrator of the organisation (of a change also by one of its leads): accepts, which signs
 * the terms that were read; proposes a lower ceiling, signed as well; or declines.
 */
export const answerOffer: Operation<Answer, void> = {
  event: 'offer.answered',
  own: true,
  async run(context, input) {
    const { tx, actor, at } = context
    const { offer } = await lockOfferToMe(context, input.offerId)
    assertState(offer, at, 'open')
    const answered = { answeredBy: actor.personId, answeredAt: at }
    const object = { workspaceId: offer.workspaceId, targetId: offer.id }
    const set = (values: Partial<typeof participationOffers.$inferInsert>) =>
      tx.orm
        .update(participationOffers)
        .set({ ...answered, tokenHash: null, ...values })
        .where(eq(participationOffers.id, offer.id))
    if (input.answer === 'decline') {
      await set({ state: 'declined', answer: input.reason })
      context.record({ object, details: { answer: 'decline' }, clear: { reason: input.reason } })
      await tellOfferer(context, offer, 'declined')
      return
    }
    const terms = await assertTerms(context, offer.workspaceId, input)
    if (input.answer === 'counter') {
      if (input.ceiling === offer.ceiling || !atLeast(offer.ceiling, input.ceiling))
        throw new DomainError('invalid', 'Propose a level that is lower than the one that is offered.')
      await set({ state: 'countered', counterCeiling: input.ceiling, counterVersion: input.version })
      context.record({
        object,
        details: { answer: 'counter', ceiling: input.ceiling, version: input.version, hash: input.hash },
      })
      await tellOfferer(context, offer, 'countered')
      return
    }
    await set({ state: 'accepted' })
    context.record({
      object,
      details: { answer: 'accept', version: input.version, hash: input.hash },
    })
    await putInForce(context, offer, { ceiling: offer.ceiling, terms, signer: actor.personId })
    await tellOfferer(context, offer, 'accepted')
  },
}
