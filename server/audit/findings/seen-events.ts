import type { SeenEvent } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'
import { readClearValues } from '@/server/audit/clear-values'
import type { Stretch } from '@/server/audit/counts/follow'
import { createNetworkHash } from '@/server/audit/findings/network'
import type { Reader } from '@/server/db/client'
import type { Services } from '@/server/services'

interface Row extends Omit<SeenEvent, 'at' | 'network'> {
  at: Date
}

/** Only of these the target is looked at: the rest of the record's text need not be read. */
const EVENTS = `
select e.id, e.at, e.type, e.outcome, e.actor_person_id as "personId", e.actor_org_id as "orgId",
  e.document_id as "documentId", e.section_id as "sectionId",
  case when e.type in ('membership.ended', 'participation.ended', 'participation.left')
    then e.canonical::json #>> '{object,target}' end as "targetId"
from audit_log l join audit_inbox e on e.id = l.event_id
where l.tree = $1 and l.index >= $2 and l.index < $3 order by l.index`

/** The events of a stretch as the detectors see them. Where they came from is hashed here and kept nowhere else. */
export const seenEvents = async (
  reader: Reader,
  { env, personKeys }: Pick<Services, 'env' | 'personKeys'>,
  { tree, from, until }: Stretch,
): Promise<SeenEvent[]> => {
  const { rows } = await reader.query<Row>(EVENTS, [tree, from, until])
  const hash = createNetworkHash(env.authSecret)
  const ids = rows.filter((row) => row.personId !== null && row.outcome === 'allowed').map(({ id }) => id)
  const values = await readClearValues(reader, personKeys, ids, { kind: 'whole' })
  const addressOf = (id: Id): string | null => {
    const found = values.get(id)?.find(({ field }) => field === 'address')
    if (found === undefined || found.gone !== null) return null
    const value: unknown = JSON.parse(found.value)
    return typeof value === 'string' ? value : null
  }
  return rows.map((row) => {
    const address = addressOf(row.id)
    const network = address === null || row.personId === null ? null : hash(row.personId, address)
    return { ...row, at: row.at.getTime(), network }
  })
}
