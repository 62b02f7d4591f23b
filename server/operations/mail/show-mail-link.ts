import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { composeMail } from '@/server/mail/mail-rows'
import { mayHandOver, ownMail } from '@/server/operations/mail/own-mail'
import type { Operation } from '@/server/operations/run-operation'

/** Makes a fresh link to hand over by hand; every earlier one is dead from then on. */
export const showMailLink: Operation<{ mailId: Id }, { to: string; text: string }> = {
  event: 'mail.link_shown',
  own: true,
  async run(context, { mailId }) {
    const { tx, actor, at, services } = context
    const row = await ownMail(context, mailId)
    if (!mayHandOver(actor, row.kind))
      throw new DomainError('denied', 'Only an operator of this instance can hand over this link.', {
        ask: 'an operator of this instance',
      })
    const mail = await composeMail(tx, row, services.env.publicUrl, at)
    if (mail === null) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    context.record({
      object: { targetId: row.refId },
      details: { kind: row.kind },
      clear: { email: mail.to },
    })
    return { to: mail.to, text: mail.text }
  },
}
