import { and, eq, lte } from 'drizzle-orm'
import { releases } from '@/server/db/schema/consent'
import { notify } from '@/server/told/notify'
import type { Chore } from '@/server/upkeep/chore'

/** Releases whose 72 hours are over without all keys. Nothing else happens: a pending release changes nothing. */
export const lapseReleases: Chore = {
  name: 'lapse releases',
  async run(services, tx, at) {
    const lapsed = await tx.orm
      .update(releases)
      .set({ state: 'lapsed', endedAt: at })
      .where(and(eq(releases.state, 'pending'), lte(releases.expiresAt, at)))
      .returning()
    for (const { id, workspaceId, documentId, sectionId, requestedBy } of lapsed) {
      const object = {
        workspaceId,
        ...(documentId === null ? {} : { documentId }),
        ...(sectionId === null ? {} : { sectionId }),
        targetId: id,
      }
      services.recorder.append(tx, {
        type: 'release.lapsed',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object,
      })
      await notify(tx, [requestedBy], { kind: 'release.ended', ...object, details: { state: 'lapsed' } })
    }
    return false
  },
}
