import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { treeOf } from '@/server/audit/inbox'
import { readSegments } from '@/server/audit/retention/segment-rows'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to read the record. The month is brought back within a minute, once its file has been held against its hashes. */
export const askBack: Operation<{ workspaceId: Id; month: string }, void> = {
  event: 'segment.asked_back',
  async run(context, { workspaceId, month }) {
    const { tx, actor, at } = context
    await context.authorize({ workspaceId }, { ask: 'record' })
    const tree = treeOf(workspaceId)
    const [segment] = await readSegments(tx, 'tree = $1 and month = $2 for update', [tree, month])
    if (segment === undefined) throw new DomainError('missing', 'There is no such month in this record.')
    if (segment.state === 'dropped') throw new DomainError('conflict', 'This month was dropped for ever.')
    if (segment.state === 'searchable' || segment.back_until !== null)
      throw new DomainError('conflict', 'This month can be searched already.')
    if (segment.back_asked_at !== null) throw new DomainError('conflict', 'This month is on its way already.')
    await tx.query(
      `update audit_segments set back_asked_by = $3, back_asked_at = $4, back_problem = null where tree = $1 and month = $2`,
      [tree, month, actor.personId, at],
    )
    context.record({ object: { workspaceId }, details: { month } })
  },
}
