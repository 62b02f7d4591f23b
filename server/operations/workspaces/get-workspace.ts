import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { WorkspaceView } from '@/lib/views/workspace'
import { workspaces } from '@/server/db/schema/workspace'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readAgencies } from '@/server/operations/shaping/agencies'
import { readAgencyParts } from '@/server/operations/shaping/agency-parts'
import { listedDocuments } from '@/server/operations/shaping/listed-documents'
import { documentRows, fingerprintOf } from '@/server/operations/shaping/shown-documents'
import { askAlso } from '@/server/policy/authorize'

/** Asks: to enter. Guests see the agencies and what names them, not who else is here. */
export const getWorkspace: Operation<{ workspaceId: Id }, WorkspaceView> = {
  event: 'workspace.viewed',
  async run(context, { workspaceId }) {
    const { tx, actor } = context
    const entered = await context.authorize({ workspaceId }, { ask: 'enter' })
    const [workspace] = await tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
    const role = entered.facts.membership?.role
    if (workspace === undefined || role === undefined) throw new Error('entered without a membership')
    const shown = await listedDocuments(context, workspaceId, 'labels')
    context.recordView({ object: { workspaceId }, volume: { documents: shown.size } }, fingerprintOf(shown))
    const hosts = await readAgencies(tx, [workspace.hostOrgId])
    const mayLook = role !== 'guest'
    const leads = askAlso(entered, { ask: 'members', orgId: actor.orgId }).allowed
    return {
      id: workspaceId,
      title: workspace.title,
      state: workspace.state,
      host: mustGet(hosts, workspace.hostOrgId),
      role,
      termsVersion: workspace.termsVersion,
      agencies: await readAgencyParts(context, workspace, { role, leads }),
      documents: await documentRows(context, shown),
      can: {
        invite: leads && actor.orgId === workspace.hostOrgId,
        createDocument: askAlso(entered, { ask: 'level', needs: 'edit' }).allowed,
        seeMembers: mayLook,
        manageMembers: leads,
        readRecord: askAlso(entered, { ask: 'record' }).allowed,
      },
    }
  },
}
