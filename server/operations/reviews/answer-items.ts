import { and, eq, inArray } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { reviewItems } from '@/server/db/schema/consent'
import { lockMembers } from '@/server/operations/members/members-lock'
import { answering } from '@/server/operations/reviews/answering'
import { endReviewedRow } from '@/server/operations/reviews/end-reviewed-row'
import { isLive, readItems } from '@/server/operations/reviews/item-rows'
import { assertRunning, openReview } from '@/server/operations/reviews/review-standing'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  reviewId: Id
  itemIds: Id[]
  decision: 'confirmed' | 'ended'
  note: string
}

/**
 * Asks: of a membership to lead the person's organisation, of a grant to rule over what it is on, as a lead or steward of
 * its originator. Nobody answers about themselves while another lead can (R2). All of them or none.
 */
export const answerItems: Operation<Input, { gone: number }> = {
  event: 'review.answered',
  async run(context, { reviewId, itemIds, decision, note }) {
    const { tx, actor, at } = context
    const { review, entered } = await openReview(context, reviewId, true)
    const { workspaceId } = review
    assertRunning(review, at)
    await lockMembers(context, workspaceId)
    const rows = await readItems(tx, reviewId, itemIds)
    if (rows.length !== new Set(itemIds).size) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    const asked = await answering(context, entered, rows)
    const answer = { confirmed: [] as Id[], ended: [] as Id[], gone: [] as Id[] }
    for (const row of rows) {
      const object = asked.objectOf(row)
      // What the actor may not know of is as good as missing, also to somebody who has guessed its item.
      if (row.org_id !== actor.orgId) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
      const why = asked.whyNot(row)
      if (why !== null)
        throw new DomainError('denied', why, { rule: row.subject_id === actor.personId ? 'R2' : 'R7' })
      if (row.decision === 'ended')
        throw new DomainError('conflict', 'This was ended already. Reload the page.')
      if (!isLive(row, at)) answer.gone.push(row.id)
      else {
        if (decision === 'ended') await endReviewedRow(context, workspaceId, row, object)
        answer[decision].push(row.id)
      }
    }
    for (const [was, ids] of Object.entries(answer) as [keyof typeof answer, Id[]][]) {
      if (ids.length === 0) continue
      await tx.orm
        .update(reviewItems)
        .set({ decision: was, decidedBy: actor.personId, decidedAt: at, note: note === '' ? null : note })
        .where(and(eq(reviewItems.reviewId, reviewId), inArray(reviewItems.id, ids)))
    }
    const own = rows.filter((row) => row.kind === 'membership' && row.subject_id === actor.personId)
    context.record({
      object: { workspaceId, targetId: reviewId },
      after: answer,
      volume: { confirmed: answer.confirmed.length, ended: answer.ended.length, gone: answer.gone.length },
      details: { own: own.length > 0 },
      ...(note === '' ? {} : { clear: { note } }),
    })
    return { gone: answer.gone.length }
  },
}
