import type { EventType, Outcome } from '@/lib/audit/catalogue'
import type { Json } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'
import type { RecordPageView, RecordRowView } from '@/lib/views/record'
import { type Named, readNames } from '@/server/audit/names'
import { cursorOf, type RecordQuery, recordSelect } from '@/server/audit/record-query'
import type { RecordScope } from '@/server/audit/scope'
import { sentenceOf } from '@/server/audit/sentence'
import type { Reader } from '@/server/db/client'

export interface StoredEvent {
  id: Id
  at: Date
  type: EventType
  outcome: Outcome
  rule: string | null
  actor_person_id: Id | null
  workspace_id: Id | null
  document_id: Id | null
  section_id: Id | null
  canonical: string
}

/** The members of a canonical record that a row shows. */
export interface RecordMembers {
  object?: { target?: Id }
  details?: Record<string, Json>
  after?: Json
  volume?: Record<string, number>
}

/**
 * One page of a record, newest first. Whoever calls has authorized the `record` ask and puts the look itself on record.
 * @throws DomainError `invalid` for a cursor that is none.
 */
export async function readRecord(reader: Reader, query: RecordQuery): Promise<RecordPageView> {
  const { text, values, limit } = recordSelect(query)
  const { rows } = await reader.query<StoredEvent>(text, values)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: await rowViews(reader, shown, query.scope),
    next: rows.length > limit && last ? cursorOf(last) : null,
  }
}

/** Stored events as rows of the desk, in the same order. */
export async function rowViews(
  reader: Reader,
  stored: readonly StoredEvent[],
  scope: RecordScope,
): Promise<RecordRowView[]> {
  const events = stored.map((event) => ({ ...event, members: membersOf(event.canonical) }))
  const names = await readNames(
    reader,
    events.flatMap((e) => [
      e.actor_person_id,
      e.workspace_id,
      e.document_id,
      e.section_id,
      e.members.object?.target ?? null,
    ]),
    scope,
  )
  return events.map((event) => rowOf(event, names))
}

/** A text among the details of an event, or of what was made by it. */
const said = ({ details, after }: RecordMembers, key: string): string | null => {
  const made = typeof after === 'object' && after !== null && !Array.isArray(after) ? after : {}
  const value = details?.[key] ?? (made as Record<string, Json>)[key]
  return typeof value === 'string' ? value : null
}

const membersOf = (canonical: string): RecordMembers => JSON.parse(canonical) as RecordMembers

function rowOf(event: StoredEvent & { members: RecordMembers }, names: Map<Id, Named>): RecordRowView {
  const nameOf = (id: Id | null | undefined) => (id ? (names.get(id)?.name ?? null) : null)
  const actor = event.actor_person_id === null ? null : names.get(event.actor_person_id)
  return {
    id: event.id,
    at: event.at.toISOString(),
    type: event.type,
    outcome: event.outcome,
    rule: event.rule,
    actor:
      event.actor_person_id === null
        ? null
        : {
            id: event.actor_person_id,
            name: actor?.name ?? 'Unknown',
            orgShortCode: actor?.orgShortCode ?? '?',
            orgColour: actor?.orgColour ?? 0,
          },
    sentence: sentenceOf({
      type: event.type,
      outcome: event.outcome,
      // Templates that say "section" are written for documents as well.
      section: quoted(nameOf(event.section_id === null ? event.document_id : event.section_id)),
      document: quoted(nameOf(event.document_id)),
      workspace: nameOf(event.workspace_id),
      target: nameOf(event.members.object?.target),
      role: said(event.members, 'role'),
      volume: event.members.volume ?? {},
      until: said(event.members, 'until'),
      level: said(event.members, 'ceiling') ?? said(event.members, 'level'),
      question: said(event.members, 'question'),
    }),
    object: {
      workspaceId: event.workspace_id,
      documentId: event.document_id,
      sectionId: event.section_id,
      title: nameOf(event.section_id) ?? nameOf(event.document_id) ?? nameOf(event.workspace_id),
    },
    canonical: JSON.stringify(event.members, null, 2),
  }
}

/** Titles begin like sentences: without marks nobody sees where one begins. */
const quoted = (title: string | null): string | null => (title === null ? null : `“${title}”`)
