import { beforeLeaving } from '@/lib/audit/findings/before-leaving'
import { dormant } from '@/lib/audit/findings/dormant'
import type { FindingRule } from '@/lib/audit/findings/finding-rules'
import { glass } from '@/lib/audit/findings/glass'
import { newNetwork } from '@/lib/audit/findings/new-network'
import { readThenExport } from '@/lib/audit/findings/read-then-export'
import { refusedThenLetIn } from '@/lib/audit/findings/refused-then-let-in'
import { sweep } from '@/lib/audit/findings/sweep'
import type { Detector, Found, Opening, SeenEvent } from '@/lib/audit/findings/types'
import { unusualHours } from '@/lib/audit/findings/unusual-hours'
import type { Id } from '@/lib/ids'

/** What is remembered of one person, or of one section or document: JSON, so that it can wait in the database. */
export interface Profile {
  orgId: Id | null
  memories: Partial<Record<FindingRule, unknown>>
  opening: Opening | null
}

export const newProfile = (orgId: Id | null): Profile => ({ orgId, memories: {}, opening: null })

const DETECTORS = [
  newNetwork,
  unusualHours,
  sweep,
  readThenExport,
  beforeLeaving,
  dormant,
  refusedThenLetIn,
  glass,
] as readonly Detector<unknown>[]

/** Somebody may have got in by these. */
const OPENERS: ReadonlySet<string> = new Set([
  'grant.started',
  'boundary.widened',
  'deny.ended',
  'release.completed',
  'access.approved',
  'section.marked',
  'document.marked',
  'break_glass.opened',
])

/**
 * Whom and what an event concerns: the profiles that `followEvent` needs. Of those who leave with their organisation, `org` says
 * whose people they are.
 */
export const concernedBy = (event: SeenEvent): { people: Id[]; objects: Id[]; org: Id | null } => {
  const leaves = event.type === 'participation.ended' || event.type === 'participation.left'
  const target = event.type === 'membership.ended' ? event.targetId : null
  const ids = (...all: (Id | null)[]) => [...new Set(all.filter((id) => id !== null))]
  return {
    people: ids(event.personId, target),
    objects: ids(event.sectionId, event.documentId),
    org: leaves ? event.targetId : null,
  }
}

/**
 * Shows one event to all detectors, for everyone whom it concerns. Changes the profiles.
 * @param profiles by id, with all that `concernedBy` asks for; a profile that is missing is a new one
 */
export const followEvent = (profiles: Map<Id, Profile>, event: SeenEvent): Found[] => {
  // The record's own search is not what it searches.
  if (event.type.startsWith('finding.')) return []
  const { people, objects, org } = concernedBy(event)
  const [narrowest] = objects
  if (OPENERS.has(event.type) && event.outcome === 'allowed' && narrowest !== undefined)
    profileIn(profiles, narrowest, null).opening = {
      eventId: event.id,
      at: event.at,
      personId: event.personId,
    }
  const openings = objects.flatMap((id) => profiles.get(id)?.opening ?? [])
  const opening = openings.reduce<Opening | null>(
    (last, one) => (last && last.at > one.at ? last : one),
    null,
  )
  if (event.personId !== null) profileIn(profiles, event.personId, event.orgId)
  const itsPeople =
    org === null ? [] : [...profiles].filter(([, { orgId }]) => orgId === org).map(([id]) => id)
  return [...new Set([...people, ...itsPeople])].flatMap((personId) => {
    const { orgId, memories } = profileIn(profiles, personId, null)
    return DETECTORS.flatMap((detector) => {
      memories[detector.rule] ??= detector.start()
      return detector.see(memories[detector.rule], event, { personId, orgId }, { opening }) ?? []
    })
  })
}

const profileIn = (profiles: Map<Id, Profile>, id: Id, orgId: Id | null): Profile => {
  const profile = profiles.get(id) ?? newProfile(orgId)
  profile.orgId ??= orgId
  profiles.set(id, profile)
  return profile
}
