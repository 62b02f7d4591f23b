import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { type Id, isId } from '@/lib/ids'
import { type RequestRow, readRequest } from '@/server/operations/retention/request-rows'
import type { OperationContext } from '@/server/operations/run-operation'

/** Hidden and missing alike. */
export const openRequest = async (context: OperationContext, id: Id): Promise<RequestRow> => {
  const request = isId(id) ? await readRequest(context.tx, id) : null
  await context.authorize({ workspaceId: request?.workspace_id ?? id }, { ask: 'record' })
  if (request === null) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  return request
}

export const assertPending = (request: RequestRow, at: Date): void => {
  if (request.state !== 'pending' || request.expires_at <= at)
    throw new DomainError('conflict', 'This has ended: nobody can agree to it any more.')
}
