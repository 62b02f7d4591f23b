import { expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import { createRecorder } from '@/server/audit/append'
import { verifyWriterChains } from '@/server/audit/verify/verify-chains'
import { openServerTestDatabase, testPersonKeys, testServerUrl } from '@/tests/support/database'
import { databaseContract } from './contract'
import { keptRecordContract } from './kept-record'
import { keptRowsContract } from './kept-rows'

const url = testServerUrl()
if (url === null) throw new Error('TEST_DATABASE_URL must name a PostgreSQL server for this file')
const open = () => openServerTestDatabase(url)

databaseContract('PostgreSQL', open)
keptRowsContract('PostgreSQL', open)
keptRecordContract('PostgreSQL', open)

test('a true deadlock between two transactions is tried again until both are through', async () => {
  const db = await open()
  await db.query(`insert into access_clocks (key) values ('a'), ('b')`)
  let met = 0
  let meet = () => {}
  const both = new Promise<void>((resolve) => {
    meet = resolve
  })
  const act = (first: string, second: string) =>
    db.transaction(async (tx) => {
      await tx.query('update access_clocks set epoch = epoch + 1 where key = $1', [first])
      if (++met === 2) meet()
      await both
      await tx.query('update access_clocks set epoch = epoch + 1 where key = $1', [second])
    })
  await Promise.all([act('a', 'b'), act('b', 'a')])
  expect((await db.query('select key, epoch from access_clocks order by key')).rows).toEqual([
    { key: 'a', epoch: 2 },
    { key: 'b', epoch: 2 },
  ])
  await db.close()
})

test('a connection that the server ends fails its transaction only; the record goes on without a hole', async () => {
  const db = await open()
  const recorder = createRecorder({ node: 'a', keys: testPersonKeys() })
  const append = (disturb: (pid: number) => Promise<unknown>) =>
    db.transaction(async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
      recorder.append(tx, {
        type: 'record.viewed',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object: { workspaceId: newId() },
      })
      tx.beforeCommit('disturb', async () => void (await disturb(rows[0]?.pid ?? 0)), 'last')
    })
  await append(async () => {})
  const other = await open()
  await expect(append((pid) => other.query('select pg_terminate_backend($1, 5000)', [pid]))).rejects.toThrow()
  await append(async () => {})
  expect(await verifyWriterChains(db)).toEqual({ writers: 1, events: 2, faults: [] })
  await db.close()
  await other.close()
})
