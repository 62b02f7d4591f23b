import type { Json } from '@/lib/audit/event'
import { type Id, newId } from '@/lib/ids'
import type { Kind } from '@/lib/told/kinds'
import type { Tx } from '@/server/db/client'
import { notifications } from '@/server/db/schema/told'

export interface Notice {
  kind: Kind
  workspaceId?: Id
  documentId?: Id
  sectionId?: Id
  /** The release, request, review, offer … that it is about. */
  targetId?: Id
  /** Who caused it; left out where nobody did. Nobody is told what they did themselves. */
  byPersonId?: Id
  /** Plain facts: levels, dates, counts, ids. Never content, a title or a name. */
  details?: Record<string, Json>
}

/** Tells people something, in the transaction that makes it true: rolled back, nobody hears of it. */
export const notify = async (tx: Tx, personIds: Iterable<Id>, notice: Notice): Promise<void> => {
  const ids = [...new Set(personIds)].filter((personId) => personId !== notice.byPersonId)
  if (ids.length === 0) return
  await tx.orm.insert(notifications).values(
    ids.map((personId) => ({
      id: newId(),
      personId,
      kind: notice.kind,
      workspaceId: notice.workspaceId ?? null,
      documentId: notice.documentId ?? null,
      sectionId: notice.sectionId ?? null,
      targetId: notice.targetId ?? null,
      byPersonId: notice.byPersonId ?? null,
      details: notice.details ?? {},
    })),
  )
}
