import type { EventType, Outcome } from '@/lib/audit/catalogue'
import type { Id } from '@/lib/ids'
import type { RecordPageView, RecordRowView } from '@/lib/views/record'
import { type Named, readNames } from '@/server/audit/names'
import { cursorOf, type RecordQuery, recordSelect } from '@/server/audit/record-query'
import { sentenceOf } from '@/server/audit/sentence'
import type { Reader } from '@/server/db/client'

interface StoredEvent {
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
interface RecordMembers {
  object?: { target?: Id }
  details?: { role?: unknown }
  volume?: Record<string, number>
}

/**
 * One page of a record, newest first. Whoever calls has authorized the `record` ask and puts the look itself on record.
 * @throws DomainError `invalid` for a cursor that is none.
 */
export async function readRecord(reader: Reader, query: RecordQuery): Promise<RecordPageView> {
  const { text, values, limit } = recordSelect(query)
  const { rows } = await reader.query<StoredEvent>(text, values)
  const events = rows.slice(0, limit).map((event) => ({ ...event, members: membersOf(event.canonical) }))
  const names = await readNames(
    reader,
    events.flatMap((e) => [
      e.actor_person_id,
      e.workspace_id,
      e.document_id,
      e.section_id,
      e.members.object?.target ?? null,
    ]),
  )
  const last = events.at(-1)
  return {
    rows: events.map((event) => rowOf(event, names)),
    next: rows.length > limit && last ? cursorOf(last) : null,
  }
}

const membersOf = (canonical: string): RecordMembers => JSON.parse(canonical) as RecordMembers

function rowOf(event: StoredEvent & { members: RecordMembers }, names: Map<Id, Named>): RecordRowView {
  const nameOf = (id: Id | null | undefined) => (id ? (names.get(id)?.name ?? null) : null)
  const actor = event.actor_person_id === null ? null : names.get(event.actor_person_id)
  const role = event.members.details?.role
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
      section: nameOf(event.section_id),
      document: nameOf(event.document_id),
      workspace: nameOf(event.workspace_id),
      target: nameOf(event.members.object?.target),
      role: typeof role === 'string' ? role : null,
      volume: event.members.volume ?? {},
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
