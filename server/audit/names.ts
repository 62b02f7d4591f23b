import type { Id } from '@/lib/ids'
import type { RecordScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'
import { knownToOrg } from '@/server/policy/known-to-org'

export interface Named {
  kind: 'person' | 'org' | 'workspace' | 'document' | 'section'
  name: string
  /** Of people: their organisation. */
  orgShortCode: string | null
  orgColour: number | null
  /** Who owns the document, or originated the section. */
  ofOrg: Id | null
  /** Of documents and sections. */
  workspaceId: Id | null
}

const NAMES = `
select p.id, 'person' as kind, p.name, o.short_code as "orgShortCode", o.colour as "orgColour",
    null::uuid as "ofOrg", null::uuid as "workspaceId"
  from people p join organisations o on o.id = p.org_id where p.id = any($1)
union all
select m.id, 'person', p.name, o.short_code, o.colour, null, null
  from memberships m join people p on p.id = m.person_id join organisations o on o.id = p.org_id where m.id = any($1)
union all
select id, 'org', name, short_code, colour, null, null from organisations where id = any($1)
union all
select pa.id, 'org', o.name, o.short_code, o.colour, null, null
  from participations pa join organisations o on o.id = pa.org_id where pa.id = any($1)
union all
select id, 'workspace', title, null, null, null, null from workspaces where id = any($1)
union all
select id, 'document', title, null, null, owner_org_id, workspace_id from documents where id = any($1)
union all
select s.id, 'section', s.title, null, null, s.originator_org_id, d.workspace_id
  from sections s join documents d on d.id = s.document_id where s.id = any($1)`

/**
 * What ids are called today: names are not in the record. A membership or participation is called by whom it is of. For an
 * agency's auditor, documents and sections have no title of which nobody in the agency may know.
 */
export async function readNames(
  reader: Reader,
  ids: Iterable<Id | null>,
  scope: RecordScope,
): Promise<Map<Id, Named>> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const { rows } = await reader.query<Named & { id: Id }>(NAMES, [wanted])
  const names = new Map(rows.map(({ id, ...named }) => [id, named]))
  if (scope.kind === 'agency') await leaveOutUnknown(reader, names, scope.orgId)
  return names
}

async function leaveOutUnknown(reader: Reader, names: Map<Id, Named>, orgId: Id): Promise<void> {
  const foreign = [...names].filter(([, { workspaceId, ofOrg }]) => workspaceId !== null && ofOrg !== orgId)
  const idsOf = (kind: Named['kind'], workspaceId: Id) =>
    foreign.filter(([, n]) => n.kind === kind && n.workspaceId === workspaceId).map(([id]) => id)
  for (const workspaceId of new Set(foreign.map(([, n]) => n.workspaceId as Id))) {
    const [documentIds, sectionIds] = [idsOf('document', workspaceId), idsOf('section', workspaceId)]
    const known = await knownToOrg(reader, { workspaceId, orgId, documentIds, sectionIds })
    for (const id of [...documentIds, ...sectionIds]) if (!known.has(id)) names.delete(id)
  }
}
