import { newId } from '@/lib/ids'
import { hashOf } from '@/server/operations/break-glass/glass-release'
import type { Plan } from '@/tests/operations/plan'

type Who = keyof Plan['people']
type In = Pick<Plan, 'services' | 'workspaceId'>

/** Break-glass on or off in the plan's workspace, past its keys; nothing waits for one. */
export const glassIs = async ({ services: { db }, workspaceId }: In, state: 'on' | 'off'): Promise<void> => {
  await db.query('update workspaces set break_glass_enabled = $2 where id = $1', [
    workspaceId,
    state === 'on',
  ])
  await db.query(
    `update releases set state = 'voided', ended_at = now()
     where workspace_id = $1 and kind = 'break_glass' and state = 'pending'`,
    [workspaceId],
  )
}

/** Break-glass is off, and this lead has asked to turn it on. */
export const keyOf = async (plan: Plan, who: Who): Promise<void> => {
  await glassIs(plan, 'off')
  const { world, workspaceId, people } = plan
  const { personId, orgId, sessionId } = people[who]
  const releaseId = await world.insert('releases', {
    kind: 'break_glass',
    workspace_id: workspaceId,
    change: JSON.stringify({ breakGlass: true }),
    hash: hashOf(workspaceId),
    requested_by: personId,
    requested_by_org: orgId,
    expires_at: new Date(Date.now() + 3_600_000),
    state: 'pending',
  })
  await plan.services.db.query(
    `insert into release_keys (release_id, person_id, org_id, purpose, session_id) values ($1, $2, $3, 'second', $4)`,
    [releaseId, personId, orgId, sessionId],
  )
}

/** A look of this person at the hospital's closed section. @returns its id */
export const lookAt = async (
  { world, sections, people, services }: Plan,
  who: Who,
  {
    minutes,
    over = false,
    from = services.now().getTime() - (over ? (minutes + 1) * 60_000 : 60_000),
  }: {
    minutes: number
    over?: boolean
    from?: number
  },
): Promise<string> => {
  const id = newId()
  await world.insert('break_glass', {
    id,
    section_id: sections.closed,
    person_id: people[who].personId,
    session_id: people[who].sessionId,
    reason: 'The hospital does not answer, and patients wait at the bridge.',
    granted_by: people[who].personId,
    valid_from: new Date(from),
    valid_until: new Date(from + minutes * 60_000),
  })
  return id
}
