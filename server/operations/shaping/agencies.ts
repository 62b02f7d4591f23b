import { and, eq, gt, isNull, lte, or } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { AgencyView, PersonView } from '@/lib/views/person'
import type { Reader } from '@/server/db/client'
import { isOneOf } from '@/server/db/plain-array'
import { organisations, people } from '@/server/db/schema/identity'
import { type memberships, participations } from '@/server/db/schema/workspace'

type OrganisationRow = Pick<typeof organisations.$inferSelect, 'id' | 'name' | 'shortCode' | 'colour'>

export const agencyView = ({ id, name, shortCode, colour }: OrganisationRow): AgencyView => ({
  id,
  name,
  shortCode,
  colour,
})

/** A row that a foreign key promises. Its absence is a bug, never "unknown". */
export const mustGet = <Value>(map: ReadonlyMap<Id, Value>, id: Id): Value => {
  const value = map.get(id)
  if (value === undefined) throw new Error(`row ${id} is missing`)
  return value
}

export const readAgencies = async (reader: Reader, ids: Iterable<Id>): Promise<Map<Id, AgencyView>> => {
  const rows = await reader.orm.select().from(organisations).where(isOneOf(organisations.id, ids))
  return new Map(rows.map((row) => [row.id, agencyView(row)]))
}

export const readPeople = async (reader: Reader, ids: Iterable<Id>): Promise<Map<Id, PersonView>> => {
  const rows = await reader.orm
    // No more than is shown: there may be thousands, and a row holds what is nobody's to see.
    .select({
      id: people.id,
      name: people.name,
      org: {
        id: organisations.id,
        name: organisations.name,
        shortCode: organisations.shortCode,
        colour: organisations.colour,
      },
    })
    .from(people)
    .innerJoin(organisations, eq(organisations.id, people.orgId))
    .where(isOneOf(people.id, ids))
  return new Map(rows.map((person) => [person.id, person]))
}

/** In force at the moment: see `validity()` of the schema. */
export const inForceAt = (table: typeof participations | typeof memberships, at: Date) =>
  and(lte(table.validFrom, at), or(isNull(table.validUntil), gt(table.validUntil, at)), isNull(table.endedAt))

/** The organisations that take part now, the host first, then by name. */
export const readParticipants = async (reader: Reader, workspaceId: Id, hostOrgId: Id, at: Date) => {
  const rows = await reader.orm
    .select({ participation: participations, org: organisations })
    .from(participations)
    .innerJoin(organisations, eq(organisations.id, participations.orgId))
    .where(and(eq(participations.workspaceId, workspaceId), inForceAt(participations, at)))
    .orderBy(organisations.name)
  return rows
    .map(({ participation, org }) => ({ participation, agency: agencyView(org) }))
    .sort((a, b) => Number(b.agency.id === hostOrgId) - Number(a.agency.id === hostOrgId))
}
