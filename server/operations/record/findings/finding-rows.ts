import { explain } from '@/lib/audit/findings/explain'
import { type FindingRule, type FindingState, RULE_WORDS } from '@/lib/audit/findings/finding-rules'
import type { Numbers } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'
import type { FindingView } from '@/lib/views/figures/finding'
import { readNames } from '@/server/audit/names'
import type { RecordScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'

export interface FindingRow {
  id: Id
  rule: FindingRule
  person_id: Id | null
  document_id: Id | null
  section_id: Id | null
  numbers: Numbers
  event_ids: Id[]
  times: number
  first_at: Date
  last_at: Date
  state: FindingState
}

export const FINDING_COLUMNS =
  'f.id, f.rule, f.person_id, f.document_id, f.section_id, f.numbers, f.event_ids, f.times, f.first_at, f.last_at, f.state'

/**
 * Findings `f` that an auditor may see: as their entries, of the agency's own people, on documents that it owns and sections
 * that it originated. @param org a parameter
 */
export const findingsWithin = (scope: RecordScope, org: string): string =>
  scope.kind === 'whole'
    ? 'true'
    : `(f.org_id = ${org} or f.document_id in (select id from documents where owner_org_id = ${org})
        or f.section_id in (select id from sections where originator_org_id = ${org}))`

/** Rows as views, with the names that the reader may know. */
export const findingViews = async (
  reader: Reader,
  rows: readonly FindingRow[],
  scope: RecordScope,
): Promise<FindingView[]> => {
  const byOf = ({ numbers }: FindingRow) => (typeof numbers.by === 'string' ? numbers.by : null)
  const names = await readNames(
    reader,
    rows.flatMap((row) => [row.person_id, row.document_id, row.section_id, byOf(row)]),
    scope,
  )
  const nameOf = (id: Id | null) => (id === null ? null : (names.get(id)?.name ?? null))
  return rows.map((row) => {
    const person = row.person_id === null ? undefined : names.get(row.person_id)
    const about = row.section_id ?? row.document_id
    return {
      id: row.id,
      rule: row.rule,
      title: RULE_WORDS[row.rule].title,
      severity: RULE_WORDS[row.rule].severity,
      state: row.state,
      person:
        row.person_id === null
          ? null
          : {
              id: row.person_id,
              name: person?.name ?? 'Unknown',
              orgShortCode: person?.orgShortCode ?? '?',
              orgColour: person?.orgColour ?? 0,
            },
      explanation: explain(row.rule, row.numbers, nameOf),
      about:
        about === null
          ? null
          : { documentId: row.document_id, sectionId: row.section_id, title: nameOf(about) },
      times: row.times,
      firstAt: row.first_at.toISOString(),
      lastAt: row.last_at.toISOString(),
    }
  })
}
