import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'
import { createAccessChanges } from '@/server/policy/access-changes'
import type { AccessScope } from '@/server/policy/access-scope'
import { openTestDatabase } from '@/tests/support/database'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

const epochs = async (...keys: string[]) => {
  const { rows } = await db.query<{ key: string; epoch: number }>(
    'select * from access_clocks where key = any($1)',
    [keys],
  )
  return keys.map((key) => rows.find((row) => row.key === key)?.epoch ?? 0)
}

test('a change raises its clocks once, writes one outbox row each, and is told after the commit', async () => {
  const changes = createAccessChanges()
  const heard: AccessScope[] = []
  changes.subscribe((scope) => heard.push(scope))
  const [workspaceId, personId, orgId] = [newId(), newId(), newId()]
  const scopes: AccessScope[] = [
    { workspaceId, sectionId: newId() },
    { personId },
    { workspaceId, personId },
    { orgId },
  ]
  await db.transaction(async (tx) => {
    for (const scope of scopes) await changes.publish(tx, scope)
    expect(heard).toEqual([])
  })
  expect(heard).toEqual(scopes)
  const keys = [`workspace:${workspaceId}`, `person:${personId}`, `org:${orgId}`]
  expect(await epochs(...keys)).toEqual([1, 1, 1])
  await db.transaction((tx) => changes.publish(tx, { orgId }))
  expect(await epochs(...keys)).toEqual([1, 1, 2])
  const { rows } = await db.query<{ scope: AccessScope }>('select scope from access_changes order by id')
  expect(rows.map((row) => row.scope)).toEqual([...scopes, { orgId }])
})

test('a change that is rolled back leaves no trace and is told to nobody', async () => {
  const changes = createAccessChanges()
  const heard: AccessScope[] = []
  changes.subscribe((scope) => heard.push(scope))
  const orgId = newId()
  const failing = db.transaction(async (tx) => {
    await changes.publish(tx, { orgId })
    throw new Error('after the publish')
  })
  await expect(failing).rejects.toThrow('after the publish')
  expect(heard).toEqual([])
  expect(await epochs(`org:${orgId}`)).toEqual([0])
})

test('a listener that throws keeps no other from hearing; one that left hears nothing', async () => {
  const errors: unknown[] = []
  const changes = createAccessChanges((error) => errors.push(error))
  const heard: string[] = []
  changes.subscribe(() => {
    throw new Error('a broken listener')
  })
  const leave = changes.subscribe(() => heard.push('left'))
  changes.subscribe(() => heard.push('stayed'))
  leave()
  await db.transaction((tx) => changes.publish(tx, { orgId: newId() }))
  expect(heard).toEqual(['stayed'])
  expect(errors).toHaveLength(1)
})
