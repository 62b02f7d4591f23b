import type { Id } from '@/lib/ids'
import type { RecordChoicesView } from '@/lib/views/record'
import type { RecordScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'

/** Every value of one column in the record, by skipping from each to the next in its index: not by reading all rows. */
const seen = (column: 'actor_person_id' | 'actor_org_id') => `
with recursive seen as (
  (select ${column} as id from audit_inbox where scope_id = $1 and ${column} is not null order by ${column} limit 1)
  union all
  select (select ${column} from audit_inbox where scope_id = $1 and ${column} > seen.id order by ${column} limit 1)
  from seen where seen.id is not null
)`

const NOBODY_ELSE = 'with seen as (select null::uuid as id where false)'

/**
 * What the record of a workspace can be filtered by: everyone and everything that ever belonged to it, and whoever
 * stands in its record without having belonged to it. An agency's auditor is given the workspace's people and agencies,
 * and of documents and sections its own.
 */
export async function recordChoices(
  reader: Reader,
  { workspaceId, scope }: { workspaceId: Id; scope: RecordScope },
): Promise<RecordChoicesView> {
  const whole = scope.kind === 'whole'
  const ofOrg = whole ? null : scope.orgId
  const people = await reader.query<RecordChoicesView['people'][number]>(
    `${whole ? seen('actor_person_id') : NOBODY_ELSE} select p.id, p.name, o.short_code as "orgShortCode" from people p join organisations o on o.id = p.org_id
     where p.id in (select person_id from memberships where workspace_id = $1 union all select id from seen) order by p.name, p.id`,
    [workspaceId],
  )
  const orgs = await reader.query<RecordChoicesView['orgs'][number]>(
    `${whole ? seen('actor_org_id') : NOBODY_ELSE} select id, name from organisations
     where id in (select org_id from participations where workspace_id = $1 union all select id from seen) order by name, id`,
    [workspaceId],
  )
  const documents = await reader.query<RecordChoicesView['documents'][number]>(
    `select id, title from documents d where workspace_id = $1 and ($2::uuid is null or owner_org_id = $2
       or exists (select 1 from sections s where s.document_id = d.id and s.originator_org_id = $2)) order by title, id`,
    [workspaceId, ofOrg],
  )
  const sections = await reader.query<RecordChoicesView['sections'][number]>(
    `select s.id, s.title, s.document_id as "documentId" from sections s join documents d on d.id = s.document_id
     where d.workspace_id = $1 and ($2::uuid is null or s.originator_org_id = $2) order by d.title, s.position, s.id`,
    [workspaceId, ofOrg],
  )
  return { people: people.rows, orgs: orgs.rows, documents: documents.rows, sections: sections.rows }
}
