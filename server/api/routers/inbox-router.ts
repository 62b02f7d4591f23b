import { z } from 'zod'
import { KINDS, type Kind } from '@/lib/told/kinds'
import { fields, idInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { chooseMail } from '@/server/operations/inbox/choose-mail'
import { countUnread } from '@/server/operations/inbox/count-unread'
import { listInbox } from '@/server/operations/inbox/list-inbox'
import { readMailChoices } from '@/server/operations/inbox/mail-choices'
import { markAllRead } from '@/server/operations/inbox/mark-all-read'
import { markNotices } from '@/server/operations/inbox/mark-notices'

const kindInput = z.enum(Object.keys(KINDS) as [Kind, ...Kind[]])

/** What one is told, and what of it comes as mail. */
export const inboxRouter = router({
  list: signedInProcedure
    .input(
      fields({ unreadOnly: z.boolean(), kind: kindInput.nullable(), cursor: z.string().max(100).nullable() }),
    )
    .query(run(listInbox)),
  count: signedInProcedure.query(({ ctx }) => countUnread(ctx.services.db, ctx.actor.personId)),
  mark: signedInProcedure
    .input(fields({ notificationIds: z.array(idInput).min(1).max(100), read: z.boolean() }))
    .mutation(run(markNotices)),
  markAllRead: signedInProcedure.input(fields({ until: z.iso.datetime() })).mutation(run(markAllRead)),
  mailChoices: signedInProcedure.query(({ ctx }) => readMailChoices(ctx.services.db, ctx.actor.personId)),
  chooseMail: signedInProcedure
    .input(fields({ kind: kindInput, choice: z.enum(['at_once', 'never']) }))
    .mutation(run(chooseMail)),
})
