import { DomainError } from '@/lib/errors'
import { workspaceOf } from '@/server/audit/inbox'
import { checkGoesOn, readHead, type TreeHead } from '@/server/audit/trees/check-against-signed'
import { Contradiction, type KeptCheckpoint } from '@/server/audit/trees/contradiction'
import type { KeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { raiseEdges } from '@/server/audit/trees/raise-edges'
import type { Database, Reader } from '@/server/db/client'
import type { Services } from '@/server/services'

type Signed = Pick<KeptCheckpoint, 'tree' | 'size' | 'root'>

/** A tree that goes on from less, or from other events, than were signed. */
export interface Restored {
  signed: Signed
  head: TreeHead
}

/**
 * An operator's word, after a backup was restored on purpose: each tree goes on from the state it has, although more was signed.
 * On record as `record.restored` with both heads. It makes nothing undone: witnesses that have seen the longer tree go on refusing.
 * @param kept of this machine; every node whose folder says something else needs its own word
 * @throws DomainError `conflict` when a tree does not even agree with its own checkpoints: that is no restored backup
 */
export const acceptRestore = async (
  services: Pick<Services, 'db' | 'recorder' | 'now'>,
  kept: KeptCheckpoints,
): Promise<Restored[]> => {
  const { db, recorder } = services
  await raiseEdges(db)
  const restored: Restored[] = []
  for (const signed of [...kept.all(), ...(await readAlarms(db))]) {
    const head = await readHead(db, signed.tree)
    const isKnown = restored.some((other) => Buffer.compare(other.signed.root, signed.root) === 0)
    if (isKnown || (await goesOn(db, signed, head))) continue
    await assertWhole(db, head)
    restored.push({ signed, head })
  }
  await db.transaction(async (tx) => {
    for (const { signed, head } of restored) {
      await tx.query(
        `insert into audit_restores (tree, outside_size, outside_root, size, root, at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing`,
        [
          signed.tree,
          signed.size,
          Buffer.from(signed.root),
          head.size,
          Buffer.from(head.root),
          services.now(),
        ],
      )
      const workspaceId = workspaceOf(signed.tree)
      recorder.append(tx, {
        type: 'record.restored',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object: workspaceId === null ? {} : { workspaceId },
        before: headOnRecord(signed),
        after: headOnRecord(head),
      })
    }
    await tx.query('delete from audit_alarms')
  })
  for (const { signed } of restored)
    if (kept.get(signed.tree)?.size === signed.size) await kept.setAside(signed.tree)
  return restored
}

const headOnRecord = ({ size, root }: { size: number; root: Uint8Array }) => ({
  size,
  root: Buffer.from(root).toString('hex'),
})

/** What other nodes' folders have contradicted. */
const readAlarms = async (reader: Reader): Promise<Signed[]> => {
  const { rows } = await reader.query<{ tree: string; outside_size: number; outside_root: Buffer }>(
    'select tree, outside_size, outside_root from audit_alarms order by tree',
  )
  return rows.map((row) => ({ tree: row.tree, size: row.outside_size, root: row.outside_root }))
}

const goesOn = async (db: Database, signed: Signed, head: TreeHead): Promise<boolean> => {
  try {
    await checkGoesOn(db, signed, head)
    return true
  } catch (problem) {
    if (problem instanceof Contradiction) return false
    throw problem
  }
}

const assertWhole = async (db: Database, head: TreeHead): Promise<void> => {
  const { rows } = await db.query<{ size: number; root: Buffer }>(
    'select size, root from audit_checkpoints where tree = $1 order by size desc limit 1',
    [head.tree],
  )
  if (rows[0] === undefined || (await goesOn(db, { tree: head.tree, ...rows[0] }, head))) return
  throw new DomainError(
    'conflict',
    `${head.tree} does not agree with the checkpoints in its own database: this is no restored backup, somebody has changed it. Restore a backup, then run this again.`,
  )
}
