import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Facts, Source } from '@/lib/policy/facts'
import type { SharingChange, SharingRef } from '@/lib/views/sharing'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies } from '@/server/operations/shaping/agencies'
import { hypothesisOf } from '@/server/operations/sharing/hypothesis'
import type { JudgedChange } from '@/server/operations/sharing/sharing-change'
import { type Authorized, askAlso } from '@/server/policy/authorize'

export interface KeysNeeded {
  /** Whose stewards must agree: everyone of whose things somebody would have more. */
  originators: Id[]
  /** A different person of another organisation must agree as well: somebody outside would have more. */
  second: boolean
}

/**
 * Which keys a change needs. Nobody gains: none. Only people of the originator's own organisation gain: its own steward
 * alone, because a second key would have to be shown what is not meant for it. Else the originators' and another's. Of a
 * release from sources those count whose things the text came from, though nobody gains today: what they will set there
 * holds no longer.
 */
export const keysNeeded = ({ gain, ended }: Pick<JudgedChange, 'gain' | 'ended'>): KeysNeeded => {
  if (ended.length > 0) {
    const from = [...new Set(ended.map(({ originatorOrgId }) => originatorOrgId))].sort()
    return { originators: from, second: gain.some(({ orgId }) => !from.includes(orgId)) }
  }
  return {
    originators: [...new Set(gain.map(({ originatorOrgId }) => originatorOrgId))].sort(),
    second: gain.some(({ orgId, originatorOrgId }) => orgId !== originatorOrgId),
  }
}

/** Whatever changes, somebody of each originator must be left who can change it back, now and at every later moment. */
export const assertOriginatorsKeepControl = async (
  { tx }: OperationContext,
  { planned, moments }: JudgedChange,
): Promise<void> => {
  const after = hypothesisOf(planned)
  for (const { originatorOrgId, people } of moments.flat()) {
    const own = people.filter(({ orgId }) => orgId === originatorOrgId)
    const had = own.some(({ decision }) => decision.level === 'manage')
    const has = own.some(
      ({ facts }) => askAlso({ facts: after(facts) }, { ask: 'govern' }).level === 'manage',
    )
    if (has || !had) continue
    const { name } = mustGet(await readAgencies(tx, [originatorOrgId]), originatorOrgId)
    throw new DomainError(
      'invalid',
      `That would leave nobody of ${name} who can manage what is its own here. Name a lead or steward of ${name} with “manage” and without an end.`,
    )
  }
}

/** Only leads and stewards of the organisation whose thing it is can ask for a widening, whatever else was granted. */
export const assertMayWiden = async (
  { tx, actor }: OperationContext,
  { asIs: { section, document, membership } }: Authorized,
  ended: readonly Source[] = [],
): Promise<void> => {
  const [from] = ended
  const own = ended.find(({ originatorOrgId }) => originatorOrgId === actor.orgId)
  const orgId = (own ?? from)?.originatorOrgId ?? section?.originatorOrgId ?? document?.ownerOrgId ?? ''
  if (orgId === actor.orgId && (membership?.role === 'lead' || membership?.role === 'steward')) return
  const { name } = mustGet(await readAgencies(tx, [orgId]), orgId)
  throw new DomainError('denied', `Only ${name} can change who sees this.`, {
    rule: 'R7',
    ask: `a steward of ${name}`,
  })
}

/**
 * Who may change what is shared rules over the object. A release from a source is for whoever rules over that source and
 * may read what was made of it, whosever that is.
 */
export const authorizeChange = async (
  context: OperationContext,
  ref: SharingRef,
  { sources }: SharingChange,
): Promise<Authorized> => {
  if (sources === undefined) return context.authorize(ref, { ask: 'govern' })
  const copy = await context.authorize(ref, { ask: 'level', needs: 'read' })
  const own = ownSources(copy.asIs, sources.end, context.actor.orgId)
  if (own.length === 0) return context.authorize(ref, { ask: 'govern' })
  for (const { section, document } of own)
    await context.authorize(section === null ? { documentId: document.id } : { sectionId: section.id }, {
      ask: 'govern',
    })
  return copy
}

const ownSources = ({ section }: Facts, ids: readonly Id[], orgId: Id) =>
  (section?.sources ?? []).filter(({ id, originatorOrgId }) => originatorOrgId === orgId && ids.includes(id))
