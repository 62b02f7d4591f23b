import { and, asc, eq } from 'drizzle-orm'
import type { WorkspaceCardView } from '@/lib/views/workspace'
import { memberships, workspaces } from '@/server/db/schema/workspace'
import type { Operation } from '@/server/operations/run-operation'
import { inForceAt, readParticipants } from '@/server/operations/shaping/agencies'
import { listedDocuments } from '@/server/operations/shaping/listed-documents'
import { askAlso, authorize, Refusal } from '@/server/policy/authorize'

/** Workspaces that the person may enter now. One that may not be entered is left out, not greyed. */
export const listWorkspaces: Operation<void, WorkspaceCardView[]> = {
  event: 'workspace.listed',
  own: true,
  async run(context) {
    const { tx, actor, at } = context
    const rows = await tx.orm
      .selectDistinctOn([workspaces.title, workspaces.id], { workspace: workspaces })
      .from(memberships)
      .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
      .where(and(eq(memberships.personId, actor.personId), inForceAt(memberships, at)))
      .orderBy(asc(workspaces.title), asc(workspaces.id))
    const cards: WorkspaceCardView[] = []
    for (const { workspace } of rows) {
      const { id: workspaceId } = workspace
      const entered = await authorize(tx, actor, { workspaceId }, { ask: 'enter' }, at.getTime()).catch(
        refused,
      )
      if (entered?.facts.membership == null) continue
      const participants = await readParticipants(tx, workspaceId, workspace.hostOrgId, at)
      cards.push({
        id: workspaceId,
        title: workspace.title,
        state: workspace.state,
        role: entered.facts.membership.role,
        agencies: participants.map(({ agency }) => agency),
        documents: (await listedDocuments(context, workspaceId, 'count')).size,
        can: {
          seeMembers: entered.facts.membership.role !== 'guest',
          readRecord: askAlso(entered, { ask: 'record' }).allowed,
        },
      })
    }
    context.recordView(
      { object: {}, volume: { workspaces: cards.length } },
      cards.map(({ id, role, documents }) => [id, role, documents]),
    )
    return cards
  },
}

const refused = (error: unknown): null => {
  if (error instanceof Refusal && error.code !== 'signed_out') return null
  throw error
}
