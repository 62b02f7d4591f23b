import { and, eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { accessRequests } from '@/server/db/schema/consent'
import { type RequestRow, releaseStates, stateOf } from '@/server/operations/requests/open-requests'
import type { OperationContext } from '@/server/operations/run-operation'

/** One's own open request, locked. @throws DomainError `missing` for anybody else's; `conflict` for one that is answered */
export const openOwnRequest = async ({ tx, actor }: OperationContext, requestId: Id): Promise<RequestRow> => {
  const [row] = await tx.orm
    .select()
    .from(accessRequests)
    .where(and(eq(accessRequests.id, requestId), eq(accessRequests.personId, actor.personId)))
    .for('update')
  if (row === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  const state = stateOf(row, (await releaseStates(tx, [row])).get(row.releaseId ?? ''))
  if (state !== 'pending' && state !== 'waiting')
    throw new DomainError('conflict', 'This request was answered already. Reload the page.')
  return row
}

/** The ids that events and notices about a request carry. */
export const requestObject = ({ id, workspaceId, documentId, sectionId }: RequestRow) => ({
  ...(workspaceId === null ? {} : { workspaceId }),
  ...(documentId === null ? {} : { documentId }),
  ...(sectionId === null ? {} : { sectionId }),
  targetId: id,
})
