import type { Id } from '@/lib/ids'
import type { Facts } from '@/lib/policy/facts'
import type { RowView } from '@/lib/views/access'
import { rowSentence } from '@/server/operations/explain/row-words'
import type { OperationContext } from '@/server/operations/run-operation'
import { readPeople } from '@/server/operations/shaping/agencies'

interface StoredRow {
  kind: string
  id: Id
  subject_kind: 'org' | 'group' | 'person' | null
  subject_id: Id | null
  subject_name: string | null
  word: string | null
  on_kind: 'workspace' | 'document' | 'section' | null
  granted_by: Id | null
  valid_from: Date
  valid_until: Date | null
}

const UNTIL = 'least(valid_until, ended_at)'
const ON = `case when document_id is not null then 'document' when section_id is not null then 'section' else 'workspace' end`
const NAME = (kind: string, id: string) => `case ${kind}
  when 'person' then (select name from people where id = ${id}) when 'org' then (select name from organisations where id = ${id})
  else (select name from groups where id = ${id}) end`

const ROWS = `
select 'participation' as kind, id, 'org' as subject_kind, org_id as subject_id, ${NAME("'org'", 'org_id')} as subject_name,
  ceiling as word, 'workspace' as on_kind, granted_by, valid_from, ${UNTIL} as valid_until
from participations where id = any($1)
union all
select 'membership', id, 'person', person_id, ${NAME("'person'", 'person_id')}, role, 'workspace', granted_by, valid_from, ${UNTIL}
from memberships where id = any($1)
union all
select 'boundary', id, null, null, null, null, case when document_id is null then 'section' else 'document' end, granted_by,
  valid_from, ${UNTIL}
from boundaries where id = any($1)
union all
select 'clause', c.id, c.subject_kind, c.subject_id, ${NAME('c.subject_kind', 'c.subject_id')}, c.max_level,
  case when b.document_id is null then 'section' else 'document' end, b.granted_by, c.valid_from,
  least(c.valid_until, b.valid_until, b.ended_at)
from boundary_clauses c join boundaries b on b.id = c.boundary_id where c.id = any($1)
union all
select 'grant', id, subject_kind, subject_id, ${NAME('subject_kind', 'subject_id')}, level, ${ON}, granted_by, valid_from, ${UNTIL}
from grants where id = any($1)
union all
select 'deny', id, subject_kind, subject_id, ${NAME('subject_kind', 'subject_id')}, null, ${ON}, granted_by, valid_from, ${UNTIL}
from denies where id = any($1)
union all
select 'break_glass', id, 'person', person_id, ${NAME("'person'", 'person_id')}, null, 'section', granted_by, valid_from, ${UNTIL}
from break_glass where id = any($1)
union all
select 'source', id, null, null, null, null, 'section', granted_by, valid_from, ${UNTIL}
from section_sources where id = any($1)`

/**
 * The rows that a trace rests on, in words. All name only the person who is asked about, their agency and its groups;
 * who granted them is named where `mayName` says so, else only the agency.
 */
export const readRows = async (
  { tx }: Pick<OperationContext, 'tx'>,
  ids: readonly Id[],
  facts: Facts | null,
  mayName: (personId: Id, orgId: Id) => boolean,
): Promise<Map<Id, RowView>> => {
  const { rows } = await tx.query<StoredRow>(ROWS, [ids], 'rows of a trace')
  const granters = await readPeople(
    tx,
    rows.flatMap(({ granted_by }) => granted_by ?? []),
  )
  const views = new Map<Id, RowView>(
    rows.map((row) => {
      const granter = row.granted_by === null ? undefined : granters.get(row.granted_by)
      const by = granter && {
        name: mayName(granter.id, granter.org.id) ? granter.name : null,
        agency: granter.org,
      }
      return [
        row.id,
        {
          id: row.id,
          words: rowSentence(row),
          by: by ?? null,
          from: row.valid_from.toISOString(),
          until: row.valid_until?.toISOString() ?? null,
        },
      ]
    }),
  )
  for (const [id, words] of facts === null ? [] : statesOf(facts)) {
    if (!views.has(id)) views.set(id, { id, words, by: null, from: null, until: null })
  }
  return views
}

/** R8 rests on the object itself. */
const statesOf = ({ workspace, document, section }: Facts): [Id, string][] => [
  [workspace.id, 'The workspace is archived'],
  ...(document === null ? [] : [[document.id, 'The document is archived'] as [Id, string]]),
  ...(section === null ? [] : [[section.id, 'The section is frozen'] as [Id, string]]),
]
