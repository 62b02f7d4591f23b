import type { FindingState } from '@/lib/audit/findings/finding-rules'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { scopeOf } from '@/server/audit/scope'
import { findingDispositions } from '@/server/db/schema/findings'
import { findFinding } from '@/server/operations/record/findings/find-finding'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  findingId: Id
  state: FindingState
  /** The auditor's own words: beside the record, which holds a commitment to them. */
  note: string
}

/** Asks: to read the record; not of oneself. What an auditor makes of a finding; it holds until it happens again. */
export const disposeFinding: Operation<Input, void> = {
  event: 'finding.disposed',
  async run(context, { workspaceId, findingId, state, note }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const { tx, actor, at } = context
    await tx.query('select id from findings where id = $1 and workspace_id = $2 for update', [
      findingId,
      workspaceId,
    ])
    const before = await findFinding(tx, { workspaceId, findingId, scope })
    if (before.person_id === actor.personId)
      throw new DomainError(
        'denied',
        'This is about what you did yourself. Ask another auditor to look at it.',
        {
          rule: 'R2',
        },
      )
    await tx.query('update findings set state = $2 where id = $1', [findingId, state])
    const eventId = context.record({
      object: { workspaceId, targetId: findingId },
      before: { state: before.state },
      after: { state },
      details: { rule: before.rule },
      clear: { note },
    })
    await tx.orm
      .insert(findingDispositions)
      .values({ eventId, findingId, state, personId: actor.personId, at })
  },
}
