import type { Id } from '@/lib/ids'
import type { RecordChoicesView } from '@/lib/views/record'
import type { Reader } from '@/server/db/client'

/** Every value of one column in the record, by skipping from each to the next in its index: not by reading all rows. */
const seen = (column: 'actor_person_id' | 'actor_org_id') => `
with recursive seen as (
  (select ${column} as id from audit_inbox where scope_id = $1 and ${column} is not null order by ${column} limit 1)
  union all
  select (select ${column} from audit_inbox where scope_id = $1 and ${column} > seen.id order by ${column} limit 1)
  from seen where seen.id is not null
)`

/**
 * What the record of a workspace can be filtered by: everyone and everything that ever belonged to it, and whoever
 * stands in its record without having belonged to it.
 */
export async function recordChoices(
  reader: Reader,
  { workspaceId }: { workspaceId: Id },
): Promise<RecordChoicesView> {
  const people = await reader.query<RecordChoicesView['people'][number]>(
    `${seen('actor_person_id')} select p.id, p.name, o.short_code as "orgShortCode" from people p join organisations o on o.id = p.org_id
     where p.id in (select person_id from memberships where workspace_id = $1 union all select id from seen) order by p.name, p.id`,
    [workspaceId],
  )
  const orgs = await reader.query<RecordChoicesView['orgs'][number]>(
    `${seen('actor_org_id')} select id, name from organisations
     where id in (select org_id from participations where workspace_id = $1 union all select id from seen) order by name, id`,
    [workspaceId],
  )
  const documents = await reader.query<RecordChoicesView['documents'][number]>(
    'select id, title from documents where workspace_id = $1 order by title, id',
    [workspaceId],
  )
  const sections = await reader.query<RecordChoicesView['sections'][number]>(
    `select s.id, s.title, s.document_id as "documentId" from sections s join documents d on d.id = s.document_id
     where d.workspace_id = $1 order by d.title, s.position, s.id`,
    [workspaceId],
  )
  return { people: people.rows, orgs: orgs.rows, documents: documents.rows, sections: sections.rows }
}
