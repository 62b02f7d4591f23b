import { and, asc, eq, notInArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { AgencyView } from '@/lib/views/person'
import { organisations } from '@/server/db/schema/identity'
import { participations } from '@/server/db/schema/workspace'
import type { Operation } from '@/server/operations/run-operation'
import { agencyView, inForceAt } from '@/server/operations/shaping/agencies'
import { authorizeHost } from '@/server/operations/workspaces/authorize-host'

/** Asks what bringing one in asks. Organisations of this instance that do not take part here. */
export const listInvitable: Operation<{ workspaceId: Id }, AgencyView[]> = {
  event: 'organisation.listed',
  async run(context, { workspaceId }) {
    const { tx, at } = context
    await authorizeHost(context, workspaceId)
    const here = tx.orm
      .select({ id: participations.orgId })
      .from(participations)
      .where(and(eq(participations.workspaceId, workspaceId), inForceAt(participations, at)))
    const rows = await tx.orm
      .select()
      .from(organisations)
      .where(and(eq(organisations.state, 'active'), notInArray(organisations.id, here)))
      .orderBy(asc(organisations.name))
    const agencies = rows.map(agencyView)
    context.recordView(
      { object: { workspaceId }, volume: { organisations: agencies.length } },
      agencies.map(({ id }) => id),
    )
    return agencies
  },
}
