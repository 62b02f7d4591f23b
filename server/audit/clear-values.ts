import type { KeyObject } from 'node:crypto'
import { unsealValue } from '@/lib/audit/sealed-value'
import type { Id } from '@/lib/ids'
import type { PersonKeys } from '@/server/audit/personal/person-keys'
import type { Reader } from '@/server/db/client'

/** Whose personal values may be opened: everybody's for an audit office, else those of one organisation's own people. */
export type ClearScope = { kind: 'whole' } | { kind: 'agency'; orgId: Id }

/** A personal value of an event, opened; or that it is gone for ever, when, and why. */
export type ClearValue =
  | { field: string; salt: Buffer; value: string; gone: null }
  | { field: string; gone: { at: Date; because: 'erased' | 'retention' } }

interface Stored {
  event_id: Id
  field: string
  sealed: Buffer
  key_id: Id
  wrapped: Buffer | null
  destroyed_at: Date
  destroyed_because: 'erased' | 'retention'
}

const SELECT = `
select c.event_id, c.field, c.sealed, c.key_id, k.wrapped, k.destroyed_at, k.destroyed_because
from audit_clear_values c join audit_person_keys k on k.id = c.key_id
where c.event_id = any($1) and ($2::uuid is null or k.org_id = $2) order by c.event_id, c.field`

/**
 * The one way to personal values of the record: opens those that lie beside the given events and that the scope allows. Whoever
 * calls has authorized the look and puts it on record. `value` is RFC 8785 text, as it was committed to.
 */
export async function readClearValues(
  reader: Reader,
  keys: PersonKeys,
  eventIds: readonly Id[],
  scope: ClearScope,
): Promise<Map<Id, ClearValue[]>> {
  const values = new Map<Id, ClearValue[]>()
  if (eventIds.length === 0) return values
  const { rows } = await reader.query<Stored>(SELECT, [eventIds, scope.kind === 'whole' ? null : scope.orgId])
  const opened = new Map<Id, KeyObject>()
  const keyOf = (id: Id, wrapped: Buffer): KeyObject => {
    const key = opened.get(id) ?? keys.unwrap({ id, wrapped })
    opened.set(id, key)
    return key
  }
  for (const row of rows) {
    const { event_id: eventId, field, sealed, key_id, wrapped } = row
    const value: ClearValue =
      wrapped === null
        ? { field, gone: { at: row.destroyed_at, because: row.destroyed_because } }
        : { field, ...unsealValue(keyOf(key_id, wrapped), { eventId, field, sealed }), gone: null }
    values.set(eventId, [...(values.get(eventId) ?? []), value])
  }
  return values
}
