import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'
import { RECORD, VALIDITY } from './kept-rows'

const [org, other, person, workspace, witness, key, hold, request] = Array.from({ length: 8 }, newId)
const bytes = (length: number) => `decode(repeat('07', ${length}), 'hex')`

/** A row of each, and what must not become of it. */
const KEPT: Record<string, [values: string, change: string]> = {
  audit_tiles: [`'instance', 0, 0, ${bytes(8_192)}, ${bytes(32)}`, 'index = 1'],
  audit_checkpoints: [`'instance', 1, ${bytes(32)}, 'a note', now()`, `note = 'another'`],
  audit_cosignatures: [`'instance', 1, '${witness}', 'a line', now(), now()`, `line = 'another'`],
  audit_cold_links: [`'w', 1, '${newId()}', ${bytes(32)}, ${bytes(32)}, null`, 'writer_seq = 2'],
  audit_retention: [`'${newId()}', 'instance', 12, 18, '${person}', null, now()`, 'cold_months = 0'],
  audit_segments: [`'instance', '2026-01', 0, 0, ${bytes(32)}, 1, now()`, 'last_index = 5'],
  audit_person_keys: [`'${key}', 'person:x', null, ${bytes(60)}, 'w', now()`, `owner = 'person:y'`],
  audit_witnesses: [`'${witness}', '${org}', 'n', 'k', ${bytes(32)}`, `verifier_key = 'other'`],
  legal_holds: [
    `'${hold}', 'workspace', '${workspace}', '${workspace}', '${org}', 'A case.', '${person}', now()`,
    `reason = 'Another.'`,
  ],
  retention_requests: [
    `'${request}', '${workspace}', 'drop', '2026-01', null, null, 'h', '${person}', '${org}', now(), now(), 'pending'`,
    `month = '2026-02'`,
  ],
}
/** A witness comes before its words. */
const ORDER = ['audit_witnesses', ...Object.keys(KEPT).filter((table) => table !== 'audit_witnesses')]

/** Tested with their own rules in `kept-rows`. */
const ELSEWHERE = ['releases', 'audit_log_keys']
/**
 * Tables of the record that change, and why nobody is the wiser for changing them: what they hold follows from the rest and is held
 * against it, is work to be done, or is erasable by design.
 */
const CHANGES = {
  audit_heads: 'follows from the log: held against leaves and signed heads',
  audit_writers: 'how far a chain was followed: follows from the events',
  audit_pending: 'a list of work: an accepted event that is on none is a fault',
  audit_alarms: 'until an operator accepts a restore, which is on record',
  audit_verifications: 'its results are on record as well',
  audit_warnings: 'begin and end on record as well',
  audit_canaries: 'a read that waits to be seen; what became of it is on record',
  audit_witness_contacts: 'when somebody was last heard',
  audit_clear_values: 'erased by design; commitments to them are in the events',
}

/** Rows of the record that came with migrations 0017 to 0025, and that no table of it is forgotten here. */
export function keptRecordContract(name: string, open: () => Promise<Database>) {
  let db: Database
  beforeAll(async () => {
    db = await open()
    await db.query(`
      insert into organisations (id, name, short_code, colour) values ('${org}', 'Agency', 'AG', 0), ('${other}', 'Other', 'OT', 1);
      insert into people (id, org_id, email, name) values ('${person}', '${org}', 'a@agency.example', 'Ada');
      insert into workspaces (id, title, host_org_id) values ('${workspace}', 'Flood', '${org}');
      ${ORDER.map((table) => `insert into ${table} values (${KEPT[table]?.[0]});`).join('\n')}
    `)
  })
  afterAll(() => db.close())

  describe(`${name}: kept rows of the record`, () => {
    test.each(Object.entries(KEPT))('%s refuses UPDATE, DELETE and TRUNCATE', async (table, [, change]) => {
      const before = (await db.query(`select * from ${table}`)).rows
      expect(before).toHaveLength(1)
      for (const statement of [
        `update ${table} set ${change}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ])
        await expect(db.query(statement), statement).rejects.toMatchObject({ code: '23001' })
      const asReplica = db.transaction(async (tx) => {
        await tx.query('set local session_replication_role = replica')
        await tx.query(`delete from ${table}`)
      })
      await expect(asReplica).rejects.toMatchObject({ code: '23001' })
      expect((await db.query(`select * from ${table}`)).rows).toEqual(before)
    })

    test('every table that is guarded is tried here, and every table of the record is guarded or said why not', async () => {
      const { rows: guarded } = await db.query<{ name: string }>(
        `select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
         join pg_proc p on p.oid = t.tgfoid where not t.tgisinternal and p.proname = 'refuse_change' order by 1`,
      )
      const tried = [...Object.keys(KEPT), ...RECORD, ...VALIDITY, ...ELSEWHERE]
      expect(guarded.map((row) => row.name)).toEqual(tried.sort())
      const { rows: tables } = await db.query<{ name: string }>(
        `select table_name as name from information_schema.tables
         where table_schema = 'public' and table_name like 'audit\\_%' order by 1`,
      )
      expect(tables.length).toBeGreaterThan(18)
      const known = new Set([...tried, ...Object.keys(CHANGES)])
      expect(tables.map((row) => row.name).filter((table) => !known.has(table))).toEqual([])
      expect(Object.keys(CHANGES).filter((table) => tried.includes(table))).toEqual([])
    })
  })
}
