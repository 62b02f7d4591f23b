import type { EventType } from '@/lib/audit/catalogue'
import { typesOf } from '@/lib/audit/event-kinds'
import type { EventKind } from '@/lib/audit/figures/kind-names'
import { DomainError } from '@/lib/errors'
import { type Id, isId } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'
import { BY_OTHERS, partsOf, type RecordScope, withinScope } from '@/server/audit/scope'

/** `scope_id` of the instance's own events. */
export const INSTANCE_SCOPE = '00000000-0000-0000-0000-000000000000'

export interface RecordQuery {
  /** A workspace's record, or null for the instance's own (sign-ins, organisations, people). */
  workspaceId: Id | null
  /** Nothing outside it is found, whatever the filter says. */
  scope: RecordScope
  filter?: RecordFilter
  /** Only these types, besides what the filter says. */
  types?: readonly EventType[]
  /** What `next` of the page before said. */
  cursor?: string | null
  limit?: number
}

interface Position {
  at: string
  id: Id
}

export const cursorOf = ({ at, id }: { at: Date; id: Id }): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')

const positionOf = (cursor: string): Position => {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (Number.isNaN(Date.parse(at)) || !isId(id)) {
    throw new DomainError(
      'invalid',
      'This page of the record cannot be found. Start again from the newest entry.',
    )
  }
  return { at, id }
}

/** The parameters of one statement. */
const parameters = () => {
  const values: unknown[] = []
  return { values, put: (value: unknown) => `$${values.push(value)}` }
}

/**
 * The newest `limit` rows that a query finds, as a SELECT without an end: every condition that an index begins with is an
 * equality, so that it is a short backward scan however long the record is. What concerns one organisation is a merge of
 * such scans, which the planner takes from the index that fits each best.
 * @param columns of audit_inbox; `at` and `id` among them
 */
export function recordRows(query: RecordQuery, columns: string, limit: number) {
  const { values, put } = parameters()
  const { scope, filter = {} } = query
  const kind = isRare(query) ? filter.kind : undefined
  const { kind: _, ...rest } = filter
  const where = [
    `scope_id = ${put(query.workspaceId ?? INSTANCE_SCOPE)}`,
    ...conditions(kind === undefined ? query : { ...query, filter: rest }, put),
  ]
  const newest = `order by at desc, id desc limit ${put(limit)}`
  const parts = kind === undefined ? partsFor(query, put) : partsOfKind(kind, scope, put)
  const one = (more: string[]) =>
    `select ${columns} from audit_inbox where ${[...where, ...more].join(' and ')} ${newest}`
  if (parts.length === 0) return { text: one([]), values }
  const merged = parts.map((part) => `(${one([part])})`).join(' union all ')
  return { text: `select * from (${merged}) as e ${newest}`, values }
}

/** One page: a row more than `limit` says that there is another. */
export function recordSelect(query: RecordQuery) {
  const limit = query.limit ?? 50
  const columns =
    'id, at, type, outcome, rule, actor_person_id, workspace_id, document_id, section_id, canonical'
  return { ...recordRows(query, columns, limit + 1), limit }
}

type Put = (value: unknown) => string

/** The parts whose merge is asked for; none: one scan answers it. */
function partsFor({ scope, filter = {} }: RecordQuery, put: Put): string[] {
  const { originatorId, orgId, not } = filter
  // Most of what is on one section or document is one agency's, or hardly any: looked for in one scan.
  const isOnObject = (filter.sectionId ?? filter.documentId) !== undefined
  if (scope.kind === 'agency' && isOnObject) return [withinScope(put(scope.orgId))]
  if (scope.kind === 'whole') {
    if (originatorId === undefined) return []
    const { own, toSections } = partsOf(put(originatorId))
    // What its own people did is left out at times: no index would tell that there is none of it.
    return not?.orgId?.includes(originatorId) ? [toSections] : [own, toSections]
  }
  const { own, toSections, toDocuments, policy } = partsOf(put(scope.orgId))
  if (orgId === scope.orgId) return [own]
  const ofOthers = originatorId !== undefined && originatorId !== scope.orgId
  const others = ofOthers
    ? [toDocuments]
    : [toSections, ...(originatorId === undefined ? [toDocuments, policy] : [])]
  // Of another's sections it acted as one of the others: said, so that their index may be used.
  const acted = ofOthers ? `${own} and ${BY_OTHERS}` : own
  return not?.orgId?.includes(scope.orgId) ? others : [acted, ...others]
}

/** Kinds with many events: an agency's part of them is found by what makes it the agency's. */
const COMMON: readonly EventKind[] = ['reads', 'edits', 'looks']

/** Of a kind with few events all are read sooner than so many others are passed over that an agency may see. */
const isRare = ({
  scope,
  filter: { kind, sectionId, documentId, originatorId } = {},
}: RecordQuery): boolean =>
  kind !== undefined &&
  !COMMON.includes(kind) &&
  (sectionId ?? documentId ?? (scope.kind === 'whole' ? originatorId : undefined)) === undefined

/** Type by type, newest first: an agency that has a share in them need not go through all of the year for a page. */
const partsOfKind = (kind: EventKind, scope: RecordScope, put: Put): string[] => {
  const within = scope.kind === 'agency' ? ` and ${withinScope(put(scope.orgId))}` : ''
  return typesOf(kind).map((type) => `type = ${put(type)}${within}`)
}

function conditions({ filter = {}, types, cursor }: RecordQuery, put: Put): string[] {
  const where: string[] = []
  const same = (column: string, value: unknown) => {
    if (value !== undefined) where.push(`${column} = ${put(value)}`)
  }
  const among = (column: string, of: readonly string[] | undefined) => {
    if (of !== undefined) where.push(`${column} = any(${put(of)})`)
  }
  /** Also what has no value there stays. */
  const without = (column: string, of: readonly string[] | undefined) => {
    if (of !== undefined && of.length > 0) where.push(`(${column} is null or ${column} <> all(${put(of)}))`)
  }
  same('actor_person_id', filter.personId)
  same('actor_org_id', filter.orgId)
  same('document_id', filter.documentId)
  same('section_id', filter.sectionId)
  same('originator_org_id', filter.originatorId)
  same('type', filter.type)
  same('outcome', filter.outcome)
  same('rule', filter.rule)
  among('type', types)
  among('type', filter.kind === undefined ? undefined : typesOf(filter.kind))
  const not = filter.not ?? {}
  without('actor_person_id', not.personId)
  without('actor_org_id', not.orgId)
  without('document_id', not.documentId)
  without('section_id', not.sectionId)
  without('outcome', not.outcome)
  without('rule', not.rule)
  without('type', [...(not.type ?? []), ...(not.kind ?? []).flatMap(typesOf)])
  if (filter.from !== undefined) where.push(`at >= ${put(filter.from)}`)
  if (filter.until !== undefined) where.push(`at < ${put(filter.until)}`)
  if (cursor) {
    const { at, id } = positionOf(cursor)
    where.push(`(at, id) < (${put(at)}, ${put(id)})`)
  }
  return where
}
