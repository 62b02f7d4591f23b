import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { OwnOrganisationView } from '@/lib/views/organisation'
import { organisations, people } from '@/server/db/schema/identity'
import { organisationDomains } from '@/server/db/schema/organisation'
import { memberships, participations, workspaces } from '@/server/db/schema/workspace'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { agencyView, inForceAt, mustGet, readAgencies } from '@/server/operations/shaping/agencies'

/** One's own organisation: who administers it, its mail domains, and what it takes part in. */
export const getOrganisation: Operation<void, OwnOrganisationView> = {
  event: 'organisation.viewed',
  own: true,
  async run(context) {
    const { tx, actor } = context
    const [org] = await tx.orm.select().from(organisations).where(eq(organisations.id, actor.orgId))
    if (org === undefined) throw new Error(`organisation ${actor.orgId} is gone`)
    const administrators = await tx.orm
      .select({ id: people.id, name: people.name })
      .from(people)
      .where(and(eq(people.orgId, actor.orgId), eq(people.isAdministrator, true), eq(people.state, 'active')))
      .orderBy(asc(sql`lower(${people.name})`), asc(people.id))
    const domains = await tx.orm
      .select()
      .from(organisationDomains)
      .where(eq(organisationDomains.orgId, actor.orgId))
      .orderBy(asc(organisationDomains.domain))
    const parts = await readParts(context)
    context.recordView(
      { object: { targetId: actor.orgId }, volume: { workspaces: parts.length } },
      parts.map(({ id, state }) => [id, state]),
    )
    return {
      org: agencyView(org),
      administrators,
      domains: domains.map(({ id, domain, at }) => ({ id, domain, at: at.toISOString() })),
      workspaces: parts,
      can: { manage: actor.isAdministrator },
    }
  },
}

/** Of a workspace that they are no member of, others than administrators are not told. */
const readParts = async ({ tx, actor, at }: OperationContext): Promise<OwnOrganisationView['workspaces']> => {
  const rows = await tx.orm
    .select({ workspace: workspaces, part: participations })
    .from(participations)
    .innerJoin(workspaces, eq(workspaces.id, participations.workspaceId))
    .where(and(eq(participations.orgId, actor.orgId), inForceAt(participations, at)))
    .orderBy(asc(sql`lower(${workspaces.title})`), asc(workspaces.id))
  const ids = rows.map(({ workspace }) => workspace.id)
  const mine = new Set(
    (
      await tx.orm
        .select({ id: memberships.workspaceId })
        .from(memberships)
        .where(and(eq(memberships.personId, actor.personId), inForceAt(memberships, at)))
    ).map(({ id }) => id),
  )
  const counts = ids.length === 0 ? new Map<Id, number>() : await countMembers(tx, actor.orgId, ids, at)
  const hosts = await readAgencies(
    tx,
    rows.map(({ workspace }) => workspace.hostOrgId),
  )
  return rows
    .filter(({ workspace }) => actor.isAdministrator || mine.has(workspace.id))
    .map(({ workspace, part }) => {
      const unsigned = part.signedTermsVersion < workspace.termsVersion
      const state = part.state === 'suspended' ? 'suspended' : unsigned ? 'unsigned' : 'active'
      return {
        id: workspace.id,
        title: workspace.title,
        host: mustGet(hosts, workspace.hostOrgId),
        state,
        ceiling: part.ceiling,
        mayExport: part.mayExport,
        until: part.validUntil?.toISOString() ?? null,
        people: counts.get(workspace.id) ?? 0,
        mine: mine.has(workspace.id) && state === 'active',
      }
    })
}

const countMembers = async (
  tx: OperationContext['tx'],
  orgId: Id,
  ids: Id[],
  at: Date,
): Promise<Map<Id, number>> => {
  const rows = await tx.orm
    .select({ id: memberships.workspaceId, count: sql<number>`count(*)::int` })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(inArray(memberships.workspaceId, ids), eq(people.orgId, orgId), inForceAt(memberships, at)))
    .groupBy(memberships.workspaceId)
  return new Map(rows.map(({ id, count }) => [id, count]))
}
