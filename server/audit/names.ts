import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

export interface Named {
  kind: 'person' | 'org' | 'workspace' | 'document' | 'section'
  name: string
  /** Of people: their organisation. */
  orgShortCode: string | null
  orgColour: number | null
}

const NAMES = `
select p.id, 'person' as kind, p.name, o.short_code as "orgShortCode", o.colour as "orgColour"
  from people p join organisations o on o.id = p.org_id where p.id = any($1)
union all
select m.id, 'person', p.name, o.short_code, o.colour
  from memberships m join people p on p.id = m.person_id join organisations o on o.id = p.org_id where m.id = any($1)
union all
select id, 'org', name, short_code, colour from organisations where id = any($1)
union all
select pa.id, 'org', o.name, o.short_code, o.colour
  from participations pa join organisations o on o.id = pa.org_id where pa.id = any($1)
union all
select id, 'workspace', title, null, null from workspaces where id = any($1)
union all
select id, 'document', title, null, null from documents where id = any($1)
union all
select id, 'section', title, null, null from sections where id = any($1)`

/** What ids are called today: names are not in the record. A membership or participation is called by whom it is of. */
export async function readNames(reader: Reader, ids: Iterable<Id | null>): Promise<Map<Id, Named>> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const { rows } = await reader.query<Named & { id: Id }>(NAMES, [wanted])
  return new Map(rows.map(({ id, ...named }) => [id, named]))
}
