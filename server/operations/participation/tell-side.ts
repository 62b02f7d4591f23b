import type { Id } from '@/lib/ids'
import type { OperationContext } from '@/server/operations/run-operation'
import { type Notice, notify } from '@/server/told/notify'
import { administratorsToTell, membersToTell } from '@/server/told/people-to-tell'

/** Tells those of an organisation who decide about its part in a workspace: its leads there and its administrators. */
export const tellSide = async (
  { tx, actor, at }: Pick<OperationContext, 'tx' | 'actor' | 'at'>,
  { orgId, ...notice }: Omit<Notice, 'byPersonId' | 'workspaceId'> & { workspaceId: Id; orgId: Id },
): Promise<void> => {
  const { workspaceId } = notice
  const leads = await membersToTell(tx, { workspaceId, orgId, roles: ['lead'], at })
  const administrators = await administratorsToTell(tx, orgId)
  await notify(tx, [...leads, ...administrators], { ...notice, byPersonId: actor.personId })
}
