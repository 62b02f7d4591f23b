import type { Facts, Request } from '@/lib/policy/facts'
import type { Finding } from '@/lib/policy/finding'
import { names } from '@/lib/policy/naming'
import { sourcesInForce } from '@/lib/policy/sources/sources-in-force'
import { inForce } from '@/lib/policy/validity'

/** R1-R4: may this person be here at all? Each returns null when it has nothing to say. */

/** R1. The person and the organisation are active, the session is live and its sign-in strong enough. */
export const subjectStands = ({ subject, workspace }: Facts): Finding | null => {
  const stands =
    subject.personState === 'active' &&
    subject.orgState === 'active' &&
    subject.session.live &&
    subject.session.strength >= workspace.minimumStrength
  return stands ? null : { cap: 'none', rows: [] }
}

/** R2. An auditor gets no content; nobody turns a key for their own request, or both keys for one organisation. */
export const dutiesAreSeparate = (facts: Facts, request: Request): Finding | null => {
  const { membership, subject, at } = facts
  if (membership !== null && membership.role === 'auditor' && inForce(membership.validity, at)) {
    return { cap: 'none', rows: [membership.id] }
  }
  if (request.ask !== 'approve') return null
  const { requestedBy, firstKey } = request
  const separate =
    requestedBy !== subject.personId &&
    (firstKey === null || (firstKey.personId !== subject.personId && firstKey.orgId !== subject.orgId))
  return separate ? null : { cap: 'none', rows: [] }
}

/** R3. Any deny in force that names the person: on the workspace, the document or the section, or on a source of it. */
export const nobodyDenies = (facts: Facts): Finding | null => {
  const { denies, subject, at } = facts
  const sources = sourcesInForce(facts)
  if (denies.length === 0 && sources.length === 0) return null
  const rows = denies.filter((deny) => names(deny, subject, at)).map(({ id }) => id)
  for (const source of sources) {
    const there = source.denies.filter((deny) => names(deny, subject, at))
    if (there.length > 0) rows.push(source.id, ...there.map(({ id }) => id))
  }
  // Two sources may lie in one document.
  return rows.length === 0 ? null : { cap: 'none', rows: [...new Set(rows)] }
}

/** R4. The person's organisation takes part, now, under the current terms; never above its ceiling. */
export const organisationTakesPart = ({ participation, subject, workspace, at }: Facts): Finding => {
  if (participation === null) return { cap: 'none', rows: [] }
  const takesPart =
    participation.orgId === subject.orgId &&
    participation.state === 'active' &&
    inForce(participation.validity, at) &&
    participation.signedTermsVersion >= workspace.termsVersion
  return { cap: takesPart ? participation.ceiling : 'none', rows: [participation.id] }
}
