import type { Id } from '@/lib/ids'
import { treeOf } from '@/server/audit/inbox'
import { askVerification } from '@/server/audit/verify/verifications'
import type { Operation } from '@/server/operations/run-operation'

/**
 * Asks: to read the record. Has every event of the workspace's tree computed again from its text and held against what was
 * signed, in the background: the result is on record as `record.verified`, and in the integrity of the desk.
 */
export const verifyRecordOf: Operation<{ workspaceId: Id }, { verificationId: Id }> = {
  event: 'record.verify_asked',
  async run(context, { workspaceId }) {
    await context.authorize({ workspaceId }, { ask: 'record' })
    const { personId } = context.actor
    const tree = treeOf(workspaceId)
    const verificationId = await askVerification(context.tx, { tree, askedBy: personId, at: context.at })
    context.record({ object: { workspaceId, targetId: verificationId } })
    return { verificationId }
  },
}
