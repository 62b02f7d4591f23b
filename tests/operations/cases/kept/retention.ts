import { randomBytes } from 'node:crypto'
import { newId } from '@/lib/ids'
import { agree } from '@/server/operations/retention/agree'
import { askBack } from '@/server/operations/retention/ask-back'
import { askDrop } from '@/server/operations/retention/ask-drop'
import { declineRetention } from '@/server/operations/retention/decline-retention'
import { getRetention } from '@/server/operations/retention/get-retention'
import { setPeriods } from '@/server/operations/retention/set-periods'
import { type OperationCase, of, reader } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

let count = 0

/** A month of the workspace that lies in its file and need not be kept any more. */
export const coldMonth = async ({ services, workspaceId }: Plan) => {
  const n = count++
  const month = `${1990 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`
  const hash = randomBytes(32)
  await services.db.query(
    `insert into audit_segments (tree, month, first_index, last_index, root, checkpoint_size, registered_at, state, file_hash,
       values_hash, file_bytes, moved_at) values ($1, $2, $3, $3, $4, $5, now(), 'cold', $4, $4, 1, now())`,
    [`workspace:${workspaceId}`, month, 1_000_000 + n, hash, 1_000_001 + n],
  )
  return { month, hash: hash.toString('hex') }
}

/** Asked for by an auditor of another organisation. */
export const aRequest = async (plan: Plan) => {
  const { world, orgs, workspaceId } = plan
  const { month, hash } = await coldMonth(plan)
  const other = await world.person(orgs.weather)
  await world.membership(workspaceId, other, 'auditor')
  const retentionRequestId = await world.insert('retention_requests', {
    id: newId(),
    workspace_id: workspaceId,
    kind: 'drop',
    month,
    hash,
    requested_by: other,
    requested_by_org: orgs.weather,
    requested_at: new Date(),
    expires_at: new Date(Date.now() + 72 * 3_600_000),
    state: 'pending',
  })
  return { retentionRequestId, hash }
}

export const RETENTION: OperationCase[] = [
  of('retention/get-retention', getRetention, ({ workspaceId }) => ({ workspaceId }), 'auditor', reader),
  of(
    'retention/set-periods',
    setPeriods,
    ({ workspaceId }) => ({ workspaceId, searchableMonths: 24, coldMonths: 60 }),
    'auditor',
    reader,
  ),
  of(
    'retention/ask-back',
    askBack,
    async (plan) => ({ workspaceId: plan.workspaceId, month: (await coldMonth(plan)).month }),
    'auditor',
    reader,
  ),
  of(
    'retention/ask-drop',
    askDrop,
    async (plan) => ({ workspaceId: plan.workspaceId, ...(await coldMonth(plan)) }),
    'auditor',
    reader,
  ),
  of('retention/agree', agree, aRequest, 'auditor', reader),
  of(
    'retention/decline-retention',
    declineRetention,
    async (plan) => ({ retentionRequestId: (await aRequest(plan)).retentionRequestId }),
    'auditor',
    reader,
  ),
]
