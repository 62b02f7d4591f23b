import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { notifications } from '@/server/db/schema/told'
import type { Operation } from '@/server/operations/run-operation'

/** Marks the actor's own notices, read or unread. Others' are as good as none. */
export const markNotices: Operation<{ notificationIds: Id[]; read: boolean }, void> = {
  event: 'inbox.marked',
  own: true,
  async run(context, { notificationIds, read }) {
    const { tx, actor, at } = context
    const marked = await tx.orm
      .update(notifications)
      .set({ readAt: read ? at : null })
      .where(and(eq(notifications.personId, actor.personId), inArray(notifications.id, notificationIds)))
      .returning({ id: notifications.id })
    context.record({ object: {}, volume: { notices: marked.length }, details: { read } })
  },
}
