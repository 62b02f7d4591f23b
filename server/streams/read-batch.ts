import type { Json } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'
import { atLeast, type Level } from '@/lib/policy/vocabulary'
import type { StreamEvent } from '@/lib/streams/ocsf'
import { readClearValues } from '@/server/audit/clear-values'
import { type RecordScope, withinScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'
import type { Services } from '@/server/services'
import type { Stream, TreePlace } from '@/server/streams/stream-rows'

/** Indexes looked at for one message: an agency may see one in a hundred of them. */
const WINDOW = 5_000

export interface Batch {
  events: StreamEvent[]
  /** Everything before this index has been looked at. */
  next: number
}

/** The next events of a tree that this stream may carry, at most `config.batch`, in the tree's order. */
export const readBatch = async (services: Services, stream: Stream, place: TreePlace): Promise<Batch> => {
  const { db } = services
  const { config, orgId } = stream
  const scope = await scopeIn(db, place.tree, orgId)
  const until = Math.min(place.next + WINDOW, place.size)
  const { rows } = await db.query<{
    index: number
    id: Id
    leaf_hash: Buffer
    canonical: string
  }>(
    `select l.index, i.id, l.leaf_hash, i.canonical
     from audit_log l join audit_inbox i on i.id = l.event_id
     where l.tree = $1 and l.index >= $2 and l.index < $3 and ($4::uuid is null or ${withinScope('$4')})
     order by l.index limit $5`,
    [place.tree, place.next, until, scope.kind === 'whole' ? null : scope.orgId, config.batch],
  )
  const clear = await readClear(services, orgId, rows)
  const last = rows.at(-1)
  return {
    events: rows.map(({ index, id, leaf_hash, canonical }) => ({
      tree: place.tree,
      index,
      leafHash: leaf_hash.toString('hex'),
      canonical,
      clear: clear.get(id) ?? {},
    })),
    next: last !== undefined && rows.length === config.batch ? last.index + 1 : until,
  }
}

/** As for an agency's auditor: an audit office, which can have no text, sees the whole record of a workspace. */
const scopeIn = async (reader: Reader, tree: string, orgId: Id | null): Promise<RecordScope> => {
  if (orgId === null) return { kind: 'whole' }
  const { rows } = await reader.query<{ ceiling: Level }>(
    `select ceiling from participations where 'workspace:' || workspace_id = $1 and org_id = $2 and state = 'active'
       and ended_at is null and valid_from <= now() and (valid_until is null or valid_until > now())`,
    [tree, orgId],
  )
  const [part] = rows
  return part !== undefined && !atLeast(part.ceiling, 'read') ? { kind: 'whole' } : { kind: 'agency', orgId }
}

/** A personal value is somebody's: others get the commitment alone, and so does the operator. What is erased is gone here too. */
const readClear = async (
  { db, personKeys }: Services,
  orgId: Id | null,
  events: readonly { id: Id }[],
): Promise<Map<Id, Record<string, Json>>> => {
  if (orgId === null) return new Map()
  const ids = events.map(({ id }) => id)
  const values = await readClearValues(db, personKeys, ids, { kind: 'agency', orgId })
  return new Map(
    [...values].map(([id, fields]) => [
      id,
      Object.fromEntries(
        fields.flatMap((one) => (one.gone === null ? [[one.field, JSON.parse(one.value) as Json]] : [])),
      ),
    ]),
  )
}
