import type { EventActor, EventObject } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'
import { deletedRanges } from '@/lib/sync/delete-set'
import { LIMITS } from '@/lib/sync/limits'
import { scanStored } from '@/lib/sync/scan-update'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'
import { abandonedBursts, type BurstRows, closeBurst } from '@/server/sync/update-log'

/** Ends a run of edits on record, with exact counts of what is stored. Does nothing if somebody else has ended it. */
export const endBurst = async (
  tx: Tx,
  { recorder }: Pick<Services, 'recorder'>,
  burst: { id: Id; actor: EventActor; object: EventObject },
): Promise<void> => {
  const held = await closeBurst(tx, burst.id)
  if (held === null) return
  recorder.append(tx, {
    type: 'section.edit_closed',
    outcome: 'allowed',
    actor: burst.actor,
    object: burst.object,
    volume: volumeOf(held),
    correlation: burst.id,
    ...(held.stored === null ? {} : { details: { updates: held.stored } }),
  })
}

/**
 * What `section.edit_closed` says: also how much was deleted, in letters and what else counts as one clock of Yjs, of one's
 * own and of others'. Rows hold only deletions that were new, so nobody answers for what a step 2 repeats.
 */
export const volumeOf = ({
  rows,
  frames,
  bytes: size,
  updates,
  clients,
}: BurstRows): Record<string, number> => {
  let [own, others] = [0, 0]
  for (const bytes of updates) {
    for (const { client, from, to } of deletedRanges(scanStored(bytes).deletes)) {
      if (clients.has(client)) own += to - from
      else others += to - from
    }
  }
  return { rows, frames, bytes: size, deleted_own: own, deleted_others: others }
}

/**
 * Ends the bursts that a crash left open. The embedded database has one server, so all but our own are left over; on
 * PostgreSQL another node may be alive, and its bursts are told from left ones by their silence.
 */
export const recoverBursts = async (services: Services): Promise<number> => {
  const { db, node } = services
  const quiet = db.kind === 'embedded' ? 0 : 3 * LIMITS.burstIdleMs
  const left = await abandonedBursts(db, node, new Date(services.now().getTime() - quiet))
  for (const { id, personId, orgId, sessionId, workspaceId, documentId, sectionId } of left) {
    const actor = { personId, orgId, sessionId }
    const object = { workspaceId, documentId, sectionId }
    await db.transaction((tx) => endBurst(tx, services, { id, actor, object }))
  }
  return left.length
}
