import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { ReleaseSummary, ReleaseView } from '@/lib/views/sharing'
import { documents, sections } from '@/server/db/schema/content'
import { workspaces } from '@/server/db/schema/workspace'
import type { ReleaseRow } from '@/server/operations/releases/end-release'
import { type KeyRow, missingKeys } from '@/server/operations/releases/key-standing'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies, readPeople } from '@/server/operations/shaping/agencies'
import { levelChangeViews } from '@/server/operations/sharing/change-view'
import type { JudgedChange } from '@/server/operations/sharing/sharing-change'

/** Only for those who may know the object, or were offered a key to it. */
export const releaseSummary = async (
  { tx }: OperationContext,
  release: ReleaseRow,
  mayTurn: boolean,
): Promise<ReleaseSummary> => {
  const people = await readPeople(tx, [release.requestedBy])
  return {
    id: release.id,
    workspaceId: release.workspaceId,
    documentId: release.documentId,
    sectionId: release.sectionId,
    title: await titleOf(tx, release),
    state: release.state,
    requestedBy: mustGet(people, release.requestedBy),
    requestedAt: release.requestedAt.toISOString(),
    expiresAt: release.expiresAt.toISOString(),
    mayTurn,
  }
}

const titleOf = async (tx: OperationContext['tx'], { sectionId, documentId }: ReleaseRow) => {
  const rows =
    sectionId === null
      ? await tx.orm
          .select({ title: documents.title })
          .from(documents)
          .where(eq(documents.id, documentId ?? ''))
      : await tx.orm.select({ title: sections.title }).from(sections).where(eq(sections.id, sectionId))
  return rows[0]?.title ?? null
}

const workspaceTitle = async (tx: OperationContext['tx'], id: Id): Promise<string> => {
  const [row] = await tx.orm.select({ title: workspaces.title }).from(workspaces).where(eq(workspaces.id, id))
  return row?.title ?? ''
}

export const releaseView = async (
  context: OperationContext,
  { release, keys }: { release: ReleaseRow; keys: readonly KeyRow[] },
  judged: JudgedChange | null,
  can: ReleaseView['can'],
): Promise<ReleaseView> => {
  const { tx } = context
  const missing = missingKeys(release, keys)
  const ended: Id[] = release.endedBy === null ? [] : [release.endedBy]
  const people = await readPeople(tx, [...keys.map(({ personId }) => personId), ...ended])
  const agencies = await readAgencies(tx, missing.originators)
  const current = judged?.hash === release.hash
  return {
    ...(await releaseSummary(context, release, can.turn)),
    hash: release.hash,
    workspace: { id: release.workspaceId, title: await workspaceTitle(tx, release.workspaceId) },
    gain: judged === null || !current ? [] : await levelChangeViews(context, judged, judged.gain),
    lose: judged === null || !current ? [] : await levelChangeViews(context, judged, judged.lose),
    keys: {
      turned: keys.map(({ personId, purpose, at }) => ({
        person: mustGet(people, personId),
        purpose,
        at: at.toISOString(),
      })),
      missing: {
        originators: missing.originators.map((orgId) => mustGet(agencies, orgId)),
        second: missing.second,
      },
    },
    current,
    ended:
      release.endedAt === null
        ? null
        : {
            by: release.endedBy === null ? null : mustGet(people, release.endedBy),
            at: release.endedAt.toISOString(),
            reason: release.endedReason,
          },
    can,
  }
}
