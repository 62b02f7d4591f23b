import { asc, eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { SubjectKind } from '@/lib/policy/vocabulary'
import type { AgencyView } from '@/lib/views/person'
import type { SharingView } from '@/lib/views/sharing'
import { groups } from '@/server/db/schema/identity'
import { workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies, readParticipants, readPeople } from '@/server/operations/shaping/agencies'
import type { PersonAnswer } from '@/server/policy/who-can'

type Subject = { subjectKind: SubjectKind; subjectId: Id }
type NameOf = (subject: Subject) => { name: string; agency: SharingView['originator'] } | null

/** Names of whom rows name: an agency, a group with its agency, a person with theirs. Null for what is gone. */
export const readNames = async ({ tx }: OperationContext, subjects: readonly Subject[]): Promise<NameOf> => {
  const ids = [...new Set(subjects.map(({ subjectId }) => subjectId))]
  const named = await readPeople(tx, ids)
  const groupRows = await tx.orm.select().from(groups).where(inArray(groups.id, ids))
  const agencies = await readAgencies(tx, [...ids, ...groupRows.map(({ orgId }) => orgId)])
  return ({ subjectId }) => {
    const person = named.get(subjectId)
    const group = groupRows.find(({ id }) => id === subjectId)
    const agency = person?.org ?? agencies.get(group?.orgId ?? subjectId)
    return agency === undefined ? null : { name: person?.name ?? group?.name ?? agency.name, agency }
  }
}

/**
 * Whom a change may name: the agencies that take part, their groups, the people who are members.
 * @param members what each of them could do if no boundary stood in the way
 */
export const whoMayBeNamed = async (
  { tx }: OperationContext,
  takingPart: readonly { agency: AgencyView }[],
  members: readonly PersonAnswer[],
): Promise<Pick<SharingView, 'agencies' | 'groups' | 'people'>> => {
  const byId = new Map(takingPart.map(({ agency }) => [agency.id, agency]))
  const groupRows = await tx.orm
    .select()
    .from(groups)
    .where(inArray(groups.orgId, [...byId.keys()]))
    .orderBy(asc(groups.name), asc(groups.id))
  const orgs = await readAgencies(
    tx,
    members.map(({ orgId }) => orgId),
  )
  return {
    agencies: [...byId.values()],
    groups: groupRows.map(({ id, name, orgId }) => ({ id, name, agency: mustGet(byId, orgId) })),
    people: members
      .map(({ personId, name, orgId, decision }) => ({
        id: personId,
        name,
        org: mustGet(orgs, orgId),
        byRole: decision.level,
      }))
      .sort(byName),
  }
}

const byName = (a: { name: string; id: Id }, b: { name: string; id: Id }): number =>
  collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)
/** Made once: it compares some hundred times as fast as `localeCompare`. */
const collator = new Intl.Collator('en')

export const readTakingPart = async ({ tx, at }: Pick<OperationContext, 'tx' | 'at'>, workspaceId: Id) => {
  const [workspace] = await tx.orm
    .select({ hostOrgId: workspaces.hostOrgId })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
  return readParticipants(tx, workspaceId, workspace?.hostOrgId ?? '', at)
}
