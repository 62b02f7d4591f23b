import { and, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { type Id, newId } from '@/lib/ids'
import type { SessionView } from '@/lib/views/person'
import type { Tx } from '@/server/db/client'
import { sessions } from '@/server/db/schema/identity'
import type { Actor, Source } from '@/server/identity/actor'
import { endSessions, type SessionEnd } from '@/server/identity/end-sessions'
import { createLookUp } from '@/server/identity/look-up-sessions'
import { hashOfToken, newToken, sessionCookieName, tokenOfCookies } from '@/server/identity/session-token'
import { createTouch, type SessionLimits } from '@/server/identity/touch-session'
import type { Services } from '@/server/services'

export interface Sessions {
  /** Depends on whether the instance is reached by https. */
  readonly cookieName: string
  /**
   * Who sent this Cookie header: one query, shared by those who ask at once. Null for no, unknown, ended or run-out sessions and for suspended
   * people or organisations. A session found to have run out is ended on record. Looking is not activity: a page
   * that polls does not stay signed in.
   */
  actorOfCookies(cookieHeader: string | undefined, source: Source): Promise<Actor | null>
  /**
   * The person typed, clicked or moved: the idle limit counts from now. Writes at most once a minute and session.
   * @returns the limits as they now stand; null if the session is over.
   */
  touch(sessionId: Id): Promise<SessionLimits | null>
  /** A new session with a new token (fixation: a token that was there before sign-in is never used again). */
  start(
    tx: Tx,
    who: { personId: Id; strength: number; source: Source },
  ): Promise<{ sessionId: Id; token: string }>
  /** Signs out the session of this Cookie header, if it is live. */
  signOut(cookieHeader: string | undefined): Promise<void>
  /** Ends a session in a transaction of its own: on record, and its sockets close. */
  end(sessionId: Id, reason: SessionEnd): Promise<void>
  /** Ends every session that has run out, so that open sockets close too. @returns how many. */
  endRunOut(): Promise<number>
  /** The person's live sessions, newest activity first. */
  list(personId: Id, currentSessionId: Id): Promise<SessionView[]>
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export const createSessions = (services: Services): Sessions => {
  const { db, env } = services
  const cookieName = sessionCookieName(env.publicUrl)
  const lookUp = createLookUp(db)
  const idleSince = (): Date => new Date(services.now().getTime() - env.idleMinutes * MINUTE)
  const isLive = () =>
    and(
      isNull(sessions.endedAt),
      gt(sessions.expiresAt, services.now()),
      gt(sessions.lastSeenAt, idleSince()),
    )

  const runOutReason = (row: { lastSeenAt: Date; expiresAt: Date }): SessionEnd | null => {
    if (row.expiresAt <= services.now()) return 'absolute'
    return row.lastSeenAt <= idleSince() ? 'idle' : null
  }

  const end: Sessions['end'] = async (sessionId, reason) => {
    const which = reason === 'idle' ? { sessionId, seenBefore: idleSince() } : { sessionId }
    await db.transaction((tx) => endSessions(services, tx, which, reason, null))
  }

  return {
    cookieName,
    end,
    touch: createTouch(services),

    async actorOfCookies(cookieHeader, source) {
      const token = tokenOfCookies(cookieHeader, cookieName)
      if (token === null) return null
      const found = await lookUp(hashOfToken(token))
      if (found === null) return null
      const ranOut = runOutReason(found)
      if (ranOut !== null) {
        await end(found.sessionId, ranOut)
        return null
      }
      if (found.personState !== 'active' || found.orgState !== 'active') return null
      const { personId, orgId, sessionId, name, orgName, orgShortCode, orgColour, strength } = found
      const { isAdministrator, isOperator } = found
      return {
        personId,
        orgId,
        sessionId,
        name,
        orgName,
        orgShortCode,
        orgColour,
        isAdministrator,
        isOperator,
        strength,
        idleMinutes: env.idleMinutes,
        source,
      }
    },

    async start(tx, { personId, strength, source }) {
      const token = newToken()
      const sessionId = newId()
      const now = services.now()
      await tx.orm.insert(sessions).values({
        id: sessionId,
        tokenHash: hashOfToken(token),
        personId,
        strength,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + env.absoluteHours * HOUR),
        bannerAcceptedAt: now,
        address: source.address,
        userAgent: source.userAgent,
      })
      return { sessionId, token }
    },

    async signOut(cookieHeader) {
      const token = tokenOfCookies(cookieHeader, cookieName)
      if (token === null) return
      const [row] = await db.orm
        .select()
        .from(sessions)
        .where(and(eq(sessions.tokenHash, hashOfToken(token)), isNull(sessions.endedAt)))
      if (row !== undefined) await end(row.id, runOutReason(row) ?? 'signed_out')
    },

    async endRunOut() {
      const gone = await db.orm
        .select()
        .from(sessions)
        .where(
          and(
            isNull(sessions.endedAt),
            or(lte(sessions.expiresAt, services.now()), lte(sessions.lastSeenAt, idleSince())),
          ),
        )
        .limit(500)
      for (const row of gone) await end(row.id, runOutReason(row) ?? 'idle')
      return gone.length
    },

    async list(personId, currentSessionId) {
      const rows = await db.orm
        .select()
        .from(sessions)
        .where(and(eq(sessions.personId, personId), isLive()))
        .orderBy(desc(sql`${sessions.id} = ${currentSessionId}`), desc(sessions.lastSeenAt))
      return rows.map((row) => ({
        id: row.id,
        current: row.id === currentSessionId,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        address: row.address,
        userAgent: row.userAgent,
      }))
    },
  }
}
