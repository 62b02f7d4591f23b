import { and, eq, inArray, isNull, lte, ne, type SQL } from 'drizzle-orm'
import type { EventActor } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { people, sessions } from '@/server/db/schema/identity'
import type { Services } from '@/server/services'

export type SessionEnd = NonNullable<(typeof sessions.$inferSelect)['endedReason']>

export interface EndedSession {
  sessionId: Id
  personId: Id
  orgId: Id
}

/**
 * Which sessions: one (by id or by its token's hash), all of a person, or all of a person but one. Ended ones are never touched again.
 * `seenBefore`: only if there was no activity since, so that a key pressed a moment ago still counts.
 */
export type WhichSessions =
  | { sessionId: Id; personId?: Id; seenBefore?: Date }
  | { personId: Id; except?: Id }
  | { tokenHash: string }

const conditionOf = (which: WhichSessions): SQL | undefined => {
  if ('tokenHash' in which) return eq(sessions.tokenHash, which.tokenHash)
  if ('sessionId' in which)
    return and(
      eq(sessions.id, which.sessionId),
      which.personId === undefined ? undefined : eq(sessions.personId, which.personId),
      which.seenBefore === undefined ? undefined : lte(sessions.lastSeenAt, which.seenBefore),
    )
  return and(
    eq(sessions.personId, which.personId),
    which.except === undefined ? undefined : ne(sessions.id, which.except),
  )
}

/** Marks sessions as ended. The caller owes the record and the access change; `endSessions` does all three. */
export const markEnded = async (
  tx: Tx,
  which: WhichSessions,
  reason: SessionEnd,
  at: Date,
): Promise<EndedSession[]> => {
  const ended = await tx.orm
    .update(sessions)
    .set({ endedAt: at, endedReason: reason })
    .where(and(isNull(sessions.endedAt), conditionOf(which)))
    .returning({ sessionId: sessions.id, personId: sessions.personId })
  if (ended.length === 0) return []
  const orgs = await tx.orm
    .select({ id: people.id, orgId: people.orgId })
    .from(people)
    .where(inArray(people.id, [...new Set(ended.map((row) => row.personId))]))
  const orgOf = new Map(orgs.map((row) => [row.id, row.orgId]))
  return ended.map((row) => ({ ...row, orgId: orgOf.get(row.personId) ?? '' }))
}

/**
 * Ends sessions, puts every end on record and tells every live connection after the commit.
 * @param by who did it; null when the session ran out by itself or signed itself out.
 */
export const endSessions = async (
  services: Services,
  tx: Tx,
  which: WhichSessions,
  reason: SessionEnd,
  by: EventActor | null,
): Promise<EndedSession[]> => {
  const ended = await markEnded(tx, which, reason, services.now())
  for (const { sessionId, personId, orgId } of ended) {
    services.recorder.append(tx, {
      type: 'session.ended',
      outcome: 'allowed',
      actor: by ?? { personId, orgId, sessionId },
      object: { targetId: sessionId },
      details: { reason },
    })
    await services.accessChanges.publish(tx, { personId, sessionId })
  }
  return ended
}
