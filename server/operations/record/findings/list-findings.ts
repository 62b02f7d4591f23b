import { FINDING_STATES, type FindingRule, type FindingState } from '@/lib/audit/findings/finding-rules'
import type { Id } from '@/lib/ids'
import type { FindingListView } from '@/lib/views/figures/finding'
import { type RecordScope, scopeOf } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'
import {
  FINDING_COLUMNS,
  type FindingRow,
  findingsWithin,
  findingViews,
} from '@/server/operations/record/findings/finding-rows'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  state: FindingState | null
  rule: FindingRule | null
}

const MOST = 100

/** Asks: to read the record. What its search has found, newest first. */
export const listFindings: Operation<Input, FindingListView> = {
  event: 'finding.listed',
  async run(context, { workspaceId, state, rule }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const { tx } = context
    const { rows } = await tx.query<FindingRow & { all: number }>(
      `select ${FINDING_COLUMNS}, count(*) over () as all from findings f
       where f.workspace_id = $1 and ($2::text is null or f.state = $2) and ($3::text is null or f.rule = $3)
         and ($4::uuid is null or ${findingsWithin(scope, '$4')})
       order by f.last_at desc, f.id desc limit ${MOST}`,
      [workspaceId, state, rule, orgOf(scope)],
    )
    const findings = await findingViews(tx, rows, scope)
    context.recordView(
      { object: { workspaceId }, details: { state, rule }, volume: { findings: findings.length } },
      findings.map(({ id, lastAt, state: now }) => [id, lastAt, now]),
    )
    return {
      findings,
      counts: await countsOf(tx, workspaceId, scope),
      more: (rows[0]?.all ?? 0) - rows.length,
    }
  },
}

const orgOf = (scope: RecordScope): Id | null => (scope.kind === 'whole' ? null : scope.orgId)

const countsOf = async (
  reader: Reader,
  workspaceId: Id,
  scope: RecordScope,
): Promise<FindingListView['counts']> => {
  const { rows } = await reader.query<{ state: FindingState; n: number }>(
    `select f.state, count(*) as n from findings f
     where f.workspace_id = $1 and ($2::uuid is null or ${findingsWithin(scope, '$2')}) group by f.state`,
    [workspaceId, orgOf(scope)],
  )
  const counts = Object.fromEntries(FINDING_STATES.map((state) => [state, 0])) as FindingListView['counts']
  for (const { state, n } of rows) counts[state] = n
  return counts
}
