import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'
import { tidyEmbedded } from '@/server/db/tidy-embedded'

export interface LoadedRecord {
  workspaceId: string
  person: string
  /** Has 20 events among all. */
  rarePerson: string
  org: string
  document: string
  section: string
  rareSection: string
}

const PEOPLE = 200
const ORGS = 10
const DOCUMENTS = 40
const SECTIONS = 400
const CHUNK = 50_000

/** Loading is not what is measured: a busy machine may take longer than a request may. */
const unlimited = (db: Database, text: string, values?: unknown[]) =>
  db.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0')
    await tx.query(text, values)
  })

/**
 * Fills the inbox with `rows` events over two years: nine in ten in one workspace, 2 % denied, 200 people of 10 agencies, 40
 * documents, 400 sections, types as unevenly spread as in use. Loaded by SQL: not chained, so not verifiable.
 */
export async function loadRecord(db: Database, rows: number): Promise<LoadedRecord> {
  const ids = (n: number) => Array.from({ length: n }, newId)
  const [orgs, people, documents, sections] = [ids(ORGS), ids(PEOPLE), ids(DOCUMENTS), ids(SECTIONS)]
  const [workspaceId, otherWorkspace] = [newId(), newId()]
  await db.query(
    `insert into organisations (id, name, short_code, colour)
     select id, 'Agency ' || n, 'A' || n, n from unnest($1::uuid[]) with ordinality as t (id, n)`,
    [orgs],
  )
  await db.query(
    `insert into people (id, org_id, email, name) select id, ($2::uuid[])[1 + n % ${ORGS}], n || '@agency.example', 'Person ' || n
     from unnest($1::uuid[]) with ordinality as t (id, n)`,
    [people, orgs],
  )
  for (const id of [workspaceId, otherWorkspace]) {
    await db.query('insert into workspaces (id, title, host_org_id) values ($1, $2, $3)', [
      id,
      'Flood response',
      orgs[0],
    ])
  }
  await db.query(
    `insert into memberships (id, workspace_id, person_id, role) select gen_random_uuid(), $1, id, 'editor' from people`,
    [workspaceId],
  )
  await db.query(
    `insert into documents (id, workspace_id, owner_org_id, title, position, label)
     select id, $2, $3, 'Plan ' || n, 'a' || n, 'TLP:GREEN' from unnest($1::uuid[]) with ordinality as t (id, n)`,
    [documents, workspaceId, orgs[0]],
  )
  await db.query(
    `insert into sections (id, document_id, originator_org_id, title, position, label)
     select id, ($2::uuid[])[1 + n % ${DOCUMENTS}], $3, 'Section ' || n, 'a' || n, 'TLP:GREEN'
     from unnest($1::uuid[]) with ordinality as t (id, n)`,
    [sections, documents, orgs[0]],
  )
  for (let from = 1; from <= rows; from += CHUNK) {
    const values = [
      from,
      Math.min(rows, from + CHUNK - 1),
      rows,
      people,
      orgs,
      documents,
      sections,
      workspaceId,
      otherWorkspace,
    ]
    await unlimited(db, FILL, values)
  }
  await (db.kind === 'postgresql' ? unlimited(db, 'analyze audit_inbox') : tidyEmbedded(db))
  const at = (list: string[], index: number) => list[index] ?? ''
  return {
    workspaceId,
    person: at(people, 10),
    rarePerson: at(people, PEOPLE - 1),
    org: at(orgs, 3),
    document: at(documents, 5),
    section: at(sections, 45),
    rareSection: at(sections, SECTIONS - 1),
  }
}

const FILL = `
with spread as (
  select i, ('2024-01-01'::timestamptz + (i * 63072000.0 / $3) * interval '1 second') as at, random() as kind, random() as who,
    case when i % ($3::int8 / 20) = 0 then ${PEOPLE} else 1 + floor(random() ^ 2 * ${PEOPLE - 1})::int end as person,
    case when i % ($3::int8 / 20) = 1 then ${SECTIONS} else 1 + floor(random() ^ 2 * ${SECTIONS - 1})::int end as section
  from generate_series($1::int8, $2::int8) as i
), events as (
  select i, at, person, section, who < 0.02 as denied, who > 0.9 as elsewhere,
    case when kind < 0.45 then 'section.opened' when kind < 0.75 then 'section.closed' when kind < 0.9 then 'section.edit_closed'
      when kind < 0.97 then 'document.viewed' when kind < 0.9999 then 'boundary.viewed' else 'boundary.widened' end as type,
    (lpad(to_hex((extract(epoch from at) * 1000)::int8), 12, '0') || '7' || lpad(to_hex(i % 4096), 3, '0') || '8'
      || substr(md5(i::text), 1, 15))::uuid as id
  from spread
)
insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome, rule, actor_person_id,
  actor_org_id, workspace_id, document_id, section_id)
select id, 'load', i, sha256(i::text::bytea), sha256(i::text::bytea),
  json_build_object('v', 1, 'id', id, 'at', at, 'type', type, 'outcome', 'allowed',
    'actor', json_build_object('org', md5(i::text), 'person', md5(i::text), 'session', md5(i::text)),
    'object', json_build_object('document', md5(i::text), 'section', md5(i::text), 'workspace', md5(i::text)),
    'decision', json_build_object('level', 'edit', 'rows', json_build_array(md5(i::text), md5(i::text)), 'rule', 'R7'),
    'volume', json_build_object('frames', 12))::text,
  at, type, case when denied then 'denied' else 'allowed' end, case when denied then 'R5' else 'R7' end,
  ($4::uuid[])[person], ($5::uuid[])[1 + person % ${ORGS}], case when elsewhere then $9::uuid else $8::uuid end,
  ($6::uuid[])[1 + section % ${DOCUMENTS}], ($7::uuid[])[section]
from events`
