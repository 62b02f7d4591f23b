import type { Id } from '@/lib/ids'
import type { Kind } from '@/lib/told/kinds'
import { readQuorum, workspaceOf } from '@/server/audit/sealing/quorum'
import type { Tx } from '@/server/db/client'
import { notify } from '@/server/told/notify'
import { administratorsToTell, membersToTell } from '@/server/told/people-to-tell'

type RecordKind = Extract<Kind, `record.${string}`>

/**
 * Tells those who watch over a tree: its workspace's auditors, whom the integrity panel shows more, and the administrators of the
 * agencies whose word seals it and of the host, whose business their witness is.
 */
export const tellOfRecord = async (
  tx: Tx,
  tree: string,
  kind: RecordKind,
  at: Date,
  targetId?: Id,
): Promise<void> => {
  const workspaceId = workspaceOf(tree)
  const { host, of } = await readQuorum(tx, tree, at)
  const orgIds = [...of, ...(host === null ? [] : [host])]
  const about = targetId === undefined ? {} : { targetId }
  const auditors = new Set<Id>()
  for (const orgId of workspaceId === null ? [] : orgIds) {
    const told = await membersToTell(tx, { workspaceId: workspaceId as Id, orgId, roles: ['auditor'], at })
    for (const id of told) auditors.add(id)
  }
  if (workspaceId !== null) await notify(tx, auditors, { kind, workspaceId, ...about })
  const administrators: Id[] = []
  for (const orgId of orgIds) administrators.push(...(await administratorsToTell(tx, orgId)))
  await notify(
    tx,
    administrators.filter((id) => !auditors.has(id)),
    { kind, ...about },
  )
}
