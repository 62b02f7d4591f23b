import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { sessions } from '@/server/db/schema/identity'
import type { OperationContext } from '@/server/operations/run-operation'

const CONFIRMED_MINUTES = 5

/**
 * For acts that a screen left open must not do: the person has proven who they are in this session a moment ago.
 * @throws DomainError `denied` with `confirm`, after which the same act can be asked for again
 */
export const assertConfirmed = async ({ tx, actor, at }: OperationContext): Promise<void> => {
  const [session] = await tx.orm
    .select({ confirmedAt: sessions.confirmedAt })
    .from(sessions)
    .where(eq(sessions.id, actor.sessionId))
  const since = at.getTime() - (session?.confirmedAt.getTime() ?? 0)
  if (since <= CONFIRMED_MINUTES * 60_000) return
  throw new DomainError('denied', 'Enter your password again: this needs a fresh proof that it is you.', {
    confirm: true,
  })
}
