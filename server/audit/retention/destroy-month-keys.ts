import { workspaceOf } from '@/server/audit/inbox'
import { holdOnTree } from '@/server/audit/retention/hold-on-tree'
import { keptUntil, readPeriods } from '@/server/audit/retention/periods'
import { objectOfTree } from '@/server/audit/retention/register-segments'
import type { Chore } from '@/server/upkeep/chore'

const MONTHS = `
select owner, split_part(owner, ':', 2) as month, substring(owner from 15) as tree from audit_person_keys
where owner like 'month:%' and wrapped is not null order by owner`

/**
 * Values of nobody who is known (an address that was refused): nobody can ask for their erasure, so it needs nobody's word. Their
 * month's key goes when the month need no longer be kept, unless a hold is in force.
 */
export const destroyMonthKeys: Chore = {
  name: 'destroy keys of months',
  async run(services, tx, at) {
    const { rows } = await tx.query<{ owner: string; month: string; tree: string }>(MONTHS)
    const periodsOf = await readPeriods(
      tx,
      rows.map(({ tree }) => tree),
    )
    for (const { owner, month, tree } of rows) {
      if (keptUntil(month, periodsOf(tree)) > at || (await holdOnTree(tx, workspaceOf(tree))) !== null)
        continue
      await services.personKeys.destroy(tx, [owner], 'retention', at)
      services.recorder.append(tx, {
        type: 'segment.keys_destroyed',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object: objectOfTree(tree),
        details: { month },
      })
      return true
    }
    return false
  },
}
