import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import type { Id } from '@/lib/ids'
import { readNames } from '@/server/audit/names'
import { sentenceOf } from '@/server/audit/sentence'
import type { Tx } from '@/server/db/client'
import type { LoadedObject } from '@/server/policy/assemble-facts'

export interface CauseOfChange {
  at: number
  /** Null: no event, but a date that passed. */
  eventId: Id | null
  /** Whom or what the event is about, besides the object. */
  target: Id | null
}

/** Events after which somebody may see more or less. What only looks, asks or announces is not among them. */
const CHANGES =
  /^(participation|membership|boundary|grant|deny|group|source|break_glass|terms|sharing|offer|review)\./
const STATES =
  /^(section|document)\.(created|frozen|unfrozen|marked|removed|restored|archived|moved|split|merged|copied|transferred)$|^(person|organisation|workspace)\.(suspended|reinstated|archived|restored)$/
const LOOKS = /\.(viewed|listed|previewed|requested|reminded|drafted|searched|refused)$/
const TYPES = (Object.keys(EVENTS) as EventType[]).filter(
  (type) => (CHANGES.test(type) || STATES.test(type)) && !LOOKS.test(type),
)

/** In the order of time: what may have changed who sees the object, in (from, until]. */
export const causesBetween = async (
  tx: Tx,
  { workspaceId, documentId, sectionId }: LoadedObject,
  from: number,
  until: number,
): Promise<CauseOfChange[]> => {
  const { rows } = await tx.query<{ id: Id | null; at: number; target: Id | null }>(
    `select id, floor(extract(epoch from at) * 1000)::float8 as at,
       canonical::json #>> '{object,target}' as target from audit_inbox
     where outcome = 'allowed' and type = any($4)
       and at > to_timestamp($5::float8 / 1000) and at <= to_timestamp($6::float8 / 1000)
       and (scope_id = '00000000-0000-0000-0000-000000000000' or (scope_id = $1
         and (document_id is null or document_id = $2) and (section_id is null or section_id = $3)))
     union all
     select null, floor(extract(epoch from ends) * 1000)::float8, null from (
       select valid_until as ends from memberships where workspace_id = $1
       union select valid_until from participations where workspace_id = $1
       union select valid_until from grants where workspace_id = $1 or document_id = $2 or section_id = $3
       union select valid_until from denies where workspace_id = $1 or document_id = $2 or section_id = $3
       union select c.valid_until from boundary_clauses c join boundaries b on b.id = c.boundary_id
         where b.document_id = $2 or b.section_id = $3
       union select valid_until from break_glass where section_id = $3
       union select g.valid_until from group_members g
         join memberships m on m.person_id = g.person_id where m.workspace_id = $1) as dates
     where ends > to_timestamp($5::float8 / 1000) and ends <= to_timestamp($6::float8 / 1000)
     order by 2, 1`,
    [workspaceId, documentId, sectionId, TYPES, from, until],
    'causes of changes',
  )
  return rows.map(({ id, at, target }) => ({ at, eventId: id, target }))
}

/** What the causes say. @param mayName whether the asker may know a person who is named */
export const causeViews = async (
  tx: Tx,
  causes: readonly CauseOfChange[],
  mayName: (personId: Id) => boolean,
): Promise<Map<Id, { id: Id; words: string; by: string | null }>> => {
  const ids = causes.flatMap(({ eventId }) => eventId ?? [])
  if (ids.length === 0) return new Map()
  const { rows } = await tx.query<{
    id: Id
    type: EventType
    actor: Id | null
    section_id: Id | null
    document_id: Id | null
    workspace_id: Id | null
    canonical: string
  }>(
    `select id, type, actor_person_id as actor, section_id, document_id, workspace_id, canonical
     from audit_inbox where id = any($1)`,
    [ids],
  )
  const events = rows.map((row) => {
    const says = JSON.parse(row.canonical) as {
      object?: { target?: Id }
      details?: { role?: unknown }
      volume?: Record<string, number>
    }
    return { ...row, says, target: says.object?.target ?? null }
  })
  const names = await readNames(
    tx,
    events.flatMap((event) => [event.actor, event.target, event.workspace_id]),
    { kind: 'whole' },
  )
  const nameOf = (id: Id | null) => {
    const found = id === null ? undefined : names.get(id)
    return found === undefined || (found.kind === 'person' && !mayName(id as Id)) ? null : found.name
  }
  return new Map(
    events.map(({ id, type, actor, target, workspace_id, says }) => [
      id,
      {
        id,
        words: sentenceOf({
          type,
          outcome: 'allowed',
          section: 'this section',
          document: 'this document',
          workspace: nameOf(workspace_id),
          target: nameOf(target),
          role: typeof says.details?.role === 'string' ? says.details.role : null,
          volume: says.volume ?? {},
        }),
        by: nameOf(actor),
      },
    ]),
  )
}
