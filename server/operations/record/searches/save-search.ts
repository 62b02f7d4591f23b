import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { SavedSearchView } from '@/lib/views/desk'
import type { Operation } from '@/server/operations/run-operation'

const MOST_SAVED = 100

interface Input {
  workspaceId: Id
  name: string
  query: string
}

/** Asks: to read the record. Keeps a search under a name of one's own; the same name again replaces it. */
export const saveSearch: Operation<Input, SavedSearchView> = {
  event: 'search.saved',
  async run(context, { workspaceId, name, query }) {
    await context.authorize({ workspaceId }, { ask: 'record' })
    const { tx, actor } = context
    const { rows: others } = await tx.query<{ n: number }>(
      'select count(*)::int as n from saved_searches where workspace_id = $1 and person_id = $2 and name <> $3',
      [workspaceId, actor.personId, name],
    )
    if ((others[0]?.n ?? 0) >= MOST_SAVED)
      throw new DomainError('too_many', `At most ${MOST_SAVED} searches can be kept. Give one up first.`)
    const { rows } = await tx.query<{ id: Id }>(
      `insert into saved_searches (id, workspace_id, person_id, name, query) values ($1, $2, $3, $4, $5)
       on conflict (workspace_id, person_id, name) do update set query = excluded.query returning id`,
      [newId(), workspaceId, actor.personId, name, query],
    )
    const id = rows[0]?.id as Id
    context.record({ object: { workspaceId, targetId: id }, details: { query } })
    return { id, name, query }
  },
}
