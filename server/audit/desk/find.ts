import type { Id } from '@/lib/ids'
import type { FoundView } from '@/lib/views/desk'
import { readNames } from '@/server/audit/names'
import type { RecordScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'

const MOST_FOUND = 20
/** Before what an agency may not know of is left out. */
const MOST_LOOKED_AT = 60

const FOUND = `
(select 'person' as kind, p.id, p.name, o.short_code as of from people p join organisations o on o.id = p.org_id
  where p.name ilike $2 and p.id in (select person_id from memberships where workspace_id = $1) order by p.name limit ${MOST_FOUND})
union all
(select 'org', o.id, o.name, o.short_code from organisations o
  where (o.name ilike $2 or o.short_code ilike $2)
    and o.id in (select org_id from participations where workspace_id = $1) order by o.name limit ${MOST_FOUND})
union all
(select 'document', d.id, d.title, null from documents d where d.workspace_id = $1 and d.title ilike $2
  order by d.title limit ${MOST_LOOKED_AT})
union all
(select 'section', s.id, s.title, s.document_id::text from sections s join documents d on d.id = s.document_id
  where d.workspace_id = $1 and s.title ilike $2 order by s.title limit ${MOST_LOOKED_AT})`

/**
 * What a filter can name, by a part of its name: people, agencies, documents and sections of the workspace; for an agency's
 * auditor only what somebody of the agency may know of.
 * @param text at least two characters
 */
export async function findNamed(
  reader: Reader,
  { workspaceId, scope, text }: { workspaceId: Id; scope: RecordScope; text: string },
): Promise<FoundView[]> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const { rows } = await reader.query<FoundView>(FOUND, [workspaceId, pattern])
  const isTitled = ({ kind }: FoundView) => kind === 'document' || kind === 'section'
  const documents = rows.flatMap(({ kind, of }) => (kind === 'section' && of !== null ? [of] : []))
  const names = await readNames(reader, [...rows.filter(isTitled).map(({ id }) => id), ...documents], scope)
  return rows
    .filter((found) => !isTitled(found) || names.has(found.id))
    .slice(0, MOST_FOUND)
    .map((found) =>
      found.kind === 'section' ? { ...found, of: names.get(found.of ?? '')?.name ?? null } : found,
    )
}
