import { canonicalJson } from '@/lib/audit/canonical'
import { sealValue } from '@/lib/audit/sealed-value'
import { valueOwner } from '@/lib/audit/value-owner'
import type { Id } from '@/lib/ids'
import { type AcceptedEvent, treeOf } from '@/server/audit/inbox'
import type { PersonKeys } from '@/server/audit/personal/person-keys'
import type { Tx } from '@/server/db/client'

/** A personal value as it lies beside the record. */
export interface SealedValue {
  eventId: Id
  field: string
  keyId: Id
  sealed: Buffer
}

/** Seals the personal values of events that are about to be written. What an erased person would leave is not kept. */
export async function sealValues(
  tx: Tx,
  keys: PersonKeys,
  events: readonly AcceptedEvent[],
): Promise<SealedValue[]> {
  const values = events.flatMap((event) =>
    event.clear.map((clear) => ({ eventId: event.id, ...clear, owner: ownerOf(event, clear.field) })),
  )
  if (values.length === 0) return []
  const found = await keys.forOwners(
    tx,
    values.map(({ owner }) => owner),
  )
  return values.flatMap(({ eventId, field, salt, value, owner }) => {
    const key = found.get(owner)
    if (key === undefined) throw new Error(`no key of personal values was made for ${owner}`)
    if (key === null) return []
    const sealed = sealValue(key.key, { eventId, field, salt, value: canonicalJson(value) })
    return [{ eventId, field, keyId: key.id, sealed }]
  })
}

const ownerOf = ({ at, draft }: AcceptedEvent, field: string): string => {
  const kind = draft.details?.kind
  return valueOwner(
    {
      type: draft.type,
      at,
      tree: treeOf(draft.object.workspaceId),
      actorPersonId: draft.actor.personId,
      targetId: draft.object.targetId ?? null,
      kind: typeof kind === 'string' ? kind : null,
    },
    field,
  )
}
