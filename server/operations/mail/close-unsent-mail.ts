import type { Id } from '@/lib/ids'
import { closeMail } from '@/server/mail/mail-rows'
import { ownMail } from '@/server/operations/mail/own-mail'
import type { Operation } from '@/server/operations/run-operation'

/** It was handed over, or need not be. */
export const closeUnsentMail: Operation<{ mailId: Id }, void> = {
  event: 'mail.closed',
  own: true,
  async run(context, { mailId }) {
    const row = await ownMail(context, mailId)
    await closeMail(context.tx, row.id, { closedAt: context.at })
    context.record({ object: { targetId: row.refId }, details: { kind: row.kind } })
  },
}
