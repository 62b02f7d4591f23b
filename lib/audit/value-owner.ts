import type { EventType } from '@/lib/audit/catalogue'

type Target = 'person' | 'invitation' | 'offer'

/** Values that are not about whoever acted, but about whom the event's target is or is meant for. */
const ABOUT_TARGET: { readonly [Type in EventType]?: Readonly<Record<string, Target>> } = {
  'person.created': { name: 'person', email: 'person' },
  'session.refused': { email: 'person' },
  'invitation.sent': { name: 'invitation', email: 'invitation' },
  'offer.made': { email: 'offer' },
}

/** Of an event: what says to whom its personal values belong. */
export interface OwnedEvent {
  type: string
  at: Date
  tree: string
  actorPersonId: string | null
  targetId: string | null
  /** `details.kind`, of a link that was handed over. */
  kind: string | null
}

/**
 * Whose key a personal value lies under: "person:<id>", "invitation:<id>" or "offer:<id>" as long as the address has no
 * account, or, where nobody is known, "month:<yyyy-mm>:<tree>", which retention destroys.
 */
export const valueOwner = (event: OwnedEvent, field: string): string => {
  const target = event.type === 'mail.link_shown' ? mailTarget(event.kind, field) : aboutTarget(event, field)
  if (target !== null) return event.targetId === null ? monthOwner(event) : `${target}:${event.targetId}`
  return event.actorPersonId === null ? monthOwner(event) : `person:${event.actorPersonId}`
}

const aboutTarget = ({ type }: OwnedEvent, field: string): Target | null =>
  (Object.hasOwn(ABOUT_TARGET, type) && ABOUT_TARGET[type as EventType]?.[field]) || null

const mailTarget = (kind: string | null, field: string): Target | null => {
  if (field !== 'email') return null
  return kind === 'participation_offer' ? 'offer' : 'invitation'
}

/** In UTC, as everything on record. */
export const monthOwner = ({ at, tree }: { at: Date; tree: string }): string =>
  `month:${at.toISOString().slice(0, 7)}:${tree}`
