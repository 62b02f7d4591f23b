import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'
import { isPast, ms, notOver, type PolicyRow, SUBJECT, type SubjectRow } from '@/server/policy/policy-rows'

/** Somebody with their memberships, those that are in force and those that begin later. */
export interface MemberRow extends SubjectRow {
  memberships: PolicyRow[]
}

/**
 * Everyone with a membership in force at `at`, by organisation and name. Sessions are not looked at.
 * @param later also those whose membership begins after `at`
 */
export const readMembers = async (
  reader: Reader,
  workspaceId: Id,
  at: number,
  later = false,
  past = isPast(at),
): Promise<MemberRow[]> => {
  const { rows } = await reader.query<SubjectRow & Membership>(
    MEMBERS,
    [workspaceId, at, past],
    'policy members',
  )
  const members = new Map<Id, MemberRow>()
  const begun = new Set<Id>()
  for (const row of rows) {
    const { person_id, valid_from } = row
    if (later || valid_from <= at) begun.add(person_id)
    const known = members.get(person_id)
    const membership = membershipOf(row, workspaceId)
    if (known === undefined) members.set(person_id, memberOf(row, [membership]))
    else known.memberships.push(membership)
  }
  return [...members.values()].filter(({ person_id }) => begun.has(person_id))
}

type Membership = Pick<PolicyRow, 'id' | 'word' | 'valid_from' | 'valid_until'>

const MEMBERS = `select ${SUBJECT}, m.id, m.role as word, ${ms('m.valid_from')} as valid_from,
    ${ms('least(m.valid_until, m.ended_at)')} as valid_until
  from memberships m join people p on p.id = m.person_id join organisations o on o.id = p.org_id
  where m.workspace_id = $1 and ${notOver('$2', '$3', 'm.')}
  order by o.name, p.name, p.id`

const memberOf = (row: SubjectRow, memberships: PolicyRow[]): MemberRow => ({
  person_id: row.person_id,
  person_name: row.person_name,
  person_state: row.person_state,
  org_id: row.org_id,
  org_name: row.org_name,
  org_state: row.org_state,
  strength: null,
  ended_at: null,
  seen_at: null,
  expires_at: null,
  memberships,
})

/** As `readPolicyRows` gives it: what says nothing about a membership is null there as well. */
const membershipOf = (row: SubjectRow & Membership, workspaceId: Id): PolicyRow =>
  ({
    kind: 'membership',
    id: row.id,
    target: workspaceId,
    on_kind: 'workspace',
    subject_kind: 'person',
    subject_id: row.person_id,
    word: row.word,
    valid_from: row.valid_from,
    valid_until: row.valid_until,
  }) as PolicyRow
