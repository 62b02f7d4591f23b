import type { Id } from '@/lib/ids'
import type { PeriodsView, RetentionView, SegmentState, SegmentView } from '@/lib/views/retention/retention'
import { treeOf } from '@/server/audit/inbox'
import { holdOnTree } from '@/server/audit/retention/hold-on-tree'
import { keptUntil, PRESETS, readPeriods, searchableUntil } from '@/server/audit/retention/periods'
import { readSegments, type SegmentRow } from '@/server/audit/retention/segment-rows'
import { holdViews } from '@/server/operations/holds/hold-views'
import type { RequestRow } from '@/server/operations/retention/request-rows'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { readPeople } from '@/server/operations/shaping/agencies'

/** Asks: to read the record. How long it is kept, each month of it, what waits for a second person, what is held. */
export const getRetention: Operation<{ workspaceId: Id }, RetentionView> = {
  event: 'retention.viewed',
  async run(context, { workspaceId }) {
    const { tx, at } = context
    await context.authorize({ workspaceId }, { ask: 'record' })
    const tree = treeOf(workspaceId)
    const periods = (await readPeriods(tx, [tree]))(tree)
    const rows = await readSegments(tx, 'tree = $1 order by month desc', [tree])
    const hold = await holdOnTree(tx, workspaceId)
    const requests = await requestViews(context, workspaceId)
    const asked = new Set(requests.map(({ month }) => month))
    const segments = rows.map((row) => segmentView(row, periods, at, hold, asked))
    const holds = await holdViews(context, { workspaceId })
    context.recordView(
      { object: { workspaceId }, volume: { months: segments.length, requests: requests.length } },
      [
        segments.map(({ month, state }) => [month, state]),
        requests.map(({ id }) => id),
        holds.map(({ id }) => id),
      ],
    )
    return { periods, presets: [...PRESETS], segments, requests, holds }
  },
}

const stateOf = ({ state, back_asked_at, back_until }: SegmentRow): SegmentState => {
  if (state !== 'cold') return state
  if (back_until !== null) return 'back'
  return back_asked_at === null ? 'cold' : 'coming'
}

const segmentView = (
  row: SegmentRow,
  periods: PeriodsView,
  at: Date,
  hold: { id: Id; ask: string } | null,
  asked: ReadonlySet<string | null>,
): SegmentView => {
  const state = stateOf(row)
  const until = keptUntil(row.month, periods)
  const whyNotDrop = () => {
    if (state !== 'cold') return 'Only a month that lies in its file alone can be dropped.'
    if (asked.has(row.month)) return 'Somebody asks for it already: it waits for a second agency above.'
    if (until > at) return `It must be kept until ${until.toISOString().slice(0, 10)}.`
    return hold === null ? null : `A legal hold stands in the way (${hold.id}). Ask ${hold.ask}.`
  }
  const why = whyNotDrop()
  return {
    month: row.month,
    state,
    first: row.first_index,
    last: row.last_index,
    root: row.root.toString('hex'),
    hash: row.file_hash?.toString('hex') ?? null,
    bytes: row.file_bytes,
    searchableUntil: searchableUntil(row.month, periods).toISOString(),
    keptUntil: until.toISOString(),
    backUntil: row.back_until?.toISOString() ?? null,
    problem: row.back_problem,
    can: { bringBack: state === 'cold', drop: why === null, whyNotDrop: why },
  }
}

const requestViews = async ({ tx, actor, at }: OperationContext, workspaceId: Id) => {
  const { rows } = await tx.query<RequestRow>(
    `select * from retention_requests where workspace_id = $1 and state = 'pending' and expires_at > $2
     order by requested_at, id`,
    [workspaceId, at],
  )
  const people = await readPeople(
    tx,
    rows.map(({ requested_by }) => requested_by),
  )
  return rows.map((row) => {
    const own = row.requested_by_org === actor.orgId
    return {
      id: row.id,
      kind: row.kind,
      month: row.month,
      periods:
        row.searchable_months === null || row.cold_months === null
          ? null
          : { searchableMonths: row.searchable_months, coldMonths: row.cold_months },
      hash: row.hash,
      requestedBy: people.get(row.requested_by) ?? null,
      requestedAt: row.requested_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      can: {
        complete: !own,
        decline: true,
        why: own ? 'An auditor of another agency agrees or declines.' : null,
      },
    }
  })
}
