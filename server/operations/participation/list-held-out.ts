import { and, eq } from 'drizzle-orm'
import type { HeldOutView } from '@/lib/views/partnership'
import { memberships, participations, workspaces } from '@/server/db/schema/workspace'
import type { Operation } from '@/server/operations/run-operation'
import { inForceAt } from '@/server/operations/shaping/agencies'

/** Workspaces that the actor would be in, were their organisation not suspended there or without a current signature. */
export const listHeldOut: Operation<void, HeldOutView[]> = {
  event: 'participation.listed',
  own: true,
  async run(context) {
    const { tx, actor, at } = context
    const rows = await tx.orm
      .select({ workspace: workspaces, participation: participations })
      .from(participations)
      .innerJoin(workspaces, eq(workspaces.id, participations.workspaceId))
      .where(and(eq(participations.orgId, actor.orgId), inForceAt(participations, at)))
      .orderBy(workspaces.title, workspaces.id)
    const mine = await tx.orm
      .select({ workspaceId: memberships.workspaceId, role: memberships.role })
      .from(memberships)
      .where(and(eq(memberships.personId, actor.personId), inForceAt(memberships, at)))
    const roles = new Map(mine.map(({ workspaceId, role }) => [workspaceId, role]))
    const heldOut = rows.flatMap(({ workspace, participation }): HeldOutView[] => {
      const role = roles.get(workspace.id)
      const suspended = participation.state === 'suspended'
      const unsigned = participation.signedTermsVersion < workspace.termsVersion
      if (!(suspended || unsigned) || (role === undefined && !actor.isAdministrator)) return []
      return [
        {
          workspaceId: workspace.id,
          title: workspace.title,
          state: suspended ? 'suspended' : 'unsigned',
          version: workspace.termsVersion,
          speaks: actor.isAdministrator || role === 'lead',
        },
      ]
    })
    context.recordView(
      { object: {}, volume: { workspaces: heldOut.length } },
      heldOut.map(({ workspaceId, state, version }) => [workspaceId, state, version]),
    )
    return heldOut
  },
}
