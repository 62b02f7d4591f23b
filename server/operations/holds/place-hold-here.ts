import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { placeHold } from '@/server/operations/holds/place-hold'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'
import { administratorsToTell, auditorsToTell } from '@/server/told/people-to-tell'

interface Input {
  workspaceId: Id
  /** Whom or what: a person or an organisation that ever belonged to it; both null: the workspace itself. */
  personId: Id | null
  orgId: Id | null
  reason: string
}

/** Asks: to read the record. Auditors hold back erasure and dropping of what they may need. */
export const placeHoldHere: Operation<Input, { holdId: Id }> = {
  event: 'hold.placed',
  async run(context, { workspaceId, personId, orgId, reason }) {
    const { actor, tx, at } = context
    await context.authorize({ workspaceId }, { ask: 'record' })
    if (personId !== null && orgId !== null)
      throw new DomainError('invalid', 'A hold is on a person or on an agency. Place two.')
    const subject = await subjectOf(context, { workspaceId, personId, orgId })
    const placed = await placeHold(context, { ...subject, workspaceId, reason })
    const told = [
      ...(await auditorsToTell(tx, workspaceId, at)),
      ...(subject.orgId === null ? [] : await administratorsToTell(tx, subject.orgId)),
    ]
    await notify(tx, told, {
      kind: 'hold.placed',
      workspaceId,
      targetId: placed.holdId,
      byPersonId: actor.personId,
    })
    return placed
  },
}

const subjectOf = async (
  { tx }: OperationContext,
  { workspaceId, personId, orgId }: Omit<Input, 'reason'>,
) => {
  if (personId !== null) {
    const { rows } = await tx.query<{ org_id: Id }>(
      `select p.org_id from people p where p.id = $1
         and exists (select 1 from memberships m where m.person_id = p.id and m.workspace_id = $2)`,
      [personId, workspaceId],
    )
    const [found] = rows
    if (found === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    return { kind: 'person' as const, subjectId: personId, orgId: found.org_id }
  }
  if (orgId === null) return { kind: 'workspace' as const, subjectId: workspaceId, orgId: null }
  const { rows } = await tx.query(
    'select 1 from participations where org_id = $1 and workspace_id = $2 limit 1',
    [orgId, workspaceId],
  )
  if (rows.length === 0) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  return { kind: 'organisation' as const, subjectId: orgId, orgId }
}
