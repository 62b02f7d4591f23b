import { and, eq, isNull, or } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { ReleaseState } from '@/lib/views/sharing'
import { releaseKeys, releases } from '@/server/db/schema/consent'
import type { OperationContext } from '@/server/operations/run-operation'
import type { Authorized } from '@/server/policy/authorize'
import { notify } from '@/server/told/notify'

export type ReleaseRow = typeof releases.$inferSelect

/** Ends a pending release, on record, and tells who asked for it and who has turned a key. */
export const endRelease = async (
  context: OperationContext,
  release: ReleaseRow,
  state: Exclude<ReleaseState, 'pending' | 'lapsed'>,
  reason: string | null = null,
): Promise<void> => {
  const { tx, actor, at } = context
  await tx.orm
    .update(releases)
    .set({ state, endedAt: at, endedBy: actor.personId, endedReason: reason })
    .where(eq(releases.id, release.id))
  const object = releaseObject(release)
  context.record({
    type: `release.${state}`,
    object,
    details: { hash: release.hash },
    ...(reason === null ? {} : { clear: { reason } }),
  })
  const keys = await tx.orm.select().from(releaseKeys).where(eq(releaseKeys.releaseId, release.id))
  await notify(tx, [release.requestedBy, ...keys.map(({ personId }) => personId)], {
    kind: 'release.ended',
    ...object,
    byPersonId: actor.personId,
    details: { state },
  })
}

/** The ids that events and notices about a release carry. */
export const releaseObject = ({ id, workspaceId, documentId, sectionId }: ReleaseRow) => ({
  workspaceId,
  ...(documentId === null ? {} : { documentId }),
  ...(sectionId === null ? {} : { sectionId }),
  targetId: id,
})

/**
 * A change of an object ends every release that waits for it: what its keys would be turned for is no longer so. A change
 * of a document concerns its sections', a change of a section its document's.
 */
export const voidReleases = async (
  context: OperationContext,
  { documentId, sectionId }: Pick<Authorized, 'documentId' | 'sectionId'>,
  except: Id | null = null,
): Promise<void> => {
  if (documentId === null) return
  const rows = await context.tx.orm
    .select()
    .from(releases)
    .where(
      and(
        eq(releases.documentId, documentId),
        eq(releases.state, 'pending'),
        ...(sectionId === null ? [] : [or(isNull(releases.sectionId), eq(releases.sectionId, sectionId))]),
      ),
    )
    .for('update')
  for (const release of rows) if (release.id !== except) await endRelease(context, release, 'voided')
}
