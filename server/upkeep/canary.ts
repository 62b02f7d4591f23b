import type { Id } from '@/lib/ids'
import { treeOf } from '@/server/audit/inbox'
import { couldSealSince } from '@/server/audit/sealing/can-be-sealed'
import { reached } from '@/server/audit/sealing/canary'
import { readQuorum, workspaceOf } from '@/server/audit/sealing/quorum'
import { readSeal } from '@/server/audit/sealing/seal'
import { beginWarning, endWarning } from '@/server/audit/sealing/warnings'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'
import type { Chore } from '@/server/upkeep/chore'
import { tellOfRecord } from '@/server/witness/host/tell'

/** A little less than the minute, because the clock of chores ticks every 20 seconds. */
const EVERY_MS = 55_000
const IN_TIME_MS = 60_000
/** After a witness is registered it takes some time until it signs. */
const SETTLED_MS = 300_000

/**
 * A read that is made for one purpose: its event must turn up in the tree, signed and sealed, within a minute. Each minute one in the
 * instance's tree and one in the workspace whose last one is oldest: what people do proves busy workspaces by itself, and two events
 * a minute cost the same in an instance of one workspace and of a thousand.
 */
export const singCanary: Chore = {
  name: 'canary of the record',
  async run(services, tx, at) {
    await lookAfter(services, tx, at)
    const { rows } = await tx.query<{ at: Date }>(
      `select at from audit_inbox where scope_id = '00000000-0000-0000-0000-000000000000' and type = 'record.canary'
       order by at desc limit 1`,
    )
    if (rows[0] !== undefined && at.getTime() - rows[0].at.getTime() < EVERY_MS) return false
    const { rows: next } = await tx.query<{ id: Id }>(
      `select w.id from workspaces w left join lateral (select i.at from audit_inbox i
         where i.scope_id = w.id and i.type = 'record.canary' order by i.at desc limit 1) c on true
       where w.state = 'active' order by c.at nulls first, w.id limit 1`,
    )
    for (const workspaceId of [null, ...next.map(({ id }) => id)]) await sing(services, tx, workspaceId, at)
    return false
  },
}

const sing = async ({ recorder }: Services, tx: Tx, workspaceId: Id | null, at: Date): Promise<void> => {
  const { rows } = await tx.query(
    'select id from workspaces where ($1::uuid is null or id = $1) order by id limit 1',
    [workspaceId],
  )
  const id = recorder.append(tx, {
    type: 'record.canary',
    outcome: 'allowed',
    actor: { personId: null, orgId: null, sessionId: null },
    object: workspaceId === null ? {} : { workspaceId },
    volume: { rows: rows.length },
  })
  await tx.query('insert into audit_canaries (event_id, tree, at) values ($1, $2, $3)', [
    id,
    treeOf(workspaceId),
    at,
  ])
}

/** Those that have not been seen in their tree yet. */
const lookAfter = async (services: Services, tx: Tx, at: Date): Promise<void> => {
  const { rows } = await tx.query<{ event_id: Id; tree: string; at: Date; index: number | null }>(
    `select c.event_id, c.tree, c.at, l.index from audit_canaries c left join audit_log l on l.event_id = c.event_id
     order by c.at limit 100`,
  )
  for (const canary of rows) {
    const { tree } = canary
    const quorum = await readQuorum(tx, tree, at)
    const since = await couldSealSince(tx, quorum)
    const sealable = since !== null && at.getTime() - since.getTime() > SETTLED_MS
    const came = reached(canary.index, await readSeal(tx, tree, at))
    const key = { tree, why: 'canary_late', witnessId: null } as const
    if (came === 'sealed' || (came === 'signed' && !sealable)) {
      await tx.query('delete from audit_canaries where event_id = $1', [canary.event_id])
      const { rows: late } = await tx.query(
        'select 1 from audit_canaries where tree = $1 and at < $2 limit 1',
        [tree, new Date(at.getTime() - IN_TIME_MS)],
      )
      if (late.length === 0 && (await endWarning(tx, key, at))) say(services, tx, tree, 'record.canary_back')
    } else if (at.getTime() - canary.at.getTime() > IN_TIME_MS) {
      if (!(await beginWarning(tx, key, { eventId: canary.event_id, came }, at))) continue
      say(services, tx, tree, 'record.canary_late')
      await tellOfRecord(tx, tree, 'record.canary', at)
    }
  }
}

const say = (
  { recorder }: Services,
  tx: Tx,
  tree: string,
  type: 'record.canary_late' | 'record.canary_back',
): void => {
  const workspaceId = workspaceOf(tree)
  recorder.append(tx, {
    type,
    outcome: 'allowed',
    actor: { personId: null, orgId: null, sessionId: null },
    object: workspaceId === null ? {} : { workspaceId },
  })
}
