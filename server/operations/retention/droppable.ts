import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { treeOf } from '@/server/audit/inbox'
import { holdOnTree } from '@/server/audit/retention/hold-on-tree'
import { keptUntil, readPeriods } from '@/server/audit/retention/periods'
import { readSegments, type SegmentRow } from '@/server/audit/retention/segment-rows'
import { lockHolds } from '@/server/operations/holds/holds-in-force'
import type { OperationContext } from '@/server/operations/run-operation'

/**
 * A month of a workspace that may be dropped now, locked: its file's hash is what was confirmed, its time is over, and no hold is in force.
 * @throws DomainError that says what stands in the way
 */
export const droppable = async (
  { tx, at }: OperationContext,
  workspaceId: Id,
  month: string,
  hash: string,
): Promise<SegmentRow> => {
  await lockHolds(tx)
  const tree = treeOf(workspaceId)
  const [segment] = await readSegments(tx, 'tree = $1 and month = $2 for update', [tree, month])
  if (segment === undefined) throw new DomainError('missing', 'There is no such month in this record.')
  if (segment.state !== 'cold' || segment.back_asked_at !== null || segment.back_until !== null)
    throw new DomainError('conflict', 'Only a month that lies in its file alone can be dropped.')
  if (segment.file_hash?.toString('hex') !== hash)
    throw new DomainError('conflict', 'This is not the file that you saw. Reload the page and look again.')
  const until = keptUntil(month, (await readPeriods(tx, [tree]))(tree))
  if (until > at)
    throw new DomainError('conflict', `This month must be kept until ${until.toISOString().slice(0, 10)}.`)
  const hold = await holdOnTree(tx, workspaceId)
  if (hold !== null)
    throw new DomainError(
      'conflict',
      `A legal hold stands in the way (${hold.id}). Two people have to lift it first.`,
      {
        ask: hold.ask,
      },
    )
  return segment
}
