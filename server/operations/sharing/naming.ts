import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { SubjectKind } from '@/lib/policy/vocabulary'
import type { SharingView } from '@/lib/views/sharing'
import { groups, people } from '@/server/db/schema/identity'
import { memberships, workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import {
  inForceAt,
  mustGet,
  readAgencies,
  readParticipants,
  readPeople,
} from '@/server/operations/shaping/agencies'

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

/** Whom a change may name: the agencies that take part, their groups, the people who are members. */
export const whoMayBeNamed = async (
  { tx, at }: OperationContext,
  workspaceId: Id,
  byRole: ReadonlyMap<Id, SharingView['people'][number]['byRole']>,
): Promise<Pick<SharingView, 'agencies' | 'groups' | 'people'>> => {
  const agencies = await readTakingPart({ tx, at }, workspaceId)
  const byId = new Map(agencies.map(({ agency }) => [agency.id, agency]))
  const groupRows = await tx.orm
    .select()
    .from(groups)
    .where(inArray(groups.orgId, [...byId.keys()]))
    .orderBy(asc(groups.name), asc(groups.id))
  const rows = await tx.orm
    .selectDistinct({ id: people.id, name: people.name })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.workspaceId, workspaceId), inForceAt(memberships, at)))
    .orderBy(asc(people.name), asc(people.id))
  const named = await readPeople(
    tx,
    rows.map(({ id }) => id),
  )
  return {
    agencies: agencies.map(({ agency }) => agency),
    groups: groupRows.map(({ id, name, orgId }) => ({ id, name, agency: mustGet(byId, orgId) })),
    people: rows.map(({ id }) => ({ ...mustGet(named, id), byRole: byRole.get(id) ?? 'none' })),
  }
}

export const readTakingPart = async ({ tx, at }: Pick<OperationContext, 'tx' | 'at'>, workspaceId: Id) => {
  const [workspace] = await tx.orm
    .select({ hostOrgId: workspaces.hostOrgId })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
  return readParticipants(tx, workspaceId, workspace?.hostOrgId ?? '', at)
}
