import { expect, test } from 'vitest'
import { tidyEmbedded } from '@/server/db/tidy-embedded'
import { openEmbeddedTestDatabase } from '@/tests/support/database'

test('after growth, a page of the record walks an index instead of sorting what it finds', async () => {
  const db = await openEmbeddedTestDatabase()
  await db.query(`insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome)
    select gen_random_uuid(), 'w', i, '\\x00', '\\x00', repeat('x', 300), now() + i * interval '1 second', 'record.viewed', 'allowed'
    from generate_series(1, 5000) as i`)
  const known = async () =>
    (await db.query(`select reltuples from pg_class where relname = 'audit_inbox'`)).rows[0]?.reltuples
  const plan = async () => {
    const { rows } =
      await db.query(`explain select * from audit_inbox where scope_id = '00000000-0000-0000-0000-000000000000'
      and type = 'record.viewed' order by at desc, id desc limit 50`)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
  expect(await known()).toBeLessThan(1)
  await tidyEmbedded(db)
  expect(await plan()).toContain('Index Scan Backward')
  expect(await known()).toBe(5000)
  // Without growth there is nothing to learn.
  await db.query(`insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome)
    values (gen_random_uuid(), 'w', 5001, '\\x00', '\\x00', '', now(), 'record.viewed', 'allowed')`)
  await tidyEmbedded(db)
  expect(await known()).toBe(5000)
  await db.close()
})
