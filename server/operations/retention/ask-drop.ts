import type { Id } from '@/lib/ids'
import { assertConfirmed } from '@/server/operations/releases/assert-confirmed'
import { droppable } from '@/server/operations/retention/droppable'
import { askForSecond } from '@/server/operations/retention/request-rows'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  month: string
  /** SHA-256 of its file, hex: what was seen. */
  hash: string
}

/** Asks: to read the record. The first of two people; nothing is dropped before an auditor of another organisation agrees. */
export const askDrop: Operation<Input, { requestId: Id }> = {
  event: 'segment.drop_asked',
  async run(context, { workspaceId, month, hash }) {
    await context.authorize({ workspaceId }, { ask: 'record' })
    await assertConfirmed(context)
    await droppable(context, workspaceId, month, hash)
    const requestId = await askForSecond(context, workspaceId, { kind: 'drop', month }, hash)
    context.record({ object: { workspaceId, targetId: requestId }, details: { month, sha256: hash } })
    return { requestId }
  },
}
