import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'

const RECORD = ['audit_inbox', 'audit_log', 'section_updates', 'boundary_clauses']
const VALIDITY = ['participations', 'memberships', 'boundaries', 'grants', 'denies', 'group_members']

/** Rows that are kept as they are, whoever asks: the record, the updates, the rows of policy. */
export function keptRowsContract(name: string, open: () => Promise<Database>) {
  const [org, person, workspace, document, section, group, boundary, event] = Array.from({ length: 8 }, newId)
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
      insert into audit_log (tree, index, event_id, leaf_hash) values ('instance', 0, '${event}', '\\x00');
    `)
  })
  afterAll(() => db.close())

  const columnOf: Record<string, string> = {
    audit_inbox: 'canonical = canonical',
    audit_log: 'index = 1',
    section_updates: 'frames = 2',
    boundary_clauses: `max_level = 'manage'`,
    participations: `ceiling = 'manage'`,
    memberships: `role = 'steward'`,
    boundaries: 'section_id = section_id',
    grants: `level = 'manage'`,
    denies: `subject_kind = 'org'`,
    group_members: `valid_from = now()`,
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
