import { inForce } from '@/lib/policy/validity'
import type { RenewalView } from '@/lib/views/asks/ending'
import type { BoundaryInput } from '@/lib/views/boundary'
import type { SharingChange } from '@/lib/views/sharing'
import type { Actor } from '@/server/identity/actor'
import { type Authorized, askAlso } from '@/server/policy/authorize'
import type { EndingRow } from '@/server/told/ending-rows'

/**
 * The change of sharing that gives a grant, a block or a clause again. A longer grant or clause is a widening and may
 * need two keys; a longer block narrows. Null for whoever may not ask for it, and for what hangs on the workspace.
 */
export const sharingRenewal = (
  actor: Pick<Actor, 'orgId'>,
  row: EndingRow,
  object: Authorized,
  until: string,
): RenewalView | null => {
  const role = object.facts.membership?.role
  const isOriginators = row.giver_org_id === actor.orgId && (role === 'lead' || role === 'steward')
  if (!isOriginators || !askAlso(object, { ask: 'govern' }).allowed || row.document_id === null) return null
  const on = row.section_id === null ? { documentId: row.document_id } : { sectionId: row.section_id }
  return { by: 'sharing', on, change: changeOf(row, object, until), until }
}

const changeOf = (row: EndingRow, object: Authorized, until: string): SharingChange => {
  const { row_id, subject_kind: subjectKind, subject_id: subjectId } = row
  if (row.kind === 'deny') return { denies: { add: [{ subjectKind, subjectId, until }], end: [row_id] } }
  if (row.kind === 'grant') {
    const level = row.word as BoundaryLevel
    return { grants: { add: [{ subjectKind, subjectId, level, until }], end: [row_id] } }
  }
  const { section, document, at } = object.facts
  const { clauses = [] } = (row.section_id === null ? document : section)?.boundary ?? {}
  const boundary = clauses
    .filter(({ validity }) => inForce(validity, at))
    .map((clause) => ({
      subjectKind: clause.subjectKind,
      subjectId: clause.subjectId,
      maxLevel: clause.maxLevel as BoundaryLevel,
      until: clause.id === row_id ? until : isoOf(clause.validity.until),
    }))
  return { boundary }
}

type BoundaryLevel = NonNullable<BoundaryInput>[number]['maxLevel']

const isoOf = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment).toISOString()
