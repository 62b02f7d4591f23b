import { and, desc, eq, isNull, ne } from 'drizzle-orm'
import type { UnsentMailView } from '@/lib/views/inbox'
import { mailOutbox } from '@/server/db/schema/told'
import { aboutOf } from '@/server/mail/mail-rows'
import { mayHandOver, mayLook } from '@/server/operations/mail/own-mail'
import type { Operation } from '@/server/operations/run-operation'

const MOST = 200

/** Links that have not left: because there is no mail server, or because it did not take them. */
export const listUnsentMail: Operation<void, UnsentMailView> = {
  event: 'mail.listed',
  own: true,
  async run(context) {
    const { tx, actor, services } = context
    mayLook(context)
    const rows = await tx.orm
      .select()
      .from(mailOutbox)
      .where(
        and(
          isNull(mailOutbox.sentAt),
          isNull(mailOutbox.closedAt),
          ne(mailOutbox.kind, 'notification'),
          actor.isOperator ? undefined : eq(mailOutbox.orgId, actor.orgId),
        ),
      )
      .orderBy(desc(mailOutbox.at))
      .limit(MOST)
    const mails: UnsentMailView['mails'] = []
    for (const row of rows) {
      const about = await aboutOf(tx, row)
      if (about === null || row.kind === 'notification') continue
      mails.push({
        id: row.id,
        kind: row.kind,
        email: about.email,
        about: about.organisation,
        at: row.at.toISOString(),
        attempts: row.attempts,
        error: row.lastError,
        canShowLink: mayHandOver(actor, row.kind),
      })
    }
    context.recordView(
      { object: {}, volume: { mails: mails.length } },
      mails.map(({ id }) => id),
    )
    return { configured: services.env.smtpUrl !== null, mails }
  },
}
