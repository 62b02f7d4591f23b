import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'

export interface FilledRecord {
  workspaceId: string
  orgs: string[]
  people: { id: string; orgId: string }[]
  documents: string[]
  sections: string[]
  /** Milliseconds since the epoch. */
  from: number
  until: number
}

const [ORGS, PEOPLE, DOCUMENTS, SECTIONS] = [8, 400, 200, 4_000]
const YEAR = 365 * 86_400_000

/** Loading is not what is measured: it may take longer than a request may. */
const unlimited = (db: Database, statements: readonly [text: string, values?: unknown[]][]) =>
  db.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0')
    await tx.query('set local synchronous_commit = off')
    await tx.query(`set local maintenance_work_mem = '1GB'`)
    for (const [text, values] of statements) await tx.query(text, values)
  })

/** Small numbers far more often than large ones, as people and sections are used: [0, n). */
const skewed = (n: number) => `floor(power(random(), 2.5) * ${n})::int`

/**
 * `rows` events of one workspace over a year: 400 people of 8 agencies, some with thousands of times as many events as others,
 * 4,000 sections in 200 documents, types as unevenly spread as in use, one in a hundred refused. Loaded by SQL without
 * indexes, which are built after: not chained, so not verifiable.
 */
export async function fillRecord(db: Database, rows: number): Promise<FilledRecord> {
  const ids = (n: number) => Array.from({ length: n }, newId)
  const [orgs, documents, sections] = [ids(ORGS), ids(DOCUMENTS), ids(SECTIONS)]
  const people = ids(PEOPLE).map((id, n) => ({
    id,
    orgId: orgs[Math.floor((n / PEOPLE) ** 2 * ORGS)] as string,
  }))
  const workspaceId = newId()
  const until = Date.now()
  await db.query(
    `insert into organisations (id, name, short_code, colour)
     select id, 'Agency ' || n, 'A' || n, n from unnest($1::uuid[]) with ordinality as t (id, n)`,
    [orgs],
  )
  await db.query(
    `insert into people (id, org_id, email, name)
     select id, org, n || '@agency.example', 'Person ' || n
     from unnest($1::uuid[], $2::uuid[]) with ordinality as t (id, org, n)`,
    [people.map(({ id }) => id), people.map(({ orgId }) => orgId)],
  )
  await db.query('insert into workspaces (id, title, host_org_id) values ($1, $2, $3)', [
    workspaceId,
    'Flood',
    orgs[0],
  ])
  await db.query(
    `insert into participations (id, workspace_id, org_id, ceiling)
     select gen_random_uuid(), $1, id, 'manage' from unnest($2::uuid[]) as t (id)`,
    [workspaceId, orgs],
  )
  await db.query(
    `insert into memberships (id, workspace_id, person_id, role) select gen_random_uuid(), $1, id, 'editor' from people`,
    [workspaceId],
  )
  await db.query(
    `insert into documents (id, workspace_id, owner_org_id, title, position, label)
     select id, $2, ($3::uuid[])[1 + n % ${ORGS}], 'Plan ' || n, 'a' || n, 'TLP:GREEN'
     from unnest($1::uuid[]) with ordinality as t (id, n)`,
    [documents, workspaceId, orgs],
  )
  // Most sections are originated by who owns the document, one in four by another agency.
  await db.query(
    `insert into sections (id, document_id, originator_org_id, title, position, label)
     select id, ($2::uuid[])[1 + n % ${DOCUMENTS}], ($3::uuid[])[1 + (n % ${DOCUMENTS} + (n % 4 = 0)::int * (1 + n % 3)) % ${ORGS}],
       'Section ' || n, 'a' || n, 'TLP:GREEN'
     from unnest($1::uuid[]) with ordinality as t (id, n)`,
    [sections, documents, orgs],
  )
  await db.query('analyze')
  const { rows: indexes } = await db.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'audit_inbox' and indexname <> 'audit_inbox_pkey'`,
  )
  await unlimited(db, [
    ...indexes.map(({ name }): [string] => [`drop index ${name}`]),
    [INSERT, [rows, until - YEAR, YEAR, people.map(({ id }) => id), workspaceId]],
    ...indexes.map(({ definition }): [string] => [definition]),
    ['analyze audit_inbox'],
  ])
  return { workspaceId, orgs, people, documents, sections, from: until - YEAR, until }
}

const TYPE = `case when r < 0.30 then 'section.opened' when r < 0.52 then 'section.closed' when r < 0.66 then 'section.edited'
  when r < 0.80 then 'section.edit_closed' when r < 0.92 then 'document.viewed' when r < 0.965 then 'workspace.viewed'
  when r < 0.985 then 'membership.listed' when r < 0.992 then 'record.viewed' when r < 0.995 then 'boundary.narrowed'
  when r < 0.997 then 'membership.started' when r < 0.999 then 'section.copied' else 'break_glass.opened' end`

/** $1 rows, $2 begin and $3 length in milliseconds, $4 people, $5 workspace. In the order of time, with UUIDv7 of that time. */
const INSERT = `
with person as (select array_agg(org_id order by o) as org from unnest($4::uuid[]) with ordinality as t (id, o) join people p on p.id = t.id),
thing as (
  select array_agg(s.id order by s.id) as section, array_agg(s.document_id order by s.id) as document,
    array_agg(d.owner_org_id order by s.id) as owner, array_agg(s.originator_org_id order by s.id) as originator
  from sections s join documents d on d.id = s.document_id
), chosen as materialized (
  select n, $2::float8 + n * ($3::float8 / $1) as ms, 1 + ${skewed(PEOPLE)} as p, 1 + ${skewed(SECTIONS)} as s,
    random() as r, random() as denied
  from generate_series(1, $1::int) as n
), typed as (
  select *, ${TYPE} as type, lpad(to_hex(ms::int8), 12, '0') || '7' || substr(md5(n::text), 1, 3) || 'a' || substr(md5(n::text), 4, 15) as hex
  from chosen
), said as (
  select *, type ~ '^(section|document|boundary|break_glass)' as on_document, type ~ '^(section|boundary|break_glass)' as on_section
  from typed
)
insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome, rule,
  actor_person_id, actor_org_id, workspace_id, document_id, section_id, owner_org_id, originator_org_id, is_policy)
select hex::uuid, 'bench', n, '\\x00', '\\x00',
  '{"actor":{"org":"' || org[p] || '","person":"' || ($4::uuid[])[p] || '","session":"01a22cd8-0e46-72e5-8d86-44c641af1f7c"},"correlation":"'
    || hex || '","decision":{"level":"read","rows":["01a22cd8-0e46-72e5-8d86-44c641af1f7c"],"rule":"R7"},"type":"' || type || '","v":1}',
  to_timestamp(ms / 1000), type, case when denied < 0.01 then 'denied' else 'allowed' end, case when denied < 0.01 then 'R5' else 'R7' end,
  ($4::uuid[])[p], org[p], $5::uuid, case when on_document then document[s] end, case when on_section then section[s] end,
  case when on_document then owner[s] end, case when on_section then originator[s] end, type = 'membership.started'
from said, person, thing`
