import { spanOf } from '@/lib/audit/figures/span'
import type { Id } from '@/lib/ids'
import type { HeatMapView } from '@/lib/views/figures/activity'
import { readCounts } from '@/server/audit/counts/read-counts'
import { readNames } from '@/server/audit/names'
import { scopeOf } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'
import type { Asked } from '@/server/operations/record/figures/read-activity'
import type { Operation } from '@/server/operations/run-operation'

/** More rows than this are no longer one picture; the rest is said as a number. */
const MOST = 30

/** Asks: to read the record. Which agencies' people had to do with which documents. */
export const readHeatMap: Operation<Asked, HeatMapView> = {
  event: 'record.viewed',
  async run(context, { workspaceId, ...asked }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const span = spanOf(asked, context.at)
    const counts = await readCounts(context.tx, {
      workspaceId,
      scope,
      span,
      about: 'documents',
      by: ['about_id', 'actor_org_id'],
    })
    const orgs = await orgsOf(context.tx, [...new Set(counts.map((one) => one.actor_org_id))])
    // What nobody did (the clock's) is no agency's.
    const known = new Set(orgs.map(({ id }) => id))
    const cells = sumsOf(counts.filter((one) => known.has(one.actor_org_id)))
    const totals = new Map<Id, number>()
    for (const { documentId, events } of cells) totals.set(documentId, (totals.get(documentId) ?? 0) + events)
    const most = [...totals].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([id]) => id)
    const shown = most.slice(0, MOST)
    const names = await readNames(context.tx, shown, scope)
    context.record({ object: { workspaceId }, details: { figure: 'heat_map', ...span } })
    return {
      span,
      orgs,
      documents: shown.map((id) => ({
        id,
        title: names.get(id)?.name ?? 'A document unknown to your agency',
      })),
      cells: cells.filter(({ documentId }) => shown.includes(documentId)),
      more: most.length - shown.length,
    }
  },
}

const sumsOf = (counts: readonly { about_id: Id; actor_org_id: Id; events: number }[]) => {
  const cells = new Map<string, HeatMapView['cells'][number]>()
  for (const { about_id: documentId, actor_org_id: orgId, events } of counts) {
    const cell = cells.get(documentId + orgId) ?? { documentId, orgId, events: 0 }
    cell.events += events
    cells.set(documentId + orgId, cell)
  }
  return [...cells.values()]
}

const orgsOf = async (reader: Reader, ids: readonly Id[]): Promise<HeatMapView['orgs']> => {
  const { rows } = await reader.query<HeatMapView['orgs'][number]>(
    'select id, name, short_code as "shortCode", colour from organisations where id = any($1) order by short_code, id',
    [ids],
  )
  return rows
}
