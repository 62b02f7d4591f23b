import type { Kind } from '@/lib/told/kinds'
import { mailChoices } from '@/server/db/schema/told'
import type { Operation } from '@/server/operations/run-operation'

/** What comes as mail besides the inbox: the actor's own choice, kind by kind. */
export const chooseMail: Operation<{ kind: Kind; choice: 'at_once' | 'never' }, void> = {
  event: 'inbox.mail_chosen',
  own: true,
  async run(context, { kind, choice }) {
    const { tx, actor } = context
    await tx.orm
      .insert(mailChoices)
      .values({ personId: actor.personId, kind, choice })
      .onConflictDoUpdate({ target: [mailChoices.personId, mailChoices.kind], set: { choice } })
    context.record({ object: {}, details: { kind, choice } })
  },
}
