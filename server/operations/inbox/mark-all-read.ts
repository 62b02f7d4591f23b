import { and, eq, isNull, lte } from 'drizzle-orm'
import { notifications } from '@/server/db/schema/told'
import type { Operation } from '@/server/operations/run-operation'

/** Marks everything read that the actor was told up to a moment: what came since stays unread. */
export const markAllRead: Operation<{ until: string }, void> = {
  event: 'inbox.marked',
  own: true,
  async run(context, { until }) {
    const { tx, actor, at } = context
    const marked = await tx.orm
      .update(notifications)
      .set({ readAt: at })
      .where(
        and(
          eq(notifications.personId, actor.personId),
          isNull(notifications.readAt),
          lte(notifications.at, new Date(until)),
        ),
      )
      .returning({ id: notifications.id })
    context.record({ object: {}, volume: { notices: marked.length }, details: { read: true, all: true } })
  },
}
