import type { Id } from '@/lib/ids'
import type { HoldView } from '@/lib/views/retention/erasure'
import { holdViews } from '@/server/operations/holds/hold-views'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to read the record. The holds in force that auditors of the workspace have placed. */
export const listHolds: Operation<{ workspaceId: Id }, HoldView[]> = {
  event: 'hold.listed',
  async run(context, { workspaceId }) {
    await context.authorize({ workspaceId }, { ask: 'record' })
    const holds = await holdViews(context, { workspaceId })
    context.recordView(
      { object: { workspaceId }, volume: { holds: holds.length } },
      holds.map(({ id, lifting }) => [id, lifting?.at ?? null]),
    )
    return holds
  },
}
