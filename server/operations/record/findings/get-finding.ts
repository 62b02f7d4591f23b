import type { FindingState } from '@/lib/audit/findings/finding-rules'
import type { Id } from '@/lib/ids'
import type { DispositionView, FindingDetailView } from '@/lib/views/figures/finding'
import { readClearValues } from '@/server/audit/clear-values'
import { rowViews, type StoredEvent } from '@/server/audit/read'
import { type RecordScope, scopeOf, withinScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'
import { findFinding } from '@/server/operations/record/findings/find-finding'
import { findingViews } from '@/server/operations/record/findings/finding-rows'
import type { Operation, OperationContext } from '@/server/operations/run-operation'

/** Asks: to read the record. One finding, the entries it rests on, and what was said of it. */
export const getFinding: Operation<{ workspaceId: Id; findingId: Id }, FindingDetailView> = {
  event: 'finding.viewed',
  async run(context, { workspaceId, findingId }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const { tx } = context
    const row = await findFinding(tx, { workspaceId, findingId, scope })
    const [finding] = await findingViews(tx, [row], scope)
    if (finding === undefined) throw new Error('a finding that has no view')
    const rows = await rowViews(tx, await eventsOf(tx, workspaceId, row.event_ids, scope), scope)
    const dispositions = await dispositionsOf(context, findingId)
    context.recordView({ object: { workspaceId, targetId: findingId } }, [
      findingId,
      finding.lastAt,
      dispositions.length,
    ])
    return { finding, rows, dispositions }
  },
}

const eventsOf = async (
  reader: Reader,
  workspaceId: Id,
  ids: readonly Id[],
  scope: RecordScope,
): Promise<StoredEvent[]> => {
  const values: unknown[] = [workspaceId, ids]
  const within = scope.kind === 'whole' ? 'true' : withinScope(`$${values.push(scope.orgId)}`)
  const { rows } = await reader.query<StoredEvent>(
    `select id, at, type, outcome, rule, actor_person_id, workspace_id, document_id, section_id, canonical
     from audit_inbox where scope_id = $1 and id = any($2) and ${within} order by at, id`,
    values,
  )
  return rows
}

/** Whoever may see a finding may read what auditors said of it: the notes are about the finding, not about their writer. */
const dispositionsOf = async (
  { tx, services }: OperationContext,
  findingId: Id,
): Promise<DispositionView[]> => {
  const { rows } = await tx.query<{ event_id: Id; state: FindingState; at: Date; by: string }>(
    `select d.event_id, d.state, d.at, p.name as by from finding_dispositions d join people p on p.id = d.person_id
     where d.finding_id = $1 order by d.at desc, d.event_id desc`,
    [findingId],
  )
  const values = await readClearValues(
    tx,
    services.personKeys,
    rows.map((row) => row.event_id),
    { kind: 'whole' },
  )
  return rows.map(({ event_id, state, at, by }) => {
    const note = values.get(event_id)?.find(({ field }) => field === 'note')
    const words: unknown = note === undefined || note.gone !== null ? null : JSON.parse(note.value)
    return { state, by, at: at.toISOString(), note: typeof words === 'string' ? words : null }
  })
}
