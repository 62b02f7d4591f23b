import { sealValue } from '@/lib/audit/sealed-value'
import { valueOwner } from '@/lib/audit/value-owner'
import type { Id } from '@/lib/ids'
import { treeOf } from '@/server/audit/inbox'
import type { PersonKeys } from '@/server/audit/personal/person-keys'
import type { Database, Tx } from '@/server/db/client'

interface PlainValue {
  event_id: Id
  field: string
  salt: Buffer
  value: string
  type: string
  at: Date
  actor_person_id: Id | null
  workspace_id: Id | null
  canonical: string
}

const BATCH = 1_000

const NEXT = `
select c.event_id, c.field, c.salt, c.value, i.type, i.at, i.actor_person_id, i.workspace_id, i.canonical
from audit_clear_values c join audit_inbox i on i.id = c.event_id
where c.sealed is null order by c.event_id, c.field limit ${BATCH} for update of c skip locked`

/**
 * Seals what versions before sealed values wrote in clear, batch by batch, each in a transaction of its own. What the database's
 * files and older backups still hold of it is said in docs/retention.md. @returns how many there were
 */
export async function sealPlainValues(db: Database, keys: PersonKeys): Promise<number> {
  let all = 0
  for (let n = BATCH; n === BATCH; all += n) n = await db.transaction((tx) => sealBatch(tx, keys))
  if (all > 0) await db.query('vacuum audit_clear_values')
  return all
}

async function sealBatch(tx: Tx, keys: PersonKeys): Promise<number> {
  const { rows } = await tx.query<PlainValue>(NEXT)
  const owned = rows.map((row) => ({ row, owner: ownerOf(row) }))
  const found = await keys.forOwners(
    tx,
    owned.map(({ owner }) => owner),
  )
  for (const { row, owner } of owned) {
    const { event_id: eventId, field } = row
    const key = found.get(owner)
    if (key)
      await tx.query(
        'update audit_clear_values set salt = null, value = null, key_id = $3, sealed = $4 where event_id = $1 and field = $2',
        [eventId, field, key.id, sealValue(key.key, { ...row, eventId, field })],
        'seal plain value',
      )
    else await tx.query('delete from audit_clear_values where event_id = $1 and field = $2', [eventId, field])
  }
  return rows.length
}

const ownerOf = ({ type, at, actor_person_id, workspace_id, canonical, field }: PlainValue): string => {
  const { object, details } = JSON.parse(canonical) as {
    object?: { target?: Id }
    details?: { kind?: unknown }
  }
  return valueOwner(
    {
      type,
      at,
      tree: treeOf(workspace_id),
      actorPersonId: actor_person_id,
      targetId: object?.target ?? null,
      kind: typeof details?.kind === 'string' ? details.kind : null,
    },
    field,
  )
}
