import { inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { renewedUntil } from '@/lib/told/renewal'
import type { EndingView, RenewalView } from '@/lib/views/asks/ending'
import type { AgencyView } from '@/lib/views/person'
import { documents, sections } from '@/server/db/schema/content'
import { groups } from '@/server/db/schema/identity'
import { sharingRenewal } from '@/server/operations/endings/sharing-renewal'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies, readPeople } from '@/server/operations/shaping/agencies'
import { type Authorized, askAlso } from '@/server/policy/authorize'
import type { EndingRow } from '@/server/told/ending-rows'

/** A row that the actor may know of, with what it hangs on. */
export interface Known {
  row: EndingRow
  object: Authorized | null
}

/** Give it only what the actor may know of. */
export const endingViews = async (
  context: OperationContext,
  entered: Authorized,
  known: readonly Known[],
): Promise<EndingView[]> => {
  const { tx } = context
  const rows = known.map(({ row }) => row)
  const idsOf = (kind: EndingRow['subject_kind']) =>
    rows.filter(({ subject_kind }) => subject_kind === kind).map(({ subject_id }) => subject_id)
  const people = await readPeople(tx, idsOf('person'))
  const agencies = await readAgencies(
    tx,
    rows.flatMap(({ subject_org_id, giver_org_id }) => [subject_org_id, giver_org_id]),
  )
  const groupIds = [...idsOf('group'), ...rows.flatMap(({ group_id }) => group_id ?? [])]
  const groupRows = await tx.orm.select().from(groups).where(inArray(groups.id, groupIds))
  const groupNames = new Map(groupRows.map(({ id, name }) => [id, name]))
  const titles = await readTitles(context, rows)
  const subjectOf = (row: EndingRow): EndingView['subject'] => {
    const agency = mustGet(agencies, row.subject_org_id)
    if (row.subject_kind === 'person') return { kind: 'person', person: mustGet(people, row.subject_id) }
    if (row.subject_kind === 'org') return { kind: 'org', agency }
    return { kind: 'group', name: mustGet(groupNames, row.subject_id), agency }
  }
  return known.map(({ row, object }) => {
    const giver = mustGet(agencies, row.giver_org_id)
    const validity = { from: row.valid_from.getTime(), until: row.valid_until.getTime() }
    const again = renewedUntil(validity, context.at.getTime())
    const mine = renewalOf(context, entered, row, object, new Date(again ?? validity.until).toISOString())
    const renewal = again === null ? null : mine
    return {
      rowId: row.row_id,
      kind: row.kind,
      until: row.valid_until.toISOString(),
      subject: subjectOf(row),
      on:
        row.document_id === null
          ? null
          : {
              documentId: row.document_id,
              sectionId: row.section_id,
              title: mustGet(titles, row.section_id ?? row.document_id),
            },
      word: row.group_id === null ? row.word : mustGet(groupNames, row.group_id),
      renewal,
      why: renewal !== null ? null : mine === null ? whyNot(row, giver) : NOT_YET,
    }
  })
}

const readTitles = async ({ tx }: OperationContext, rows: readonly EndingRow[]): Promise<Map<Id, string>> => {
  const sectionIds = rows.flatMap(({ section_id }) => section_id ?? [])
  const documentIds = rows.flatMap(({ document_id }) => document_id ?? [])
  const found = [
    ...(await tx.orm
      .select({ id: sections.id, title: sections.title })
      .from(sections)
      .where(inArray(sections.id, sectionIds))),
    ...(await tx.orm
      .select({ id: documents.id, title: documents.title })
      .from(documents)
      .where(inArray(documents.id, documentIds))),
  ]
  return new Map(found.map(({ id, title }) => [id, title]))
}

const NOT_YET = 'Given only just now: renewed it would not end any later yet.'

/** What the actor can do about it; null where it is somebody else's. */
const renewalOf = (
  { actor }: OperationContext,
  entered: Authorized,
  row: EndingRow,
  object: Authorized | null,
  until: string,
): RenewalView | null => {
  if (row.kind === 'membership') {
    const may = askAlso(entered, { ask: 'members', orgId: row.giver_org_id }).allowed
    return may ? { by: 'membership', membershipId: row.row_id, until } : null
  }
  if (row.kind === 'group') {
    if (!actor.isAdministrator || row.group_id === null) return null
    return { by: 'group', groupId: row.group_id, personId: row.subject_id, until }
  }
  return object === null ? null : sharingRenewal(actor, row, object, until)
}

const whyNot = ({ kind }: EndingRow, { name }: AgencyView): string => {
  if (kind === 'membership') return `A lead of ${name} can renew it.`
  if (kind === 'group') return `An administrator of ${name} can renew it.`
  if (kind === 'participation') return `A lead of ${name} can offer a longer participation.`
  return `A steward of ${name} can renew it.`
}
