import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'

export const RECORD = [
  'audit_inbox',
  'audit_log',
  'audit_restores',
  'section_updates',
  'boundary_clauses',
  'terms_versions',
  'terms_signatures',
  'release_keys',
  'break_glass_reviews',
  'finding_dispositions',
]
export const VALIDITY = [
  'participations',
  'memberships',
  'boundaries',
  'grants',
  'denies',
  'group_members',
  'section_sources',
  'break_glass',
]

/** Rows that are kept as they are, whoever asks: the record, the updates, the rows of policy. */
export function keptRowsContract(name: string, open: () => Promise<Database>) {
  const [org, person, workspace, document, section, group, boundary, event, release, glass] = Array.from(
    { length: 10 },
    newId,
  )
  let db: Database
  beforeAll(async () => {
    db = await open()
    await db.query(`
      insert into organisations (id, name, short_code, colour) values ('${org}', 'Agency', 'AG', 0);
      insert into people (id, org_id, email, name) values ('${person}', '${org}', 'a@agency.example', 'Ada');
      insert into workspaces (id, title, host_org_id) values ('${workspace}', 'Flood', '${org}');
      insert into documents (id, workspace_id, owner_org_id, title, position, label)
        values ('${document}', '${workspace}', '${org}', 'Plan', 'a0', 'TLP:GREEN');
      insert into sections (id, document_id, originator_org_id, title, position, label)
        values ('${section}', '${document}', '${org}', 'Shelters', 'a0', 'TLP:GREEN');
      insert into groups (id, org_id, name) values ('${group}', '${org}', 'Night shift');
      insert into group_members (id, group_id, person_id) values ('${newId()}', '${group}', '${person}');
      insert into participations (id, workspace_id, org_id, ceiling) values ('${newId()}', '${workspace}', '${org}', 'edit');
      insert into memberships (id, workspace_id, person_id, role) values ('${newId()}', '${workspace}', '${person}', 'lead');
      insert into boundaries (id, section_id) values ('${boundary}', '${section}');
      insert into boundary_clauses (id, boundary_id, subject_kind, subject_id, max_level)
        values ('${newId()}', '${boundary}', 'org', '${org}', 'edit');
      insert into grants (id, section_id, subject_kind, subject_id, level)
        values ('${newId()}', '${section}', 'person', '${person}', 'edit');
      insert into denies (id, section_id, subject_kind, subject_id)
        values ('${newId()}', '${section}', 'person', '${person}');
      insert into section_updates (section_id, seq, person_id, session_id, burst_id, frames, bytes, hash)
        values ('${section}', 1, '${person}', '${newId()}', '${newId()}', 1, '\\x00', '\\x00');
      insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome)
        values ('${event}', 'w', 1, '\\x00', '\\x00', '{}', now(), 'record.viewed', 'allowed');
      insert into terms_versions (workspace_id, version, text, consent_to_invite, on_leaving, hash, published_by)
        values ('${workspace}', 1, 'Be kind.', false, 'either', 'h', '${person}');
      insert into terms_signatures (id, workspace_id, org_id, version, hash, person_id)
        values ('${newId()}', '${workspace}', '${org}', 1, 'h', '${person}');
      insert into releases (id, kind, workspace_id, section_id, change, hash, requested_by, requested_by_org, expires_at, state)
        values ('${release}', 'sharing', '${workspace}', '${section}', '{}', 'h', '${person}', '${org}', now(), 'pending');
      insert into release_keys (release_id, person_id, org_id, purpose, session_id)
        values ('${release}', '${person}', '${org}', 'originator', '${newId()}');
      insert into section_sources (id, section_id, source_document_id)
        values ('${newId()}', '${section}', '${document}');
      insert into break_glass (id, section_id, person_id, session_id, reason)
        values ('${glass}', '${section}', '${person}', '${newId()}', 'Water in the ward.');
      insert into break_glass_reviews (break_glass_id, person_id, verdict, note)
        values ('${glass}', '${person}', 'justified', 'It was.');
      insert into findings (id, workspace_id, rule, key, episode, numbers, event_ids, first_at, last_at, state)
        values ('${event}', '${workspace}', 'F-06', 'k', 'e', '{}', '{}', now(), now(), 'open');
      insert into finding_dispositions (event_id, finding_id, state, person_id, at)
        values ('${event}', '${event}', 'expected', '${person}', now());
      insert into audit_log (tree, index, event_id, leaf_hash) values ('instance', 0, '${event}', '\\x00');
      insert into audit_restores (tree, outside_size, outside_root, size, root, at)
        values ('instance', 2, '\\x00', 1, '\\x00', now());
      insert into audit_log_keys (verifier_key, begun_at) values ('liaison.example+1', now());
    `)
  })
  afterAll(() => db.close())

  const columnOf: Record<string, string> = {
    audit_inbox: 'canonical = canonical',
    audit_log: 'index = 1',
    audit_restores: 'size = 2',
    section_updates: 'frames = 2',
    boundary_clauses: `max_level = 'manage'`,
    participations: `ceiling = 'manage'`,
    memberships: `role = 'steward'`,
    boundaries: 'section_id = section_id',
    grants: `level = 'manage'`,
    denies: `subject_kind = 'org'`,
    group_members: `valid_from = now()`,
    terms_versions: `text = 'Be kinder.'`,
    terms_signatures: 'version = 2',
    release_keys: `purpose = 'second'`,
    finding_dispositions: `state = 'escalated'`,
    break_glass_reviews: `verdict = 'not_justified'`,
    section_sources: 'source_document_id = source_document_id',
    break_glass: `reason = 'Another.'`,
  }

  describe(`${name}: kept rows`, () => {
    test.each([...RECORD, ...VALIDITY])('%s refuses UPDATE, DELETE and TRUNCATE', async (table) => {
      const before = (await db.query(`select * from ${table}`)).rows
      expect(before).toHaveLength(1)
      await expect(db.query(`update ${table} set ${columnOf[table]}`)).rejects.toMatchObject({
        code: '23001',
      })
      await expect(db.query(`delete from ${table}`)).rejects.toMatchObject({ code: '23001' })
      await expect(db.query(`truncate ${table} cascade`)).rejects.toMatchObject({ code: '23001' })
      expect((await db.query(`select * from ${table}`)).rows).toEqual(before)
    })

    test('they refuse also where ordinary triggers are switched off', async () => {
      const asReplica = (statement: string) =>
        db.transaction(async (tx) => {
          await tx.query('set local session_replication_role = replica')
          await tx.query(statement)
        })
      await expect(asReplica('delete from audit_inbox')).rejects.toMatchObject({ code: '23001' })
      await expect(asReplica(`update grants set level = 'manage'`)).rejects.toMatchObject({ code: '23001' })
      await expect(asReplica('truncate section_updates')).rejects.toMatchObject({ code: '23001' })
    })

    test('a release ends once; what its keys are turned for never changes', async () => {
      const refused = { code: '23001' }
      for (const set of [
        `hash = 'other'`,
        `change = '{"label": "x"}'`,
        `expires_at = now() + interval '1 day'`,
      ]) {
        await expect(db.query(`update releases set ${set}`)).rejects.toMatchObject(refused)
        await expect(db.query(`update releases set state = 'completed', ${set}`)).rejects.toMatchObject(
          refused,
        )
      }
      await expect(db.query('delete from releases')).rejects.toMatchObject(refused)
      await expect(db.query('truncate releases cascade')).rejects.toMatchObject(refused)
      await db.query(`update releases set state = 'voided', ended_at = now()`)
      for (const state of ['pending', 'completed'])
        await expect(db.query(`update releases set state = $1`, [state])).rejects.toMatchObject(refused)
    })

    test('a key of the record ends once, and only one is open', async () => {
      const refused = { code: '23001' }
      const other = `insert into audit_log_keys (verifier_key, begun_at) values ('liaison.example+2', now())`
      await expect(db.query(other)).rejects.toMatchObject({ code: '23505' })
      await expect(db.query(`update audit_log_keys set begun_at = now()`)).rejects.toMatchObject(refused)
      await db.query('update audit_log_keys set ended_at = now()')
      await expect(db.query('update audit_log_keys set ended_at = null')).rejects.toMatchObject(refused)
      await expect(db.query('delete from audit_log_keys')).rejects.toMatchObject(refused)
      await expect(db.query('truncate audit_log_keys')).rejects.toMatchObject(refused)
      await db.query(other)
    })

    test.each(VALIDITY)('a row of %s may be ended once, and nothing else with it', async (table) => {
      const by = newId()
      await expect(db.query(`update ${table} set ended_by = $1`, [by])).rejects.toMatchObject({
        code: '23001',
      })
      await expect(
        db.query(`update ${table} set ended_at = now(), valid_until = now()`),
      ).rejects.toMatchObject({ code: '23001' })
      await db.query(`update ${table} set ended_at = now(), ended_by = $1`, [by])
      for (const again of ['ended_at = null', 'ended_at = now()', 'ended_by = null']) {
        await expect(db.query(`update ${table} set ${again}`)).rejects.toMatchObject({ code: '23001' })
      }
      expect((await db.query(`select ended_by from ${table}`)).rows).toEqual([{ ended_by: by }])
    })

    test('two rows of the same kind cannot be open at once; rows with an end may follow one another', async () => {
      const boundaryAgain = () =>
        db.query('insert into boundaries (id, section_id) values ($1, $2)', [newId(), section])
      const member = (until: string | null) =>
        db.query(
          'insert into memberships (id, workspace_id, person_id, role, valid_until) values ($1, $2, $3, $4, $5)',
          [newId(), workspace, person, 'reader', until],
        )
      await boundaryAgain()
      await expect(boundaryAgain()).rejects.toMatchObject({ code: '23505' })
      await member('2020-01-01')
      await member('2021-01-01')
      await member(null)
      await expect(member(null)).rejects.toMatchObject({ code: '23505' })
    })
  })
}
