import { eq } from 'drizzle-orm'
import { people } from '@/server/db/schema/identity'
import type { Source } from '@/server/identity/actor'
import { endSessions } from '@/server/identity/end-sessions'
import { findLink, linkGone, useLink } from '@/server/identity/one-time-links'
import { requireGoodPassword } from '@/server/identity/sign-in/password-strength'
import { passwordWork } from '@/server/identity/sign-in/password-work'
import { enterByLink } from '@/server/operations/entry/enter-by-link'
import { readHolder } from '@/server/operations/entry/open-link'
import type { Services } from '@/server/services'

/**
 * Sets the password of a one-time link's person and uses the link up. Every session of the person ends: whoever knew
 * the old password is out.
 */
export const setPassword = (
  services: Services,
  source: Source,
  { token, password }: { token: string; password: string },
): Promise<void> =>
  enterByLink(services, source, token, async () => {
    const { db, now, recorder } = services
    // Asked before the costly work, and decided again by useLink in the transaction.
    const personId = await findLink(db, 'password', token, now())
    const holder = personId ? await readHolder(db, personId) : null
    if (!personId || holder === null) throw linkGone()
    await requireGoodPassword(password, holder.words)
    const passwordHash = await passwordWork(services).hash(password, source.address)
    await db.transaction(async (tx) => {
      await useLink(tx, 'password', token, now())
      await tx.orm.update(people).set({ passwordHash }).where(eq(people.id, personId))
      const by = { personId, orgId: holder.orgId, sessionId: null }
      const ended = await endSessions(services, tx, { personId }, 'password_changed', by)
      recorder.append(tx, {
        type: 'person.password_set',
        outcome: 'allowed',
        actor: by,
        object: { targetId: personId },
        correlation: source.requestId,
        volume: { sessions: ended.length },
        clear: { address: source.address, userAgent: source.userAgent },
      })
    })
  })
