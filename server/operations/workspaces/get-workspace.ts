import { and, count, eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { WorkspaceView } from '@/lib/views/workspace'
import { people } from '@/server/db/schema/identity'
import { memberships, workspaces } from '@/server/db/schema/workspace'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { inForceAt, mustGet, readAgencies, readParticipants } from '@/server/operations/shaping/agencies'
import { documentRows, fingerprintOf, shownDocuments } from '@/server/operations/shaping/shown-documents'
import { askAlso } from '@/server/policy/authorize'

/** Asks: to enter. Guests see the agencies and what names them, not who else is here. */
export const getWorkspace: Operation<{ workspaceId: Id }, WorkspaceView> = {
  event: 'workspace.viewed',
  async run(context, { workspaceId }) {
    const { tx, actor, at } = context
    const entered = await context.authorize({ workspaceId }, { ask: 'enter' })
    const [workspace] = await tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
    const role = entered.facts.membership?.role
    if (workspace === undefined || role === undefined) throw new Error('entered without a membership')
    const shown = await shownDocuments(context, workspaceId)
    context.recordView({ object: { workspaceId }, volume: { documents: shown.size } }, fingerprintOf(shown))
    const hosts = await readAgencies(tx, [workspace.hostOrgId])
    const participants = await readParticipants(tx, workspaceId, workspace.hostOrgId, at)
    const counts = await countPeople(context, workspaceId)
    const mayLook = role !== 'guest'
    return {
      id: workspaceId,
      title: workspace.title,
      state: workspace.state,
      host: mustGet(hosts, workspace.hostOrgId),
      role,
      agencies: participants.map(({ participation, agency }) => ({
        ...agency,
        ceiling: participation.ceiling,
        until: participation.validUntil?.toISOString() ?? null,
        people: mayLook ? (counts.get(agency.id) ?? 0) : 0,
      })),
      documents: await documentRows(context, shown),
      can: {
        createDocument: askAlso(entered, { ask: 'level', needs: 'edit' }).allowed,
        seeMembers: mayLook,
        manageMembers: askAlso(entered, { ask: 'members', orgId: actor.orgId }).allowed,
        readRecord: askAlso(entered, { ask: 'record' }).allowed,
      },
    }
  },
}

const countPeople = async ({ tx, at }: OperationContext, workspaceId: Id): Promise<Map<Id, number>> => {
  const rows = await tx.orm
    .select({ orgId: people.orgId, people: count() })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.workspaceId, workspaceId), inForceAt(memberships, at)))
    .groupBy(people.orgId)
  return new Map(rows.map((row) => [row.orgId, row.people]))
}
