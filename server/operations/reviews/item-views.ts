import { inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { ReviewItemView, ReviewProgress } from '@/lib/views/asks/review'
import { groups } from '@/server/db/schema/identity'
import { type Answering, answering } from '@/server/operations/reviews/answering'
import { type ItemRow, isLive } from '@/server/operations/reviews/item-rows'
import { assertRunning, type ReviewRow } from '@/server/operations/reviews/review-standing'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies, readPeople } from '@/server/operations/shaping/agencies'
import { type Authorized, askAlso } from '@/server/policy/authorize'

/** The items as this reader may know them; what is on things that are hidden from them is counted only. */
export const itemViews = async (
  context: OperationContext,
  review: ReviewRow,
  entered: Authorized,
  rows: readonly ItemRow[],
): Promise<{ items: ReviewItemView[]; unseen: number }> => {
  const { tx } = context
  const asked = await answering(context, entered, rows)
  const shown = rows.filter((row) => mayKnow(asked, row))
  const people = await readPeople(
    tx,
    shown.flatMap(({ subject_kind, subject_id, decided_by }) => [
      ...(subject_kind === 'person' ? [subject_id] : []),
      ...(decided_by === null ? [] : [decided_by]),
    ]),
  )
  const agencies = await readAgencies(
    tx,
    shown.flatMap(({ org_id, subject_org_id }) => [org_id, subject_org_id]),
  )
  const groupNames = await readGroupNames(context, shown)
  const isOver = over(review, context.at)
  const items = shown.map((row): ReviewItemView => {
    const { decision, decided_by, decided_at, valid_until } = row
    const open = !isOver && decision !== 'ended' && decision !== 'gone' && isLive(row, context.at)
    const why = open ? asked.whyNot(row) : null
    const subject = (): ReviewItemView['subject'] => {
      const agency = mustGet(agencies, row.subject_org_id)
      if (row.subject_kind === 'person') return { kind: 'person', person: mustGet(people, row.subject_id) }
      if (row.subject_kind === 'org') return { kind: 'org', agency }
      return { kind: 'group', name: mustGet(groupNames, row.subject_id), agency }
    }
    return {
      id: row.id,
      kind: row.kind,
      agency: mustGet(agencies, row.org_id),
      subject: subject(),
      word: row.word,
      on:
        row.document_id === null || row.title === null
          ? null
          : { documentId: row.document_id, sectionId: row.section_id, title: row.title },
      since: row.valid_from.toISOString(),
      until: valid_until?.toISOString() ?? null,
      decision,
      decidedBy: decided_by === null ? null : mustGet(people, decided_by),
      decidedAt: decided_at?.toISOString() ?? null,
      note: row.note,
      own: row.kind === 'membership' && decided_by === row.subject_id,
      can: { answer: open && why === null, why },
    }
  })
  return { items, unseen: rows.length - shown.length }
}

const over = (review: ReviewRow, at: Date): boolean => {
  try {
    assertRunning(review, at)
    return false
  } catch {
    return true
  }
}

const mayKnow = (asked: Answering, row: ItemRow): boolean => {
  if (row.kind === 'membership' || row.document_id === null) return true
  const object = asked.objectOf(row)
  return object !== null && askAlso(object, { ask: 'level', needs: 'discover' }).allowed
}

const readGroupNames = async (
  { tx }: OperationContext,
  rows: readonly ItemRow[],
): Promise<Map<Id, string>> => {
  const ids = rows.filter(({ subject_kind }) => subject_kind === 'group').map(({ subject_id }) => subject_id)
  const found = await tx.orm.select().from(groups).where(inArray(groups.id, ids))
  return new Map(found.map(({ id, name }) => [id, name]))
}

const COUNTED = ['confirmed', 'ended', 'lapsed', 'kept', 'gone'] as const

/** How far each agency is: of everything, also of what this reader may not know of. */
export const progressOf = async (
  { tx }: OperationContext,
  rows: readonly Pick<ItemRow, 'org_id' | 'decision'>[],
): Promise<ReviewProgress[]> => {
  const agencies = await readAgencies(
    tx,
    rows.map(({ org_id }) => org_id),
  )
  return [...agencies.values()]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((agency) => {
      const own = rows.filter(({ org_id }) => org_id === agency.id)
      const count = (decision: ItemRow['decision']) => own.filter((row) => row.decision === decision).length
      const counts = Object.fromEntries(COUNTED.map((decision) => [decision, count(decision)]))
      return {
        agency,
        all: own.length,
        open: count(null),
        ...(counts as Record<(typeof COUNTED)[number], number>),
      }
    })
}
