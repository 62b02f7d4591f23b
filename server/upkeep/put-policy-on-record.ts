import { putLabelsOnRecord } from '@/server/marking/labels-on-record'
import { takeLeftStaged } from '@/server/policy/on-record/staged-policy'
import type { Chore } from '@/server/upkeep/chore'

const AT_ONCE = 1_000

/**
 * Rows of policy whose transaction did not put them on record itself: those that were there before rows came on record at
 * all, and those that somebody changed in the database by hand, which is an alarm.
 */
export const putPolicyOnRecord: Chore = {
  name: 'put policy on record',
  async run({ recorder, log }, tx) {
    await putLabelsOnRecord({ recorder }, tx)
    const { drafts, outside, taken } = await takeLeftStaged(tx, AT_ONCE)
    for (const draft of drafts) recorder.append(tx, draft)
    if (outside > 0)
      tx.afterCommit(() =>
        log.error({ rows: outside }, 'rows that decide who may do what were changed past this server'),
      )
    return taken === AT_ONCE
  },
}
