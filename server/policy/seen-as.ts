import type { Id } from '@/lib/ids'
import type { Facts, SubjectFacts } from '@/lib/policy/facts'
import type { Role } from '@/lib/policy/vocabulary'
import type { Reader } from '@/server/db/client'
import { NO_ID } from '@/server/policy/authorize'
import { loadFacts } from '@/server/policy/load-facts'
import { readMembers } from '@/server/policy/member-rows'
import type { SubjectRow } from '@/server/policy/policy-rows'

export interface SeenBy {
  /** Everyone with a membership now, by organisation and name. */
  members: Id[]
  /**
   * The facts about one section: of a person one set; of an organisation's role one for each way in which somebody could
   * have it: newly come, in all its groups, and as each of its people.
   */
  factsOf(sectionId: Id): Facts[]
}

const ALWAYS = { from: 0, until: null }

/**
 * A document's sections as a person sees them, or as people with a role in an organisation would. Sign-ins of others are
 * not known: they count as just strong enough.
 * @returns undefined for a person who is no member
 */
export const seenAs = async (
  reader: Reader,
  documentId: Id,
  at: number,
  as: { personId: Id } | { orgId: Id; role: Role },
): Promise<SeenBy | undefined> => {
  let members: SubjectRow[] = []
  const loaded = await loadFacts(
    reader,
    { kind: 'document below', id: documentId },
    at,
    async (object) => {
      members = object === null ? [] : await readMembers(reader, object.workspace_id, at)
      const session = { id: NO_ID, live: true, strength: object?.minimum_strength ?? 0 }
      const asked = members.filter((row) =>
        'personId' in as ? row.person_id === as.personId : row.org_id === as.orgId,
      )
      const newcomer = 'orgId' in as ? [newcomerOf(as.orgId)] : []
      return [...asked, ...newcomer].map((row) => ({ row, session }))
    },
    false,
    'orgId' in as,
  )
  const isMember = !('personId' in as) || as.personId === '' || loaded.subjects.length > 0
  if (!isMember) return undefined
  const allGroups = 'orgId' in as ? await groupsOf(reader, as.orgId) : []
  const variants: SubjectFacts[] = loaded.subjects.flatMap(({ row, facts }) =>
    row.person_id === NO_ID ? [facts, { ...facts, groups: allGroups }] : [facts],
  )
  return {
    members: members.map(({ person_id }) => person_id),
    factsOf: (sectionId) => {
      const object = loaded.objects.find((one) => one.sectionId === sectionId)
      if (object === undefined) return []
      return variants.map((subject) => {
        const facts = loaded.factsOf(subject, object)
        return 'role' in as ? { ...facts, membership: { id: NO_ID, role: as.role, validity: ALWAYS } } : facts
      })
    },
  }
}

/** Somebody of an organisation of whom nothing is known but that. */
const newcomerOf = (orgId: Id): SubjectRow => ({
  person_id: NO_ID,
  person_name: '',
  person_state: 'active',
  org_id: orgId,
  org_name: '',
  org_state: 'active',
  strength: null,
  ended_at: null,
  seen_at: null,
  expires_at: null,
})

const groupsOf = async (reader: Reader, orgId: Id): Promise<SubjectFacts['groups']> => {
  const { rows } = await reader.query<{ id: Id }>('select id from groups where org_id = $1', [orgId])
  return rows.map(({ id }) => ({ id, groupId: id, validity: ALWAYS }))
}
