import type { Id } from '@/lib/ids'
import { endAnnouncements } from '@/server/db/schema/told'
import { notify } from '@/server/told/notify'
import { reviewersToTell } from '@/server/told/reviewers-to-tell'
import type { Chore } from '@/server/upkeep/chore'

/** Seven days and one day before a review is due, once each: to those who still have something to answer. */
export const remindReviewers: Chore = {
  name: 'remind reviewers',
  async run(services, tx, at) {
    const { rows } = await tx.query<{ id: Id; workspace_id: Id; due_at: Date; days: number }>(
      `select * from (
         select id, workspace_id, due_at, started_at,
           case when due_at <= $1::timestamptz + interval '1 day' then 1 else 7 end as days
         from reviews where closed_at is null and due_at > $1 and due_at <= $1 + interval '7 days'
       ) due
       where due_at - started_at > days * interval '1 day'
         and not exists (select 1 from end_announcements a where a.row_id = due.id and a.days = due.days)`,
      [at],
    )
    for (const { id: reviewId, workspace_id: workspaceId, due_at, days } of rows) {
      await tx.orm.insert(endAnnouncements).values({ rowId: reviewId, days, at })
      const object = { workspaceId, targetId: reviewId }
      const told = await reviewersToTell(tx, { reviewId, workspaceId, at })
      services.recorder.append(tx, {
        type: 'review.reminded',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object,
        volume: { people: told.length },
        details: { days },
      })
      await notify(tx, told, {
        kind: 'review.due',
        ...object,
        details: { days, dueAt: due_at.toISOString() },
      })
    }
    return false
  },
}
