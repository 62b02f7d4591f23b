import { z } from 'zod'
import {
  fields,
  hashInput,
  idInput,
  inWorkspace,
  levelInput,
  reasonInput,
  untilInput,
} from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { answerOffer } from '@/server/operations/offers/answer-offer'
import { consentToOffer } from '@/server/operations/offers/consent-to-offer'
import { getOffer } from '@/server/operations/offers/get-offer'
import { inviteOrganisation } from '@/server/operations/offers/invite-organisation'
import { listOffers } from '@/server/operations/offers/list-offers'
import { myOffers } from '@/server/operations/offers/my-offers'
import { settleCounter } from '@/server/operations/offers/settle-counter'
import { withdrawOffer } from '@/server/operations/offers/withdraw-offer'

const ceilingInput = levelInput.exclude(['none'])
const anOffer = fields({ offerId: idInput })
/** What was read: version 0 and no hash where the workspace has no terms. */
const read = { offerId: idInput, version: z.int().min(0), hash: hashInput.nullable() }

export const offersRouter = router({
  list: signedInProcedure.input(inWorkspace).query(run(listOffers)),
  mine: signedInProcedure.query(run(myOffers)),
  get: signedInProcedure.input(anOffer).query(run(getOffer)),
  invite: signedInProcedure
    .input(
      fields({
        workspaceId: idInput,
        email: z.string().max(254),
        ceiling: ceilingInput,
        mayExport: z.boolean(),
        until: untilInput,
        message: reasonInput,
      }),
    )
    .mutation(run(inviteOrganisation)),
  answer: signedInProcedure
    .input(
      z.discriminatedUnion('answer', [
        fields({ ...read, answer: z.literal('accept') }),
        fields({ ...read, answer: z.literal('counter'), ceiling: ceilingInput }),
        fields({ offerId: idInput, answer: z.literal('decline'), reason: reasonInput }),
      ]),
    )
    .mutation(run(answerOffer)),
  settleCounter: signedInProcedure
    .input(fields({ offerId: idInput, agree: z.boolean() }))
    .mutation(run(settleCounter)),
  consent: signedInProcedure
    .input(fields({ offerId: idInput, give: z.boolean(), reason: reasonInput }))
    .mutation(run(consentToOffer)),
  withdraw: signedInProcedure.input(anOffer).mutation(run(withdrawOffer)),
})
