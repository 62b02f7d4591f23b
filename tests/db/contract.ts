import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'
import { migrate, pendingMigrations } from '@/server/db/migrate'
import { organisations } from '@/server/db/schema/identity'

/** What every database must do, whichever it is. */
export function databaseContract(name: string, open: () => Promise<Database>) {
  let db: Database
  beforeAll(async () => {
    db = await open()
  })
  afterAll(() => db.close())

  const organisation = () => {
    const id = newId()
    return { id, name: `Agency ${id}`, shortCode: id, colour: 1 }
  }
  const exists = async (id: string) =>
    (await db.orm.select().from(organisations).where(eq(organisations.id, id))).length === 1

  describe(`${name}: transactions`, () => {
    test('a commit is there, a rollback leaves no trace', async () => {
      const [kept, lost] = [organisation(), organisation()]
      await db.transaction((tx) => tx.orm.insert(organisations).values(kept))
      const failed = db.transaction(async (tx) => {
        await tx.orm.insert(organisations).values(lost)
        throw new Error('no')
      })
      await expect(failed).rejects.toThrow('no')
      expect([await exists(kept.id), await exists(lost.id)]).toEqual([true, false])
    })

    test('hooks run in order, the last ones last, and releases hear how it ended', async () => {
      const heard: string[] = []
      const act = (fail: boolean) =>
        db.transaction(async (tx) => {
          tx.beforeCommit(
            'lock',
            async () => {
              heard.push('lock')
              return (committed) => heard.push(`released ${committed}`)
            },
            'last',
          )
          tx.beforeCommit('first', async () => {
            heard.push('first')
            tx.beforeCommit('more', async () => {
              heard.push('more')
              return undefined
            })
            return undefined
          })
          tx.beforeCommit('first', async () => {
            heard.push('never: once per key')
            return undefined
          })
          tx.beforeCommit(
            'end',
            async () => {
              if (fail) throw new Error('refused')
              return undefined
            },
            'last',
          )
          tx.afterCommit(() => heard.push('after'))
        })
      await act(false)
      expect(heard.splice(0)).toEqual(['first', 'more', 'lock', 'released true', 'after'])
      await expect(act(true)).rejects.toThrow('refused')
      expect(heard).toEqual(['first', 'more', 'lock', 'released false'])
    })

    test('a hook that throws rolls everything back', async () => {
      const one = organisation()
      const failed = db.transaction(async (tx) => {
        await tx.orm.insert(organisations).values(one)
        tx.beforeCommit('no', async () => {
          throw new Error('no record, no action')
        })
      })
      await expect(failed).rejects.toThrow('no record')
      expect(await exists(one.id)).toBe(false)
    })

    test('a listener that throws after COMMIT does not undo the answer', async () => {
      const answer = await db.transaction(async (tx) => {
        tx.afterCommit(() => {
          throw new Error('mine')
        })
        return 7
      })
      expect(answer).toBe(7)
    })

    test('an error that was swallowed does not pass for a commit', async () => {
      const one = organisation()
      const swallowed = db.transaction(async (tx) => {
        await tx.orm.insert(organisations).values(one)
        await tx.query('select 1/0').catch(() => {})
      })
      await expect(swallowed).rejects.toThrow(/failed before COMMIT/)
      expect(await exists(one.id)).toBe(false)
    })

    test('serialization failures and deadlocks are tried again, three times', async () => {
      const act = async (code: string, failures: number) => {
        let calls = 0
        const answer = await db.transaction(async (tx) => {
          calls++
          if (calls <= failures) {
            await tx.query(`do $$ begin raise exception 'again' using errcode = '${code}'; end $$`)
          }
          return calls
        })
        return answer
      }
      expect(await act('40001', 1)).toBe(2)
      expect(await act('40P01', 3)).toBe(4)
      await expect(act('40001', 4)).rejects.toThrow('again')
      await expect(act('23505', 1)).rejects.toThrow('again')
    })

    test('many at a time each see a whole commit', async () => {
      await db.query(`insert into access_clocks (key, epoch) values ('contract', 0)`)
      await Promise.all(
        Array.from({ length: 25 }, () =>
          db.transaction(async (tx) => {
            const { rows } = await tx.query(
              `select epoch from access_clocks where key = 'contract' for update`,
            )
            await tx.query(`update access_clocks set epoch = $1 where key = 'contract'`, [rows[0]?.epoch + 1])
          }),
        ),
      )
      expect((await db.query(`select epoch from access_clocks where key = 'contract'`)).rows).toEqual([
        { epoch: 25 },
      ])
    })

    test('a statement that fails disturbs no other that runs beside it', async () => {
      const asked = Array.from({ length: 40 }, (_, i) =>
        i % 3 === 0
          ? db.query('select 1 / $1::int as n', [0]).catch(() => 'failed')
          : db.query('select $1::int as n', [i]).then(({ rows }) => rows[0]?.n),
      )
      expect(await Promise.all(asked)).toEqual(asked.map((_, i) => (i % 3 === 0 ? 'failed' : i)))
    })

    test('asking the database from inside a transaction is refused at once, not after a timeout', async () => {
      const act = (ask: () => Promise<unknown>) => db.transaction(async () => ask())
      await expect(act(() => db.query('select 1'))).rejects.toThrow(/use its tx/)
      await expect(act(async () => db.orm.select().from(organisations))).rejects.toThrow()
      await expect(act(() => db.transaction(async () => 1))).rejects.toThrow(/use its tx/)
      const after = await db.transaction(async (tx) => tx)
      expect(() => after.query('select 1')).toThrow(/over/)
    })
  })

  describe(`${name}: values`, () => {
    test('bytes, big counts and moments come back as they went in', async () => {
      const bytes = randomBytes(70_000)
      const at = new Date('2026-03-03T03:03:03.003Z')
      const { rows } = await db.query(
        'select $1::bytea as bytes, $2::int8 as n, $3::timestamptz as at, $4::jsonb as json, $5::bytea[] as many',
        [bytes, 2 ** 53 - 1, at, JSON.stringify({ a: ['ü', null] }), [bytes.subarray(0, 3), Buffer.alloc(0)]],
      )
      expect(rows).toEqual([
        {
          bytes,
          n: 2 ** 53 - 1,
          at,
          json: { a: ['ü', null] },
          many: [bytes.subarray(0, 3), Buffer.alloc(0)],
        },
      ])
      await expect(db.query('select 9007199254740993::int8 as n')).rejects.toThrow(/2\^53/)
      // The connection is still good for others.
      expect((await db.query('select 1 as n')).rows).toEqual([{ n: 1 }])
    })

    test('positions are compared as bytes', async () => {
      const { rows } = await db.query(
        `select collation_name from information_schema.columns
         where column_name = 'position' and table_name in ('documents', 'sections')`,
      )
      expect(rows).toEqual([{ collation_name: 'C' }, { collation_name: 'C' }])
    })
  })

  describe(`${name}: migrations`, () => {
    test('nothing is pending after migrate, and it may be called again', async () => {
      expect(await pendingMigrations(db)).toBe(0)
      await Promise.all([migrate(db), migrate(db)])
      expect(await pendingMigrations(db)).toBe(0)
    })

    test('a database of a newer program is refused', async () => {
      await db.query(
        `insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9000000000000)`,
      )
      await expect(migrate(db)).rejects.toThrow(/newer version/)
      await db.query(`delete from drizzle.__drizzle_migrations where hash = 'x'`)
    })
  })
}
