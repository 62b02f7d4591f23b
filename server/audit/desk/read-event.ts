import type { Json } from '@/lib/audit/event'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Level, Rule } from '@/lib/policy/vocabulary'
import type { RecordRowView } from '@/lib/views/record'
import { treeOf } from '@/server/audit/inbox'
import { type RecordMembers, rowViews, type StoredEvent } from '@/server/audit/read'
import { type RecordScope, withinScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'

const COLUMNS =
  'id, at, type, outcome, rule, actor_person_id, workspace_id, document_id, section_id, canonical'
const MOST_TOGETHER = 50

/** The members of a canonical record that its own page shows. */
export interface EventMembers extends RecordMembers {
  actor?: { org?: Id; session?: Id }
  decision?: { rule: Rule; level: Level; rows: Id[] }
  before?: Json
  correlation?: string
}

export interface FoundEvent {
  stored: StoredEvent
  members: EventMembers
  row: RecordRowView
}

interface Asked {
  workspaceId: Id
  scope: RecordScope
  eventId: Id
}

/** @throws DomainError `missing` alike for an event that is not there and for one outside the scope */
export async function readEvent(reader: Reader, { workspaceId, scope, eventId }: Asked): Promise<FoundEvent> {
  const { rows } = await reader.query<StoredEvent>(
    `select ${COLUMNS} from audit_inbox where id = $1 and scope_id = $2 and ($3::uuid is null or ${withinScope('$3')})`,
    [eventId, workspaceId, scope.kind === 'whole' ? null : scope.orgId],
  )
  const [stored] = rows
  if (stored === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  const [row] = await rowViews(reader, [stored], scope)
  return { stored, members: JSON.parse(stored.canonical) as EventMembers, row: row as RecordRowView }
}

/**
 * Other events of the same request, connection or burst, newest first. They have the same actor: looked for among what
 * that person did within half a day, so that no index of correlations is needed.
 */
export async function readTogether(
  reader: Reader,
  { stored, members }: FoundEvent,
  { workspaceId, scope }: Asked,
): Promise<RecordRowView[]> {
  if (members.correlation === undefined) return []
  const { rows } = await reader.query<StoredEvent>(
    `select ${COLUMNS} from audit_inbox
     where scope_id = $1 and actor_person_id is not distinct from $2 and id <> $3
       and at between $4::timestamptz - $5::interval and $4::timestamptz + $5::interval
       and canonical::json ->> 'correlation' = $6 and ($7::uuid is null or ${withinScope('$7')})
     order by at desc, id desc limit ${MOST_TOGETHER}`,
    [
      workspaceId,
      stored.actor_person_id,
      stored.id,
      stored.at.toISOString(),
      stored.actor_person_id === null ? '1 minute' : '12 hours',
      members.correlation,
      scope.kind === 'whole' ? null : scope.orgId,
    ],
  )
  return rowViews(reader, rows, scope)
}

/** Where it stands in its tree; null until it is sequenced. Entries count from 1 for people. */
export async function readPlace(
  reader: Reader,
  { workspaceId, eventId }: Pick<Asked, 'workspaceId' | 'eventId'>,
): Promise<{ tree: string; entry: number; size: number } | null> {
  const { rows } = await reader.query<{ tree: string; entry: number; size: number }>(
    `select l.tree, (l.index + 1)::float8 as entry, h.size::float8 as size
     from audit_log l join audit_heads h on h.tree = l.tree where l.event_id = $1 and l.tree = $2`,
    [eventId, treeOf(workspaceId)],
  )
  return rows[0] ?? null
}
