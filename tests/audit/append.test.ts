import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { leafHash, NO_HASH } from '@/lib/audit/chain'
import { commitmentTo } from '@/lib/audit/commitment'
import type { EventDraft } from '@/lib/audit/event'
import { newId } from '@/lib/ids'
import { createRecorder, type Recorder } from '@/server/audit/append'
import { type ClearValue, readClearValues } from '@/server/audit/clear-values'
import { verifyWriterChains } from '@/server/audit/verify/verify-chains'
import type { Database } from '@/server/db/client'
import { openTestDatabase, testPersonKeys } from '@/tests/support/database'

const draft = (more: Partial<EventDraft> = {}): EventDraft => ({
  type: 'section.opened',
  outcome: 'allowed',
  actor: { personId: newId(), orgId: newId(), sessionId: newId() },
  object: { workspaceId: newId(), documentId: newId(), sectionId: newId() },
  ...more,
})

let db: Database
let recorder: Recorder

beforeEach(async () => {
  db = await openTestDatabase()
  recorder = createRecorder({ node: 'a', keys: testPersonKeys() })
})
afterEach(() => db.close())

const count = async (table: string) => (await db.query(`select count(*) as n from ${table}`)).rows[0]?.n

const clearOf = async (id: string) =>
  (await readClearValues(db, testPersonKeys(), [id], { kind: 'whole' })).get(id) ?? []
const saltOf = (value: ClearValue | undefined): Buffer =>
  value && 'salt' in value ? value.salt : Buffer.alloc(0)

describe('append', () => {
  test('writes all events of a transaction as one unbroken chain', async () => {
    const ids = await db.transaction(async (tx) => [
      recorder.append(tx, draft()),
      recorder.append(tx, draft({ type: 'section.closed' })),
    ])
    await db.transaction(async (tx) => recorder.append(tx, draft()))
    const { rows } = await db.query('select * from audit_inbox order by writer_seq')
    expect(rows.map((row) => row.writer_seq)).toEqual([1, 2, 3])
    expect(rows.slice(0, 2).map((row) => row.id)).toEqual(ids)
    expect(rows[0]?.prev_hash).toEqual(Buffer.from(NO_HASH))
    expect(rows[2]?.prev_hash).toEqual(rows[1]?.hash)
    expect(await verifyWriterChains(db)).toEqual({ writers: 1, events: 3, faults: [] })
  })

  test('a rollback leaves no trace and no hole', async () => {
    await db.transaction(async (tx) => recorder.append(tx, draft()))
    const failed = db.transaction(async (tx) => {
      recorder.append(tx, draft())
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    const late = db.transaction(async (tx) => {
      recorder.append(tx, draft())
      tx.beforeCommit(
        'later',
        async () => {
          throw new Error('late')
        },
        'last',
      )
    })
    await expect(late).rejects.toThrow('late')
    await db.transaction(async (tx) => recorder.append(tx, draft()))
    expect(await count('audit_inbox')).toBe(2)
    expect(await count('audit_pending')).toBe(2)
    expect(await verifyWriterChains(db)).toEqual({ writers: 1, events: 2, faults: [] })
  })

  test('an event that is appended by another hook of the commit is written too', async () => {
    await db.transaction(async (tx) => {
      recorder.append(tx, draft())
      tx.beforeCommit('burst', async () => {
        recorder.append(tx, draft({ type: 'section.edited' }))
        return undefined
      })
    })
    expect(await count('audit_inbox')).toBe(2)
  })

  test('when the record cannot be written, the action does not happen', async () => {
    // Roles belong to the whole server, and other tests may be on it.
    const scribe = `scribe_${Date.now()}_${process.pid}`
    await db.query(`create role ${scribe}`)
    await db.query(`grant all on all tables in schema public to ${scribe}`)
    await db.query(`revoke insert on audit_inbox from ${scribe}`)
    const act = () =>
      db.transaction(async (tx) => {
        await tx.query(`set local role ${scribe}`)
        await tx.query(`insert into organisations (id, name, short_code, colour) values ($1, 'N', 'N', 0)`, [
          newId(),
        ])
        recorder.append(tx, draft())
      })
    await expect(act()).rejects.toThrow(/permission denied/)
    expect(await count('organisations')).toBe(0)
    expect(await count('audit_inbox')).toBe(0)
    await db.query(`grant insert on audit_inbox to ${scribe}`)
    await act()
    expect(await count('organisations')).toBe(1)
    // The action, and the row that decides something from now on.
    expect(await count('audit_inbox')).toBe(2)
    await db.query(`drop owned by ${scribe}`)
    await db.query(`drop role ${scribe}`)
  })

  test('a second recorder of the same name goes on where the chain stands', async () => {
    await db.transaction(async (tx) => recorder.append(tx, draft()))
    await db.transaction(async (tx) =>
      createRecorder({ node: 'a', keys: testPersonKeys() }).append(tx, draft()),
    )
    expect(await verifyWriterChains(db)).toEqual({ writers: 1, events: 2, faults: [] })
  })

  test.each([1, 4])('transactions at the same time make %d chains that all hold', async (chains) => {
    recorder = createRecorder({ node: 'a', keys: testPersonKeys(), chains })
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        db
          .transaction(async (tx) => {
            recorder.append(tx, draft())
            if (i % 3 === 0) recorder.append(tx, draft())
            if (i % 5 === 0) throw new Error('no')
          })
          .catch(() => {}),
      ),
    )
    const report = await verifyWriterChains(db)
    expect(report).toMatchObject({ events: 64, faults: [] })
    // The embedded database has one connection, so nobody ever waits and one chain is enough.
    expect(report.writers).toBe(db.kind === 'embedded' ? 1 : chains)
  })

  test('personal values stand beside the record, salted commitments in it', async () => {
    const id = await db.transaction(async (tx) =>
      recorder.append(tx, draft({ clear: { address: '192.0.2.7' } })),
    )
    const { rows } = await db.query('select canonical from audit_inbox')
    expect(rows[0]?.canonical).not.toContain('192.0.2.7')
    const clear = await clearOf(id)
    expect(clear).toMatchObject([{ field: 'address', value: '"192.0.2.7"' }])
    const { commitments } = JSON.parse(rows[0]?.canonical)
    expect(commitments.address).toBe(commitmentTo(saltOf(clear[0]), '192.0.2.7'))
    // Erasable: without the clear value the chain still verifies.
    await db.query('delete from audit_clear_values')
    expect((await verifyWriterChains(db)).faults).toEqual([])
  })

  test('no two values share a salt, however many there are', async () => {
    const ids = await db.transaction(async (tx) =>
      Array.from({ length: 600 }, () =>
        recorder.append(tx, draft({ clear: { address: '192.0.2.7', name: 'Ada' } })),
      ),
    )
    const salts = [...(await readClearValues(db, testPersonKeys(), ids, { kind: 'whole' })).values()]
      .flat()
      .map(saltOf)
    expect(new Set(salts.map((salt) => salt.toString('hex'))).size).toBe(1_200)
    expect(salts.every((salt) => salt.length === 16)).toBe(true)
    expect((await verifyWriterChains(db)).faults).toEqual([])
  })

  test('characters that a database column cannot hold are no way to stop the record', async () => {
    const id = await db.transaction(async (tx) =>
      recorder.append(tx, draft({ clear: { email: 'a\0b' }, details: { typed: '\0' } })),
    )
    expect(await clearOf(id)).toMatchObject([{ value: '"a\\u0000b"' }])
  })

  test('a draft that JSON cannot say fails the action', async () => {
    const failed = db.transaction(async (tx) =>
      recorder.append(tx, draft({ volume: { frames: Number.NaN } })),
    )
    await expect(failed).rejects.toThrow(/finite/)
    expect(leafHash('')).toHaveLength(32)
  })

  test('verification names the first bad event of each writer', async () => {
    for (let i = 0; i < 4; i++) await db.transaction(async (tx) => recorder.append(tx, draft()))
    await db.query('alter table audit_inbox disable trigger audit_inbox_kept')
    await db.query(
      `update audit_inbox set canonical = replace(canonical, 'allowed', 'denied') where writer_seq = 3`,
    )
    expect((await verifyWriterChains(db)).faults).toEqual([{ writer: 'a', seq: 3, why: 'hash' }])
    await db.query('delete from audit_inbox where writer_seq = 2')
    expect((await verifyWriterChains(db)).faults).toEqual([{ writer: 'a', seq: 3, why: 'sequence' }])
  })
})
