import type { Id } from '@/lib/ids'
import type { RecordRowView } from '@/lib/views/record'
import { treeOf } from '@/server/audit/inbox'
import { readNames } from '@/server/audit/names'
import { readRecord } from '@/server/audit/read'
import { type RecordQuery, recordRows } from '@/server/audit/record-query'
import { readSeal } from '@/server/audit/sealing/seal'
import type { Reader } from '@/server/db/client'
import { type ExportRow, scopeOfExport } from '@/server/exports/export-rows'

/** Entries that a report prints; the others are in its figures. */
export const PRINTED = 500
/** No limit that a record reaches. */
const ALL = 2_147_483_647

export type Unit = 'hour' | 'day' | 'month'

export interface Report {
  workspace: string
  askedBy: { name: string; agency: string }
  reason: string
  scope: string
  /** What was asked for, as label and value. */
  question: [string, string][]
  /** Of the first and the last entry; null when there are none. */
  period: { from: Date; until: Date } | null
  total: number
  denied: number
  unit: Unit
  overTime: { at: Date; allowed: number; denied: number }[]
  byAgency: { name: string; allowed: number; denied: number }[]
  denials: { rule: string; count: number }[]
  rows: RecordRowView[]
  /** Null: nothing was signed yet. `sealed`: the newest head that enough agencies have co-signed. */
  head: {
    size: number
    signed: { size: number; at: Date; root: string } | null
    sealed: { size: number; at: Date; root: string; by: number } | null
    of: number
    needed: number
  }
}

export const queryOf = (row: ExportRow): RecordQuery => ({
  workspaceId: row.workspaceId,
  scope: scopeOfExport(row),
  filter: row.filter,
})

export const countRecord = async (reader: Reader, query: RecordQuery): Promise<number> => {
  const { text, values } = recordRows(query, 'id, at', ALL)
  const { rows } = await reader.query<{ n: number }>(`select count(*) as n from (${text}) as c`, values)
  return rows[0]?.n ?? 0
}

/** Everything that a report says, counted by the database: of the rows themselves only the first are read. */
export const readReport = async (reader: Reader, row: ExportRow, now: Date): Promise<Report> => {
  const query = queryOf(row)
  const { text, values } = recordRows(query, 'id, at, outcome, rule, actor_org_id', ALL)
  const ask = async <Row extends Record<string, unknown>>(select: string): Promise<Row[]> =>
    (await reader.query<Row>(select.replace('RECORD', `(${text}) as e`), values)).rows
  const [sums] = await ask<{ from: Date | null; until: Date | null; total: number; denied: number }>(
    `select min(at) as from, max(at) as until, count(*) as total, count(*) filter (where outcome <> 'allowed') as denied from RECORD`,
  )
  const period = sums?.from && sums.until ? { from: sums.from, until: sums.until } : null
  const unit = unitOf(period)
  const agencies = await ask<{ id: Id | null; allowed: number; denied: number }>(
    `select actor_org_id as id, count(*) filter (where outcome = 'allowed') as allowed, count(*) filter (where outcome <> 'allowed') as denied
     from RECORD group by 1 order by count(*) desc, 1 limit 12`,
  )
  const { personId, orgId, documentId, sectionId, originatorId } = row.filter
  const names = await readNames(
    reader,
    [
      row.workspaceId,
      row.askedBy,
      personId,
      orgId,
      documentId,
      sectionId,
      originatorId,
      ...agencies.map(({ id }) => id),
    ].map((id) => id ?? null),
    query.scope,
  )
  const nameOf = (id: Id) => names.get(id)?.name ?? id
  return {
    workspace: nameOf(row.workspaceId),
    askedBy: { name: nameOf(row.askedBy), agency: names.get(row.askedBy)?.orgShortCode ?? '' },
    reason: row.reason,
    scope:
      row.scope === 'whole'
        ? 'The whole record of the workspace'
        : 'What one agency may see: what its people did, what was done to its documents and sections, and workspace policy',
    question: questionOf(row, nameOf),
    period,
    total: sums?.total ?? 0,
    denied: sums?.denied ?? 0,
    unit,
    overTime: await ask(
      `select date_trunc('${unit}', at at time zone 'UTC') at time zone 'UTC' as at, count(*) filter (where outcome = 'allowed') as allowed,
         count(*) filter (where outcome <> 'allowed') as denied from RECORD group by 1 order by 1`,
    ),
    byAgency: agencies.map(({ id, ...counts }) => ({
      name: id === null ? 'Nobody signed in' : nameOf(id),
      ...counts,
    })),
    denials: await ask(
      `select coalesce(rule, 'no rule') as rule, count(*) as count from RECORD where outcome <> 'allowed' group by 1 order by 2 desc, 1 limit 12`,
    ),
    rows: (await readRecord(reader, { ...query, limit: PRINTED })).rows,
    head: await readHead(reader, treeOf(row.workspaceId), now),
  }
}

/** At most about sixty columns. */
const unitOf = (period: Report['period']): Unit => {
  const days = period === null ? 0 : (period.until.getTime() - period.from.getTime()) / 86_400_000
  if (days <= 2) return 'hour'
  return days <= 62 ? 'day' : 'month'
}

/** "2026-03-03 14:05:00 UTC" */
export const utcWords = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`

const questionOf = ({ filter, askedAt }: ExportRow, nameOf: (id: Id) => string): [string, string][] => {
  const {
    personId,
    orgId,
    documentId,
    sectionId,
    originatorId,
    type,
    kind,
    outcome,
    rule,
    from,
    until,
    not,
  } = filter
  const named: [string, string | undefined][] = [
    ['Person', personId && nameOf(personId)],
    ['Agency', orgId && nameOf(orgId)],
    ['Document', documentId && nameOf(documentId)],
    ['Section', sectionId && nameOf(sectionId)],
    ['Done to sections of', originatorId && nameOf(originatorId)],
    ['Kind of event', type ?? kind],
    ['Outcome', outcome],
    ['Rule', rule],
    ['From', from && utcWords(new Date(from))],
    ['Until', utcWords(until === undefined ? askedAt : new Date(until))],
    ['Left out', not === undefined ? undefined : Object.keys(not).join(', ') || undefined],
  ]
  return named.filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
}

const readHead = async (reader: Reader, tree: string, now: Date): Promise<Report['head']> => {
  const { rows: heads } = await reader.query<{ size: number }>(
    'select size from audit_heads where tree = $1',
    [tree],
  )
  const seal = await readSeal(reader, tree, now)
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const sealed = seal?.sealed ?? null
  const { rows: roots } = await reader.query<{ root: Uint8Array }>(
    'select root from audit_checkpoints where tree = $1 and size = $2',
    [tree, sealed?.size ?? null],
  )
  const [sealedAt] = roots
  return {
    size: heads[0]?.size ?? 0,
    signed: seal === null ? null : { size: seal.size, at: seal.at, root: hex(seal.root) },
    sealed:
      sealed === null || seal === null || sealedAt === undefined
        ? null
        : { ...sealed, root: hex(sealedAt.root), by: seal.signedBy.length },
    of: seal?.of ?? 0,
    needed: seal?.needed ?? 0,
  }
}
