import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commitmentTo } from '@/lib/audit/commitment'
import type { EventDraft } from '@/lib/audit/event'
import { type Id, newId } from '@/lib/ids'
import { createRecorder, type Recorder } from '@/server/audit/append'
import { type ClearScope, readClearValues } from '@/server/audit/clear-values'
import { createPersonKeys } from '@/server/audit/personal/person-keys'
import { sealPlainValues } from '@/server/audit/personal/seal-plain-values'
import { verifyWriterChains } from '@/server/audit/verify/verify-chains'
import type { Database } from '@/server/db/client'
import { openTestDatabase, testPersonKeys } from '@/tests/support/database'

let db: Database
let keys: ReturnType<typeof testPersonKeys>
let recorder: Recorder
beforeEach(async () => {
  db = await openTestDatabase()
  keys = testPersonKeys()
  recorder = createRecorder({ node: 'a', keys })
})
afterEach(() => db.close())

const WHOLE: ClearScope = { kind: 'whole' }
const [ada, grace] = [newId(), newId()]
const draft = (personId: Id | null, more: Partial<EventDraft> = {}): EventDraft => ({
  type: 'section.opened',
  outcome: 'allowed',
  actor: { personId, orgId: null, sessionId: null },
  object: {},
  clear: { address: '192.0.2.7' },
  ...more,
})
const append = (...drafts: EventDraft[]) =>
  db.transaction(async (tx) => drafts.map((one) => recorder.append(tx, one)))
const read = async (ids: Id[], scope = WHOLE, by = keys) =>
  [...(await readClearValues(db, by, ids, scope)).values()].flat()

describe('keys of personal values', () => {
  test('one per person, one per month and tree where nobody is known', async () => {
    const workspaceId = newId()
    await append(draft(ada), draft(grace), draft(ada), draft(null), draft(null, { object: { workspaceId } }))
    const { rows } = await db.query<{ owner: string }>('select owner from audit_person_keys order by owner')
    const month = new Date().toISOString().slice(0, 7)
    expect(rows.map(({ owner }) => owner)).toEqual(
      [
        `person:${ada}`,
        `person:${grace}`,
        `month:${month}:instance`,
        `month:${month}:workspace:${workspaceId}`,
      ].sort(),
    )
  })

  test('a database without the installation’s key opens nothing', async () => {
    const ids = await append(draft(ada))
    const other = createPersonKeys(new Uint8Array(32).fill(8))
    await expect(read(ids, WHOLE, other)).rejects.toThrow()
    await expect(other.claim(db)).rejects.toThrow(/another key/)
    await keys.claim(db)
  })

  test('the node that comes first says which key; one with another key does not start, and seals nothing', async () => {
    await keys.claim(db)
    const other = createPersonKeys(new Uint8Array(32).fill(8))
    await expect(other.claim(db)).rejects.toThrow(/several nodes need the same one/)
    await append(draft(ada))
    const otherNode = createRecorder({ node: 'b', keys: other })
    await expect(db.transaction(async (tx) => otherNode.append(tx, draft(ada)))).rejects.toThrow(
      /another key/,
    )
  })

  test('a destroyed key opens nothing, also with the installation’s key and on a node that still holds it', async () => {
    const elsewhere = testPersonKeys()
    const otherNode = createRecorder({ node: 'b', keys: elsewhere })
    const ids = await append(draft(ada), draft(grace))
    await db.transaction(async (tx) => otherNode.append(tx, draft(ada)))
    const at = new Date()
    await db.transaction((tx) => keys.destroy(tx, [`person:${ada}`], 'erased', at))
    const late = await db.transaction(async (tx) => otherNode.append(tx, draft(ada)))
    const gone = { field: 'address', gone: { at, because: 'erased' } }
    expect(await read(ids)).toEqual(
      expect.arrayContaining([gone, expect.objectContaining({ value: '"192.0.2.7"' })]),
    )
    expect(await read([late], WHOLE, elsewhere)).toEqual([gone])
    expect((await verifyWriterChains(db)).faults).toEqual([])
    // Nothing more is kept of them; the commitment in the record stays, and nobody can open it.
    const [after] = await append(draft(ada))
    expect(await read([after ?? ''])).toEqual([])
  })

  test('a key is destroyed once; it never comes back, changes or leaves', async () => {
    await append(draft(ada))
    const refused = { code: '23001' }
    await expect(db.query('delete from audit_person_keys')).rejects.toMatchObject(refused)
    await expect(db.query('truncate audit_person_keys')).rejects.toMatchObject(refused)
    await expect(db.query(`update audit_person_keys set owner = 'x'`)).rejects.toMatchObject(refused)
    const { rows } = await db.query<{ wrapped: Buffer }>('select wrapped from audit_person_keys')
    await db.transaction((tx) => keys.destroy(tx, [`person:${ada}`], 'erased', new Date()))
    await expect(
      db.query(
        'update audit_person_keys set wrapped = $1, destroyed_at = null, destroyed_because = null where owner = $2',
        [rows[0]?.wrapped, `person:${ada}`],
      ),
    ).rejects.toMatchObject(refused)
  })

  test('a rolled-back transaction leaves no key behind, neither in the database nor in memory', async () => {
    await expect(
      db.transaction(async (tx) => {
        recorder.append(tx, draft(ada))
        tx.beforeCommit('late', () => Promise.reject(new Error('late')), 'last')
      }),
    ).rejects.toThrow('late')
    expect((await db.query('select 1 from audit_person_keys')).rows).toEqual([])
    const ids = await append(draft(ada))
    expect(await read(ids)).toMatchObject([{ value: '"192.0.2.7"' }])
  })

  test('an agency’s auditor opens values of their own people only; nobody’s values are for an audit office', async () => {
    const [county, weather] = [newId(), newId()]
    for (const [id, org, name] of [
      [ada, county, 'A'],
      [grace, weather, 'G'],
    ])
      await db.query(
        `insert into organisations (id, name, short_code, colour) values ('${org}', '${name}', '${name}${name}', 0);
         insert into people (id, org_id, email, name) values ('${id}', '${org}', '${name}@x.example', '${name}')`,
      )
    const ids = await append(draft(ada), draft(grace), draft(null))
    expect(await read(ids)).toHaveLength(3)
    const own = await readClearValues(db, keys, ids, { kind: 'agency', orgId: county })
    expect([...own.keys()]).toEqual([ids[0]])
  })

  test('what an older version wrote in clear is sealed at the start, in batches, as what it was', async () => {
    const ids = await append(...Array.from({ length: 1_300 }, (_, i) => draft(i % 2 === 0 ? ada : null)))
    const before = await read(ids)
    // As a version before sealed values left them.
    for (const [id, values] of await readClearValues(db, keys, ids, WHOLE))
      for (const value of values)
        await db.query(
          'update audit_clear_values set key_id = null, sealed = null, salt = $2, value = $3 where event_id = $1',
          [id, 'salt' in value ? value.salt : null, 'value' in value ? value.value : null],
        )
    expect(await sealPlainValues(db, keys)).toBe(1_300)
    expect(await sealPlainValues(db, keys)).toBe(0)
    expect(await read(ids)).toEqual(before)
    const { rows } = await db.query('select 1 from audit_clear_values where salt is not null')
    expect(rows).toEqual([])
    const { rows: records } = await db.query<{ canonical: string }>(
      'select canonical from audit_inbox where id = $1',
      [ids[0]],
    )
    const [first] = await read(ids.slice(0, 1))
    const { commitments } = JSON.parse(records[0]?.canonical ?? '')
    expect(first && 'salt' in first && commitmentTo(first.salt, '192.0.2.7')).toBe(commitments.address)
  })

  test('many transactions that need the same new keys at once all get them', async () => {
    const people = Array.from({ length: 10 }, newId)
    const ids = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        db.transaction(async (tx) =>
          [...people.slice(i % 10), ...people.slice(0, i % 10)].map((id) => recorder.append(tx, draft(id))),
        ),
      ),
    )
    expect(await read(ids.flat())).toHaveLength(400)
  })
})
