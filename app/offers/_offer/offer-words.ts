import type { OfferView } from '@/lib/views/partnership'

/** Where an offer stands, in a few words. */
export const offerStateWords = (offer: Pick<OfferView, 'state' | 'consents' | 'can' | 'kind'>): string => {
  if (offer.can.answer) return 'Waits for your answer'
  if (offer.can.consent) return 'Waits for your agency’s consent'
  if (offer.can.settleCounter) return 'Proposes less: waits for your answer'
  switch (offer.state) {
    case 'consent': {
      const waiting = offer.consents.filter(({ given }) => given === null)
      return waiting.length === 0
        ? 'Waits for consent'
        : `Waits for the consent of ${waiting.map(({ agency }) => agency.shortCode).join(', ')}`
    }
    case 'open':
      return offer.kind === 'invite' ? 'Not answered yet' : 'Waits for the agency to accept'
    case 'countered':
      return 'A lower ceiling was proposed'
    case 'accepted':
      return 'Accepted'
    case 'declined':
      return 'Declined'
    case 'withdrawn':
      return 'Taken back'
    case 'lapsed':
      return 'Not answered in time'
  }
}
