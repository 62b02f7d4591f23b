import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, isId } from '@/lib/ids'
import type { SharingRef } from '@/lib/views/sharing'
import { accessRequests } from '@/server/db/schema/consent'
import type { RequestRow } from '@/server/operations/requests/open-requests'
import type { OperationContext } from '@/server/operations/run-operation'
import { lockSharing } from '@/server/operations/sharing/lock-sharing'
import { type Authorized, missingObject } from '@/server/policy/authorize'

export interface OpenRequest {
  request: RequestRow
  on: SharingRef
  authorized: Authorized
}

/**
 * A request that waits for an answer, for whoever may answer it: a lead or steward of the originator who rules over what
 * is asked for, and has not asked for it (R2). Locked after its document, as every change of sharing is.
 */
export const openRequest = async (
  context: OperationContext,
  requestId: Id,
  lock: boolean,
): Promise<OpenRequest> => {
  const unlocked = await find(context, requestId, false)
  const on = unlocked === null ? null : refOf(unlocked)
  if (on !== null && lock) await lockSharing(context, on)
  const request = on === null ? null : lock ? await find(context, requestId, true) : unlocked
  // One that names nothing is its asker's alone; to everybody else it is as one of another workspace.
  if (request === null || on === null) {
    await context.authorize({ workspaceId: requestId }, { ask: 'enter' })
    throw missingObject({ workspaceId: requestId })
  }
  const authorized = await authorizeAnswer(context, request, on)
  if (request.state !== 'pending')
    throw new DomainError('conflict', 'This request was answered already. Reload the page.')
  return { request, on, authorized }
}

/** @throws Refusal for whoever may not answer it; R2 for whoever has asked for it */
export const authorizeAnswer = async (
  context: OperationContext,
  request: RequestRow,
  on: SharingRef,
): Promise<Authorized> => {
  await context.authorize(on, { ask: 'govern' })
  return context.authorize(on, { ask: 'approve', requestedBy: request.personId, firstKey: null })
}

const find = async ({ tx }: OperationContext, id: Id, lock: boolean): Promise<RequestRow | null> => {
  if (!isId(id)) return null
  const query = tx.orm.select().from(accessRequests).where(eq(accessRequests.id, id))
  const [row] = lock ? await query.for('update') : await query
  return row ?? null
}

export const refOf = ({ sectionId, documentId }: RequestRow): SharingRef | null => {
  if (sectionId !== null) return { sectionId }
  return documentId === null ? null : { documentId }
}
