import { RULE_WORDS } from '@/lib/audit/findings/finding-rules'
import type { Found } from '@/lib/audit/findings/types'
import { type Id, newId } from '@/lib/ids'
import { auditorsToTell } from '@/server/audit/findings/auditors-to-tell'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'
import { notify } from '@/server/told/notify'

/**
 * Puts a finding into the list, on record, and before the auditors who may see it. One that happened before is opened again,
 * whatever was said of it; one that only goes on gets its new numbers.
 */
export const raiseFinding = async (
  services: Services,
  tx: Tx,
  workspaceId: Id,
  found: Found,
): Promise<void> => {
  const { rule, key, episode, personId, orgId, documentId, sectionId, numbers, eventIds } = found
  const { rows } = await tx.query<{ id: Id; episode: string }>(
    'select id, episode from findings where workspace_id = $1 and rule = $2 and key = $3 for update',
    [workspaceId, rule, key],
  )
  const [before] = rows
  const now = [episode, JSON.stringify(numbers), eventIds, new Date(found.at)]
  if (before?.episode === episode) {
    await tx.query(
      'update findings set episode = $2, numbers = $3, event_ids = $4, last_at = $5 where id = $1',
      [before.id, ...now],
    )
    return
  }
  const findingId = before?.id ?? newId()
  if (before === undefined)
    await tx.query(
      `insert into findings (id, episode, numbers, event_ids, last_at, workspace_id, rule, key, person_id, org_id, document_id,
         section_id, first_at, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open')`,
      [
        findingId,
        ...now,
        workspaceId,
        rule,
        key,
        personId,
        orgId,
        documentId,
        sectionId,
        new Date(found.from),
      ],
    )
  else
    await tx.query(
      `update findings set episode = $2, numbers = $3, event_ids = $4, last_at = $5, times = times + 1, state = 'open',
         document_id = $6, section_id = $7 where id = $1`,
      [findingId, ...now, documentId, sectionId],
    )
  services.recorder.append(tx, {
    type: 'finding.raised',
    outcome: 'allowed',
    actor: { personId: null, orgId: null, sessionId: null },
    object: { workspaceId, targetId: personId },
    details: { findingId, rule, severity: RULE_WORDS[rule].severity, again: before !== undefined, numbers },
    volume: { rows: eventIds.length },
  })
  const told = await auditorsToTell(tx, { workspaceId, orgId, documentId, sectionId }, services.now())
  await notify(
    tx,
    told.filter((auditor) => auditor !== personId),
    { kind: 'finding.raised', workspaceId, targetId: findingId, details: { rule } },
  )
}
