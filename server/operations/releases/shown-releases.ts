import { and, desc, eq, type SQL } from 'drizzle-orm'
import type { ReleaseSummary } from '@/lib/views/sharing'
import { releases } from '@/server/db/schema/consent'
import { readRelease } from '@/server/operations/releases/key-standing'
import { releaseStanding } from '@/server/operations/releases/release-standing'
import { releaseSummary } from '@/server/operations/releases/release-view'
import type { OperationContext } from '@/server/operations/run-operation'
import { Refusal } from '@/server/policy/authorize'

/** So many are looked at, the newest first. */
const MOST = 50

/**
 * The pending releases among `which` that the actor may see: as ruling over the object, or holding a key. Asks for each of
 * them; the caller authorizes what its own event rests on afterwards.
 */
export const shownReleases = async (
  context: OperationContext,
  which: SQL | undefined,
): Promise<ReleaseSummary[]> => {
  const rows = await context.tx.orm
    .select({ id: releases.id })
    .from(releases)
    .where(and(which, eq(releases.state, 'pending'), eq(releases.kind, 'sharing')))
    .orderBy(desc(releases.requestedAt), desc(releases.id))
    .limit(MOST)
  const shown: ReleaseSummary[] = []
  for (const { id } of rows) {
    const found = await readRelease(context, id, false)
    if (found === null || found.release.expiresAt <= context.at) continue
    try {
      const { can } = await releaseStanding(context, found)
      shown.push(await releaseSummary(context, found.release, can.turn))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return shown
}
