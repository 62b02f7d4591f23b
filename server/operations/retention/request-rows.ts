import { createHash } from 'node:crypto'
import { canonicalJson } from '@/lib/audit/canonical'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { PeriodsView } from '@/lib/views/retention/retention'
import type { Tx } from '@/server/db/client'
import type { OperationContext } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'
import { auditorsToTell } from '@/server/told/people-to-tell'

const WAITS_MS = 72 * 3_600_000

export interface RequestRow {
  id: Id
  workspace_id: Id
  kind: 'shorten' | 'drop'
  month: string | null
  searchable_months: number | null
  cold_months: number | null
  hash: string
  requested_by: Id
  requested_by_org: Id
  requested_at: Date
  expires_at: Date
  state: 'pending' | 'completed' | 'declined' | 'lapsed'
}

/** Of exactly what two people agree to: periods before and after. */
export const hashOfChange = (workspaceId: Id, before: PeriodsView, after: PeriodsView): string =>
  createHash('sha256')
    .update(canonicalJson({ workspaceId, before: { ...before }, after: { ...after } }))
    .digest('hex')

type Asked = { kind: 'drop'; month: string } | { kind: 'shorten'; periods: PeriodsView }

/** The first of two people asks; it waits 72 hours for an auditor of another organisation. */
export const askForSecond = async (
  { tx, actor, at }: OperationContext,
  workspaceId: Id,
  asked: Asked,
  hash: string,
): Promise<Id> => {
  const month = asked.kind === 'drop' ? asked.month : null
  await lapseRequests(tx, workspaceId, at)
  const { rows: same } = await tx.query(
    `select 1 from retention_requests where workspace_id = $1 and kind = $2 and coalesce(month, '') = coalesce($3, '')
       and state = 'pending'`,
    [workspaceId, asked.kind, month],
  )
  if (same.length > 0) throw new DomainError('conflict', 'This waits for a second person already.')
  const id = newId()
  const periods = asked.kind === 'shorten' ? asked.periods : null
  await tx.query(
    `insert into retention_requests (id, workspace_id, kind, month, searchable_months, cold_months, hash, requested_by,
       requested_by_org, requested_at, expires_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'pending')`,
    [
      id,
      workspaceId,
      asked.kind,
      month,
      periods?.searchableMonths ?? null,
      periods?.coldMonths ?? null,
      hash,
      actor.personId,
      actor.orgId,
      at,
      new Date(at.getTime() + WAITS_MS),
    ],
  )
  await notify(tx, await auditorsToTell(tx, workspaceId, at), {
    kind: 'retention.asked',
    workspaceId,
    targetId: id,
    byPersonId: actor.personId,
  })
  return id
}

/** Whatever nobody answered in time counts no more. */
export const lapseRequests = async (tx: Tx, workspaceId: Id, at: Date): Promise<void> => {
  await tx.query(
    `update retention_requests set state = 'lapsed', ended_at = $2
     where workspace_id = $1 and state = 'pending' and expires_at <= $2`,
    [workspaceId, at],
  )
}

/** Locked; null where there is none of this id. */
export const readRequest = async (tx: Tx, id: Id): Promise<RequestRow | null> => {
  const { rows } = await tx.query<RequestRow>('select * from retention_requests where id = $1 for update', [
    id,
  ])
  return rows[0] ?? null
}

export const endRequest = async (
  { tx, actor, at }: OperationContext,
  id: Id,
  state: 'completed' | 'declined',
): Promise<void> => {
  await tx.query(
    'update retention_requests set state = $2, ended_by = $3, ended_by_org = $4, ended_at = $5 where id = $1',
    [id, state, actor.personId, actor.orgId, at],
  )
}
