import type { Id } from '@/lib/ids'
import type { SavedSearchView } from '@/lib/views/desk'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to read the record. One's own kept searches in a workspace, by name. */
export const listSearches: Operation<{ workspaceId: Id }, SavedSearchView[]> = {
  event: 'search.listed',
  async run(context, { workspaceId }) {
    await context.authorize({ workspaceId }, { ask: 'record' })
    const { rows } = await context.tx.query<SavedSearchView>(
      'select id, name, query from saved_searches where workspace_id = $1 and person_id = $2 order by name',
      [workspaceId, context.actor.personId],
    )
    context.recordView({ object: { workspaceId }, volume: { rows: rows.length } }, rows)
    return rows
  },
}
