import type { Id } from '@/lib/ids'
import { atLeast } from '@/lib/policy/vocabulary'
import type { SharingRef } from '@/lib/views/sharing'
import type { Reader } from '@/server/db/client'
import type { Authorized } from '@/server/policy/authorize'

/**
 * How much of a workspace's record an auditor sees: all of it, or what is their agency's to know: what its people did, what
 * was done to documents that it owns and sections that it originated, and workspace policy.
 */
export type RecordScope = { kind: 'whole' } | { kind: 'agency'; orgId: Id }

/**
 * An audit office takes part with a ceiling of at most `discover`: no text can ever be its own, so it has no side. Whoever
 * else audits sees their own agency's part.
 * @param authorized the answer to the ask `record`
 */
export const scopeOf = ({ facts: { participation, subject } }: Pick<Authorized, 'facts'>): RecordScope =>
  participation !== null && !atLeast(participation.ceiling, 'read')
    ? { kind: 'whole' }
    : { kind: 'agency', orgId: subject.orgId }

const NOT_OWN = (org: string) => `actor_org_id is distinct from ${org}`
/** As the indexes of 0026_desk_speed.sql say it: word for word, or they are not used. */
export const BY_OTHERS = 'originator_org_id is not null and originator_org_id is distinct from actor_org_id'
const REST_BY_OTHERS =
  'owner_org_id is not null and owner_org_id is distinct from actor_org_id and owner_org_id is distinct from originator_org_id'

/**
 * What concerns an organisation, in disjoint parts, each of which an index answers newest first: what its people did; what
 * others did to its sections; what they did to the rest of its documents; policy. @param org a parameter, as `$2`
 */
export const partsOf = (
  org: string,
): { own: string; toSections: string; toDocuments: string; policy: string } => ({
  own: `actor_org_id = ${org}`,
  toSections: `originator_org_id = ${org} and ${BY_OTHERS}`,
  toDocuments: `owner_org_id = ${org} and ${REST_BY_OTHERS}`,
  policy: `is_policy and ${NOT_OWN(org)}`,
})

/** The same as one condition, for a few rows that are found otherwise. @param org a parameter */
export const withinScope = (org: string): string =>
  `(actor_org_id = ${org} or owner_org_id = ${org} or originator_org_id = ${org} or is_policy)`

/** Is a section or document that an auditor asks about their agency's own, or in a document that it owns? */
export const concernsScope = async (reader: Reader, on: SharingRef, scope: RecordScope): Promise<boolean> => {
  if (scope.kind === 'whole') return true
  const { rows } = await reader.query(
    `select 1 from documents d left join sections s on s.document_id = d.id and s.id = $2
     where (d.id = $1 or s.id = $2) and (d.owner_org_id = $3 or s.originator_org_id = $3)`,
    ['documentId' in on ? on.documentId : null, 'sectionId' in on ? on.sectionId : null, scope.orgId],
  )
  return rows.length > 0
}
