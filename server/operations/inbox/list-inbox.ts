import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, isId } from '@/lib/ids'
import type { Kind } from '@/lib/told/kinds'
import type { InboxView } from '@/lib/views/inbox'
import { notifications } from '@/server/db/schema/told'
import { countUnread } from '@/server/operations/inbox/count-unread'
import { noticeViews } from '@/server/operations/inbox/notice-views'
import type { Operation } from '@/server/operations/run-operation'

const PAGE = 30

interface Input {
  unreadOnly: boolean
  kind: Kind | null
  cursor: string | null
}

/** What the actor was told, newest first. The look is on record because titles are shown in it. */
export const listInbox: Operation<Input, InboxView> = {
  event: 'inbox.viewed',
  own: true,
  async run(context, { unreadOnly, kind, cursor }) {
    const { tx, actor } = context
    const after = cursor === null ? undefined : placeOf(cursor)
    const rows = await tx.orm
      .select()
      .from(notifications)
      .where(
        and(
          eq(notifications.personId, actor.personId),
          unreadOnly ? isNull(notifications.readAt) : undefined,
          kind === null ? undefined : eq(notifications.kind, kind),
          after &&
            sql`(${notifications.at}, ${notifications.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
        ),
      )
      .orderBy(desc(notifications.at), desc(notifications.id))
      .limit(PAGE + 1)
    const page = rows.slice(0, PAGE)
    const last = page.at(-1)
    const entries = await noticeViews(context, page)
    context.recordView(
      { object: {}, volume: { notices: entries.length } },
      entries.map(({ id, text }) => [id, text]),
    )
    return {
      entries,
      cursor: rows.length > PAGE && last !== undefined ? `${last.at.toISOString()} ${last.id}` : null,
      unread: await countUnread(tx, actor.personId),
    }
  },
}

const placeOf = (cursor: string): { at: Date; id: Id } => {
  const [moment = '', id = ''] = cursor.split(' ')
  const at = new Date(moment)
  if (Number.isNaN(at.getTime()) || !isId(id))
    throw new DomainError('invalid', 'This page of the inbox cannot be found. Reload it.')
  return { at, id }
}
