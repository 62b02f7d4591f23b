import type { EventDraft } from '@/lib/audit/event'
import type { Asked, Decision, Facts, Request } from '@/lib/policy/facts'

/** What was asked, as it stands in the record. @param supposed whether the facts were those after a change that waits */
export const askedOf = (
  { at, subject, document, section }: Facts,
  request: Request,
  supposed: boolean,
): Asked => ({
  at,
  strength: subject.session.strength,
  ...(section !== null ? { section: section.id } : document !== null ? { document: document.id } : {}),
  ...termsOf(request),
  ...(supposed ? { supposed } : {}),
})

const termsOf = (request: Request): Omit<Asked, 'at' | 'strength'> => {
  switch (request.ask) {
    case 'level':
      return request
    case 'handle':
      return { ask: request.ask, how: request.how, reason: request.reason.trim() !== '' }
    case 'approve': {
      const { ask, requestedBy, firstKey } = request
      return { ask, requestedBy, firstKey: firstKey && { person: firstKey.personId, org: firstKey.orgId } }
    }
    case 'members':
      return { ask: request.ask, org: request.orgId }
    default:
      return { ask: request.ask }
  }
}

export const decisionOnRecord = ({
  rule,
  level,
  rows,
  asked,
}: Decision): NonNullable<EventDraft['decision']> => ({
  rule,
  level,
  rows,
  ...(asked === undefined ? {} : { asked }),
})
