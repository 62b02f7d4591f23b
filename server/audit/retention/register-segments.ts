import { endOfMonth, monthOf } from '@/lib/audit/month'
import type { Id } from '@/lib/ids'
import { workspaceOf } from '@/server/audit/inbox'
import { readRoot } from '@/server/audit/tree-reader'
import type { Tx } from '@/server/db/client'
import type { Chore } from '@/server/upkeep/chore'

/** After a month's end its last events are in their tree, and every witness has signed beyond them. */
const GRACE_MS = 3 * 86_400_000

/** The first event of each tree that stands in no segment yet. */
const NEXT = `
select h.tree, n.index, n.after, i.at from audit_heads h
cross join lateral (select coalesce(max(last_index) + 1, 0) as index, max(month) as after from audit_segments s where s.tree = h.tree) n
join audit_log l on l.tree = h.tree and l.index = n.index join audit_inbox i on i.id = l.event_id
order by h.tree`

/** The last event of a month, as far as the trees' order is that of time; what was late belongs to the month before it. */
const LAST = `
select max(l.index) as last,
  (select min(c.size) from audit_checkpoints c where c.tree = $1 and c.size > max(l.index)) as checkpoint
from audit_log l join audit_inbox i on i.id = l.event_id where l.tree = $1 and l.index >= $2 and i.at < $3`

/** Registers one month of one tree that is over, with its root and the checkpoint that covers it; on record in that tree. */
export const registerSegments: Chore = {
  name: 'register segments',
  async run(services, tx, at) {
    const { rows } = await tx.query<{ tree: string; index: number; after: string | null; at: Date }>(NEXT)
    for (const next of rows) {
      // Never a month twice: what was late stands in the segment after its own.
      const month =
        next.after !== null && monthOf(next.at) <= next.after
          ? monthOf(endOfMonth(next.after))
          : monthOf(next.at)
      if (endOfMonth(month).getTime() + GRACE_MS > at.getTime()) continue
      const found = await findEnd(tx, next.tree, next.index, endOfMonth(month))
      if (found === null) continue
      const root = await readRoot(tx, next.tree, found.last + 1)
      await tx.query(
        `insert into audit_segments (tree, month, first_index, last_index, root, checkpoint_size, registered_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [next.tree, month, next.index, found.last, Buffer.from(root), found.checkpoint, at],
      )
      services.recorder.append(tx, {
        type: 'segment.registered',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object: objectOfTree(next.tree),
        details: {
          month,
          first: next.index,
          last: found.last,
          root: Buffer.from(root).toString('hex'),
          checkpoint: found.checkpoint,
        },
      })
      return true
    }
    return false
  },
}

/** Null until a checkpoint covers it. */
const findEnd = async (tx: Tx, tree: string, first: number, end: Date) => {
  const { rows } = await tx.query<{ last: number | null; checkpoint: number | null }>(LAST, [
    tree,
    first,
    end,
  ])
  const { last = null, checkpoint = null } = rows[0] ?? {}
  return last === null || checkpoint === null ? null : { last, checkpoint }
}

/** As an event of that tree names it. */
export const objectOfTree = (tree: string): { workspaceId?: Id } => {
  const workspaceId = workspaceOf(tree)
  return workspaceId === null ? {} : { workspaceId }
}
