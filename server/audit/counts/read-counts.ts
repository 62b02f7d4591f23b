import type { Outcome } from '@/lib/audit/catalogue'
import type { EventKind } from '@/lib/audit/figures/kind-names'
import type { Span } from '@/lib/audit/figures/span'
import type { Id } from '@/lib/ids'
import { COUNTS, KIND, NONE, typesAndKinds } from '@/server/audit/counts/count-events'
import { treeOf } from '@/server/audit/inbox'
import { type RecordScope, withinScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'

export interface CountQuery {
  workspaceId: Id
  /** Nothing outside it is counted. */
  scope: RecordScope
  span: Span
  /** The whole workspace, each of its documents, or one section. */
  about: 'workspace' | 'documents' | { sectionId: Id }
  /** What is told apart, besides kind and outcome (which documents do not have); the rest is summed up. */
  by: readonly ('at' | 'about_id' | 'actor_org_id')[]
}

export interface Count {
  at: Date
  about_id: Id
  actor_org_id: Id
  kind: EventKind
  outcome: Outcome
  events: number
}

const ABOUT = { workspace: 'workspace_id', documents: 'document_id', section: 'section_id' } as const

/**
 * Events of a span by kind and outcome, and by what the query tells apart: sums of small rows, and the newest events
 * themselves. One statement, so one moment: nothing is counted twice or left out while the follower goes on.
 */
export const readCounts = async (reader: Reader, query: CountQuery): Promise<Count[]> => {
  const { text, values } = countsSelect(query)
  return (await reader.query<Count>(text, values)).rows
}

const countsSelect = ({ workspaceId, scope, span, about, by }: CountQuery) => {
  const values: unknown[] = []
  const put = (value: unknown) => `$${values.push(value)}`
  const [workspace, step, from, until] = [workspaceId, span.step, span.from, span.until].map(put)
  const within = scope.kind === 'whole' ? 'true' : withinScope(put(scope.orgId))
  const section = typeof about === 'object' ? put(about.sectionId) : null
  const aboutId = ABOUT[typeof about === 'object' ? 'section' : about]
  const during = `at >= ${from}::timestamptz and at < ${until}::timestamptz and ${within}`
  const [types, kinds] = typesAndKinds().map(put)

  const newestOf = (events: string) => `
    select e.${aboutId} as about_id, date_trunc(${step}::text, e.at, 'UTC') as at,
      coalesce(e.actor_org_id, '${NONE}') as actor_org_id, ${KIND} as kind, e.outcome, 1 as events
    from (${events}) as e left join unnest(${types}::text[], ${kinds}::text[]) as k (type, kind) on k.type = e.type
    where ${during} and e.${aboutId} is not null ${section === null ? '' : `and e.section_id = ${section}`}`

  const sums = (ids: string) => `
    select about_id, at, actor_org_id, kind, outcome, events from record_counts
    where workspace_id = ${workspace} and about_id in (${ids}) and grain = ${step} and ${during}`

  const counts = (): string => {
    // Sections are not summed by hours: few enough events, and an index that finds them.
    if (section !== null && span.step === 'hour')
      return newestOf(`select * from audit_inbox where section_id = ${section} and scope_id = ${workspace}`)
    const ids =
      section ??
      (about === 'workspace' ? workspace : `select id from documents where workspace_id = ${workspace}`)
    return `${sums(String(ids))} union all ${newestOf(notCounted(put(treeOf(workspaceId))))}`
  }
  const group = [...by, ...(about === 'documents' ? [] : ['kind', 'outcome'])].join(', ')
  const text = `select ${group}, sum(events)::int8 as events from (${counts()}) as c group by ${group} order by ${group}`
  return { text, values }
}

/** What stands in no sum yet: behind the follower's place in the tree, and what waits for its place in the tree. */
const notCounted = (tree: string) => `
  select i.* from audit_log l join audit_inbox i on i.id = l.event_id
  where l.tree = ${tree} and l.index >= coalesce((select next from record_followers where name = '${COUNTS}' and tree = ${tree}), 0)
  union all
  select i.* from audit_pending p join audit_inbox i on i.id = p.event_id where p.tree = ${tree}`
