import { and, eq, gt, inArray, or } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { atLeast, type Level } from '@/lib/policy/vocabulary'
import { accessRequests } from '@/server/db/schema/consent'
import { askedObject } from '@/server/operations/requests/asked-object'
import { isOpenSql } from '@/server/operations/requests/open-requests'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { authorize, Refusal } from '@/server/policy/authorize'

/** Of one person: more than anybody needs at a time, fewer than would bury a steward. */
const MOST_OPEN = 20
const MOST_IN_AN_HOUR = 10

interface Input {
  /** Of a section or document; of anything else, and of nothing, it looks the same. */
  askedFor: Id
  level: Level
  reason: string
  until: string | null
}

/**
 * "I need this." The same answer after the same work, whatever the id names: hidden, missing and somebody else's are one.
 * Only where it names something in a workspace in which the asker takes part does its originator hear of it, and then
 * from the clock's work, not from this call.
 */
export const askAccess: Operation<Input, { asked: true }> = {
  event: 'access.requested',
  own: true,
  async run(context, { askedFor, level, reason, until }) {
    const { tx, actor, at } = context
    if (until !== null && Date.parse(until) <= at.getTime())
      throw new DomainError('invalid', 'The end lies in the past. Choose a later one, or leave it open.')
    await tx.query('select id from people where id = $1 for no key update', [actor.personId])
    await assertMayAsk(context, askedFor)
    const object = await askedObject(tx, actor, askedFor, at)
    const has = await levelOf(context, askedFor)
    if (atLeast(has, level)) throw new DomainError('conflict', 'You can do that already. Reload the page.')
    const id = newId()
    await tx.orm.insert(accessRequests).values({
      id,
      personId: actor.personId,
      orgId: actor.orgId,
      askedFor,
      workspaceId: object?.workspaceId ?? null,
      documentId: object?.documentId ?? null,
      sectionId: object?.sectionId ?? null,
      level,
      reason,
      until: until === null ? null : new Date(until),
      state: 'pending',
      createdAt: at,
    })
    context.record({
      object:
        object === null
          ? { targetId: askedFor }
          : {
              workspaceId: object.workspaceId,
              documentId: object.documentId,
              ...(object.sectionId === null ? {} : { sectionId: object.sectionId }),
              targetId: id,
            },
      after: { requestId: id, level, until },
      clear: { reason },
    })
    return { asked: true }
  },
}

/** What the asker knows of it already; none for what is hidden or missing. */
const levelOf = async ({ tx, actor, at }: OperationContext, askedFor: Id): Promise<Level> => {
  let level: Level = 'none'
  for (const ref of [{ sectionId: askedFor }, { documentId: askedFor }]) {
    try {
      const { decision } = await authorize(tx, actor, ref, { ask: 'level', needs: 'discover' }, at.getTime())
      level = decision.level
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'signed_out') throw error
    }
  }
  return level
}

/** Goes by the asker's own requests alone: what it says tells nothing of anything else. */
const assertMayAsk = async ({ tx, actor, at }: OperationContext, askedFor: Id): Promise<void> => {
  const mine = eq(accessRequests.personId, actor.personId)
  const hourAgo = new Date(at.getTime() - 3_600_000)
  const rows = await tx.orm
    .select({ askedFor: accessRequests.askedFor, createdAt: accessRequests.createdAt, open: isOpenSql })
    .from(accessRequests)
    .where(
      and(
        mine,
        or(inArray(accessRequests.state, ['pending', 'approved']), gt(accessRequests.createdAt, hourAgo)),
      ),
    )
  const open = rows.filter((row) => row.open)
  if (open.some((row) => row.askedFor === askedFor))
    throw new DomainError('conflict', 'You have asked for this already. The answer comes to your inbox.')
  if (open.length >= MOST_OPEN)
    throw new DomainError('too_many', `At most ${MOST_OPEN} open requests at a time. Withdraw one first.`)
  if (rows.filter((row) => row.createdAt > hourAgo).length >= MOST_IN_AN_HOUR)
    throw new DomainError('too_many', 'That is many requests within an hour. Try again later.', {
      retryAfter: 3_600,
    })
}
