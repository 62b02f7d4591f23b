import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Operation } from '@/server/operations/run-operation'

/** One's own kept search; somebody else's is not there. */
export const forgetSearch: Operation<{ searchId: Id }, void> = {
  event: 'search.forgotten',
  own: true,
  async run(context, { searchId }) {
    const { rows } = await context.tx.query<{ workspaceId: Id }>(
      'delete from saved_searches where id = $1 and person_id = $2 returning workspace_id as "workspaceId"',
      [searchId, context.actor.personId],
    )
    const [gone] = rows
    if (gone === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    context.record({ object: { workspaceId: gone.workspaceId, targetId: searchId } })
  },
}
