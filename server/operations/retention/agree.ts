import { monthOwner } from '@/lib/audit/value-owner'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { treeOf } from '@/server/audit/inbox'
import { readPeriods } from '@/server/audit/retention/periods'
import { removeSegmentFiles } from '@/server/audit/retention/segment-files'
import { assertConfirmed } from '@/server/operations/releases/assert-confirmed'
import { droppable } from '@/server/operations/retention/droppable'
import { assertPending, openRequest } from '@/server/operations/retention/open-request'
import { endRequest, hashOfChange, type RequestRow } from '@/server/operations/retention/request-rows'
import { putPeriods } from '@/server/operations/retention/set-periods'
import type { Operation, OperationContext } from '@/server/operations/run-operation'

interface Input {
  retentionRequestId: Id
  /** What was seen: the file's hash, or that of the change. */
  hash: string
}

/**
 * Asks: to read the record, as an auditor of another organisation than whoever asked, who must still be one. Judges everything again,
 * and then does what was asked: drops a month for ever, or keeps the record for a shorter time.
 */
export const agree: Operation<Input, void> = {
  event: 'segment.dropped',
  async run(context, { retentionRequestId, hash }) {
    const request = await openRequest(context, retentionRequestId)
    await assertConfirmed(context)
    assertPending(request, context.at)
    if (request.requested_by_org === context.actor.orgId)
      throw new DomainError(
        'denied',
        'This takes an auditor of another organisation than the one that asked.',
        {
          ask: 'an auditor of another organisation',
        },
      )
    if (request.hash !== hash)
      throw new DomainError('conflict', 'This is not what was asked for. Reload the page and look again.')
    await assertStillAuditor(context, request)
    if (request.kind === 'drop') await drop(context, request)
    else await shorten(context, request)
  },
}

const drop = async (
  context: OperationContext,
  { id, workspace_id: workspaceId, month, hash }: RequestRow,
) => {
  const { tx, at, services } = context
  if (month === null) throw new Error('a drop without a month')
  const segment = await droppable(context, workspaceId, month, hash)
  await tx.query(
    `update audit_segments set state = 'dropped', dropped_at = $3 where tree = $1 and month = $2`,
    [segment.tree, month, at],
  )
  const owner = monthOwner({ at: new Date(`${month}-01T00:00:00Z`), tree: segment.tree })
  const keys = await services.personKeys.destroy(tx, [owner], 'retention', at)
  await endRequest(context, id, 'completed')
  context.record({
    object: { workspaceId, targetId: id },
    details: { month, sha256: hash, first: segment.first_index, last: segment.last_index },
    volume: { events: segment.last_index - segment.first_index + 1, keys },
  })
  tx.afterCommit(() => {
    removeSegmentFiles(services.env.dataDir, segment).catch((error: unknown) =>
      services.log.error({ err: error, month }, 'files of a dropped month could not be deleted yet'),
    )
  })
}

const shorten = async (context: OperationContext, request: RequestRow): Promise<void> => {
  const { id, workspace_id: workspaceId, searchable_months, cold_months, requested_by } = request
  const tree = treeOf(workspaceId)
  const before = (await readPeriods(context.tx, [tree]))(tree)
  const after = { searchableMonths: searchable_months ?? 0, coldMonths: cold_months ?? 0 }
  if (hashOfChange(workspaceId, before, after) !== request.hash)
    throw new DomainError('conflict', 'The periods have changed since this was asked for. Ask again.')
  await putPeriods(context, tree, after, requested_by)
  await endRequest(context, id, 'completed')
  context.record({
    type: 'retention.changed',
    object: { workspaceId, targetId: id },
    before: { ...before },
    after: { ...after },
    details: { hash: request.hash },
  })
}

/** Nothing is dropped on the word of somebody who is gone. */
const assertStillAuditor = async ({ tx, at }: OperationContext, request: RequestRow): Promise<void> => {
  const { rows } = await tx.query(
    `select 1 from memberships m join people p on p.id = m.person_id and p.state = 'active'
     where m.workspace_id = $1 and m.person_id = $2 and m.role = 'auditor' and m.valid_from <= $3 and m.ended_at is null
       and (m.valid_until is null or m.valid_until > $3)`,
    [request.workspace_id, request.requested_by, at],
  )
  if (rows.length === 0)
    throw new DomainError('conflict', 'Whoever asked is no auditor of this workspace any more. Ask again.')
}
