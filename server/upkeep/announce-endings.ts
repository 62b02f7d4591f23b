import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { endAnnouncements } from '@/server/db/schema/told'
import { type EndingRow, readUnannounced } from '@/server/told/ending-rows'
import { notify } from '@/server/told/notify'
import { administratorsToTell, membersToTell } from '@/server/told/people-to-tell'
import type { Chore } from '@/server/upkeep/chore'

/**
 * Tells of everything that ends seven days and one day before, once each, whom it concerns and who may give it again.
 * What was given for less than that was announced by being given.
 */
export const announceEndings: Chore = {
  name: 'announce endings',
  async run(services, tx, at) {
    const { rows, more } = await readUnannounced(tx, at)
    for (const row of rows) {
      const { row_id: rowId, kind, days } = row
      await tx.orm.insert(endAnnouncements).values({ rowId, days, at })
      const object = {
        ...(row.workspace_id === null ? {} : { workspaceId: row.workspace_id }),
        ...(row.document_id === null ? {} : { documentId: row.document_id }),
        ...(row.section_id === null ? {} : { sectionId: row.section_id }),
        targetId: rowId,
      }
      const until = row.valid_until.toISOString()
      services.recorder.append(tx, {
        type: 'ending.announced',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object,
        details: { what: kind, days, until },
      })
      await notify(tx, await whomToTell(tx, row, at), {
        kind: row.workspace_id === null ? 'ending.group' : 'ending.soon',
        ...object,
        details: { what: kind, days, until },
      })
    }
    return more
  },
}

/** A block's end lets somebody in again: that is its originator's to know, and nobody else's. */
const whomToTell = async (tx: Tx, row: EndingRow, at: Date): Promise<Id[]> => {
  const { kind, workspace_id: workspaceId, subject_kind, subject_id, subject_org_id, giver_org_id } = row
  if (workspaceId === null) return [subject_id, ...(await administratorsToTell(tx, giver_org_id))]
  const leads = (orgId: Id) => membersToTell(tx, { workspaceId, orgId, roles: ['lead'], at })
  const stewards = (orgId: Id) => membersToTell(tx, { workspaceId, orgId, roles: ['lead', 'steward'], at })
  if (kind === 'deny') return stewards(giver_org_id)
  const concerned = subject_kind === 'person' ? [subject_id] : await leads(subject_org_id)
  if (kind === 'membership') return [...concerned, ...(await leads(giver_org_id))]
  if (kind === 'participation') {
    return [...concerned, ...(await leads(giver_org_id)), ...(await administratorsToTell(tx, subject_id))]
  }
  return [...concerned, ...(await stewards(giver_org_id))]
}
