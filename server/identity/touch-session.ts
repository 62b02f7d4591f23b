import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { sessions } from '@/server/db/schema/identity'
import type { Services } from '@/server/services'

export interface SessionLimits {
  /** Without activity the session ends here. */
  idleEndsAt: Date
  /** It ends here whatever happens. */
  endsAt: Date
}

const MINUTE = 60_000
const MOST_REMEMBERED = 10_000

/** A session's limits as they stand; null if it is over. */
export const limitsOf = async (services: Services, sessionId: Id): Promise<SessionLimits | null> => {
  const [row] = await services.db.orm
    .select({ lastSeenAt: sessions.lastSeenAt, endsAt: sessions.expiresAt })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)))
  if (row === undefined) return null
  return { idleEndsAt: idleEndOf(services, row.lastSeenAt), endsAt: row.endsAt }
}

const idleEndOf = (services: Services, lastSeenAt: Date): Date =>
  new Date(lastSeenAt.getTime() + services.env.idleMinutes * MINUTE)

/**
 * Activity of a session, written at most once a minute and session (oftener only where the idle limit is so short
 * that a minute matters). The idle limit may therefore count from up to a minute before the last key: never later.
 */
export const createTouch = (services: Services): ((sessionId: Id) => Promise<SessionLimits | null>) => {
  const spacing = Math.min(MINUTE, (services.env.idleMinutes * MINUTE) / 10)
  const written = new Map<Id, { at: number; limits: SessionLimits }>()

  return async (sessionId) => {
    const now = services.now()
    const last = written.get(sessionId)
    if (last !== undefined && now.getTime() - last.at < spacing) return last.limits
    if (written.size >= MOST_REMEMBERED) {
      for (const [id, entry] of written) if (now.getTime() - entry.at >= spacing) written.delete(id)
    }
    const [row] = await services.db.orm
      .update(sessions)
      .set({ lastSeenAt: now })
      .where(
        and(
          eq(sessions.id, sessionId),
          isNull(sessions.endedAt),
          gt(sessions.expiresAt, now),
          gt(sessions.lastSeenAt, new Date(now.getTime() - services.env.idleMinutes * MINUTE)),
        ),
      )
      .returning({ endsAt: sessions.expiresAt })
    if (row === undefined) {
      written.delete(sessionId)
      return null
    }
    const limits = { idleEndsAt: idleEndOf(services, now), endsAt: row.endsAt }
    written.set(sessionId, { at: now.getTime(), limits })
    return limits
  }
}
