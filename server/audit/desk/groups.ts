import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import type { Grouping } from '@/lib/audit/questions'
import type { Id } from '@/lib/ids'
import type { Rule } from '@/lib/policy/vocabulary'
import type { RecordGroupsView, RecordGroupView } from '@/lib/views/desk'
import type { RecordFilter } from '@/lib/views/record'
import { type Named, readNames } from '@/server/audit/names'
import { type RecordQuery, recordRows } from '@/server/audit/record-query'
import type { Reader } from '@/server/db/client'

/** So many of the newest entries are counted: an answer must come at once, however long the record is. */
export const MOST_COUNTED = 5_000
const MOST_GROUPS = 200

const KEYS: Record<Grouping, string> = {
  person: 'actor_person_id::text',
  org: 'actor_org_id::text',
  object: 'coalesce(section_id, document_id)::text',
  type: 'type',
  rule: 'rule',
}
const COLUMNS = 'id, at, type, outcome, rule, actor_person_id, actor_org_id, document_id, section_id'

interface Counted {
  key: string | null
  type: EventType
  entries: number
  refused: number
  first: Date
  last: Date
}

/**
 * The newest entries that a query finds, counted by group: who, how often, first and last. Whoever calls has authorized the
 * `record` ask and puts the look on record.
 */
export async function readGroups(
  reader: Reader,
  query: RecordQuery,
  by: Grouping,
): Promise<RecordGroupsView> {
  const { text, values } = recordRows(query, COLUMNS, MOST_COUNTED + 1)
  const { rows } = await reader.query<Counted>(
    `select ${KEYS[by]} as key, type, count(*)::int as entries,
       (count(*) filter (where outcome <> 'allowed'))::int as refused, min(at) as first, max(at) as last
     from (${text}) as found group by 1, 2`,
    values,
  )
  const byKey = new Map<string | null, Counted[]>()
  for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row])
  const isId = by === 'person' || by === 'org' || by === 'object'
  const ids = isId ? [...byKey.keys()].filter((key) => key !== null) : []
  const names = await readNames(reader, ids, query.scope)
  const entries = rows.reduce((sum, row) => sum + row.entries, 0)
  const groups = [...byKey].map(([key, counted]) => groupOf(by, key, counted, names))
  return {
    groups: groups.sort((a, b) => b.entries - a.entries || (a.name < b.name ? -1 : 1)).slice(0, MOST_GROUPS),
    entries: Math.min(entries, MOST_COUNTED),
    isWhole: entries <= MOST_COUNTED,
  }
}

const sum = (counted: readonly Counted[], of: 'entries' | 'refused') =>
  counted.reduce((total, row) => total + row[of], 0)
const soonest = (counted: readonly Counted[]) => Math.min(...counted.map(({ first }) => first.getTime()))
const latest = (counted: readonly Counted[]) => Math.max(...counted.map(({ last }) => last.getTime()))

function groupOf(
  by: Grouping,
  key: string | null,
  counted: readonly Counted[],
  names: ReadonlyMap<Id, Named>,
): RecordGroupView {
  const named = key === null ? undefined : names.get(key)
  const hasAgency = named !== undefined && named.orgShortCode !== null
  return {
    key,
    name: named?.name ?? unnamed(by, key),
    agency: hasAgency ? { shortCode: named.orgShortCode ?? '', colour: named.orgColour ?? 0 } : null,
    entries: sum(counted, 'entries'),
    refused: sum(counted, 'refused'),
    first: new Date(soonest(counted)).toISOString(),
    last: new Date(latest(counted)).toISOString(),
    types: counted
      .map(({ type, entries }) => ({ type, entries }))
      .sort((a, b) => b.entries - a.entries || (a.type < b.type ? -1 : 1)),
    only: key === null ? {} : onlyOf(by, key, named),
  }
}

const unnamed = (by: Grouping, key: string | null): string => {
  if (by === 'person') return key === null ? 'Nobody signed in' : 'Unknown'
  if (by === 'org') return key === null ? 'Nobody signed in' : 'Unknown agency'
  if (by === 'object')
    return key === null ? 'The workspace itself' : 'A section that your agency does not know'
  if (by === 'type') return EVENTS[key as EventType] ?? key ?? ''
  return key === null ? 'No rule' : `Rule ${key}`
}

const onlyOf = (by: Grouping, key: string, named: Named | undefined): RecordFilter => {
  if (by === 'person') return { personId: key }
  if (by === 'org') return { orgId: key }
  if (by === 'type') return { type: key as EventType }
  if (by === 'rule') return { rule: key as Rule }
  return named?.kind === 'document' ? { documentId: key } : { sectionId: key }
}
