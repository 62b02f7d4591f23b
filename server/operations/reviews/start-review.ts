import { and, eq, gt, isNull } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { reviews } from '@/server/db/schema/consent'
import { workspaces } from '@/server/db/schema/workspace'
import { lockMembers } from '@/server/operations/members/members-lock'
import { insertItems } from '@/server/operations/reviews/item-rows'

import type { Operation } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'
import { reviewersToTell } from '@/server/told/reviewers-to-tell'

/** Nobody can answer in less; nobody remembers after more. */
const SHORTEST_HOURS = 1
const LONGEST_DAYS = 366

interface Input {
  workspaceId: Id
  title: string
  dueAt: string
}

/**
 * Asks: to lead one's own organisation's people here. A lead of the host asks everyone about everything; a lead of another
 * organisation asks its own about their own people and what was given on their own things: nobody else is made to answer.
 */
export const startReview: Operation<Input, { reviewId: Id }> = {
  event: 'review.started',
  async run(context, { workspaceId, title, dueAt }) {
    const { tx, actor, at } = context
    await context.authorize({ workspaceId }, { ask: 'members', orgId: actor.orgId })
    await lockMembers(context, workspaceId)
    const due = new Date(dueAt)
    const hours = (due.getTime() - at.getTime()) / 3_600_000
    if (hours < SHORTEST_HOURS || hours > LONGEST_DAYS * 24)
      throw new DomainError('invalid', 'Choose a date from tomorrow on, within a year.')
    const [running] = await tx.orm
      .select({ title: reviews.title })
      .from(reviews)
      .where(
        and(
          eq(reviews.workspaceId, workspaceId),
          eq(reviews.startedByOrg, actor.orgId),
          eq(reviews.title, title),
          isNull(reviews.closedAt),
          gt(reviews.dueAt, at),
        ),
      )
    if (running !== undefined)
      throw new DomainError('conflict', `“${running.title}” is running already. Give this one another title.`)
    const [workspace] = await tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
    const scope = workspace?.hostOrgId === actor.orgId ? null : actor.orgId
    const reviewId = newId()
    await tx.orm.insert(reviews).values({
      id: reviewId,
      workspaceId,
      title,
      startedBy: actor.personId,
      startedByOrg: actor.orgId,
      startedAt: at,
      dueAt: due,
    })
    const items = await insertItems(tx, { reviewId, workspaceId, orgId: scope, at })
    context.record({
      object: { workspaceId, targetId: reviewId },
      after: { dueAt, scope: scope === null ? 'workspace' : 'agency' },
      volume: { items },
    })
    await notify(tx, await reviewersToTell(tx, { reviewId, workspaceId, at }), {
      kind: 'review.started',
      workspaceId,
      targetId: reviewId,
      byPersonId: actor.personId,
      details: { dueAt },
    })
    return { reviewId }
  },
}
