import { eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { mailOutbox } from '@/server/db/schema/told'
import type { OperationContext } from '@/server/operations/run-operation'

/**
 * Operators see every mail that waits, administrators those of their own organisation. The link of an offer to another
 * organisation is for operators alone to hand over: whoever holds it can speak for the address.
 */
export const mayLook = ({ actor }: OperationContext): void => {
  if (actor.isOperator || actor.isAdministrator) return
  throw new DomainError('denied', `Only administrators of ${actor.orgName} look at its mail.`, {
    ask: `an administrator of ${actor.orgName}`,
  })
}

export const mayHandOver = (actor: OperationContext['actor'], kind: string): boolean =>
  actor.isOperator || (actor.isAdministrator && kind === 'person_invitation')

/** One that waits and is theirs; another's is as good as none. */
export const ownMail = async (context: OperationContext, mailId: Id) => {
  const { tx, actor } = context
  mayLook(context)
  const [row] = await tx.orm.select().from(mailOutbox).where(eq(mailOutbox.id, mailId)).for('update')
  // What somebody was told is theirs alone, whoever runs the instance.
  const isTheirs =
    row !== undefined && row.kind !== 'notification' && (actor.isOperator || row.orgId === actor.orgId)
  if (!isTheirs || row.sentAt !== null || row.closedAt !== null)
    throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  return row
}
