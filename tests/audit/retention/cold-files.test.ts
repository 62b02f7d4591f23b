import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { hashOfFile, type SegmentPart, segmentFile } from '@/server/audit/retention/segment-files'
import { verifyColdFiles } from '@/server/audit/verify/cold-files'
import { verifyNext } from '@/server/audit/verify/verifications'
import { aBedForEach, bed, cold, month } from '@/tests/audit/retention/bed'
import { eventsOf } from '@/tests/operations/plan'

aBedForEach()

const fileOf = (part: SegmentPart) => segmentFile(bed.dataDir, { tree: bed.tree, month }, part)
const verify = (isAlone = true) =>
  verifyColdFiles(bed.plan.services.db, { only: bed.tree, dataDir: bed.dataDir, isAlone })
const fault = (why: string) => ({ why, tree: bed.tree, index: 0, until: 60 })

test('files of a cold month are read every day: whole, changed, gone, and on record', async () => {
  await cold(60)
  const whole = await verify()
  expect(whole).toEqual({ months: 1, elsewhere: 0, faults: [] })

  for (const part of ['bundle', 'values'] as const) {
    const good = readFileSync(fileOf(part))
    appendFileSync(fileOf(part), ' ')
    expect((await verify()).faults).toEqual([fault('file_changed')])
    writeFileSync(fileOf(part), good)
    renameSync(fileOf(part), `${fileOf(part)}.away`)
    expect((await verify()).faults).toEqual([fault('file_gone')])
    // With several nodes it lies on the one that moved it.
    expect(await verify(false)).toEqual({ months: 0, elsewhere: 1, faults: [] })
    renameSync(`${fileOf(part)}.away`, fileOf(part))
  }

  appendFileSync(fileOf('values'), ' ')
  expect(await verifyNext(bed.plan.services, bed.kept)).toBe(true)
  const [event] = await eventsOf(bed.plan, 'record.verified')
  expect(event).toMatchObject({ outcome: 'failed' })
  expect(event?.says.volume).toMatchObject({ months: 1 })
  const { rows } = await bed.plan.services.db.query<{ faults: { why: string }[] }>(
    'select faults from audit_verifications where ended_at is not null',
  )
  expect(rows[0]?.faults).toContainEqual(fault('file_changed'))
})

test('an event in a file that was changed with its hash in the database is held against its leaf', async () => {
  await cold(60)
  const text = gunzipSync(readFileSync(fileOf('values'))).toString('utf8')
  writeFileSync(fileOf('values'), gzipSync(text.replace('\\"section.opened\\"', '\\"section.closed\\"')))
  const { db } = bed.plan.services
  await db.query('alter table audit_segments disable trigger all')
  await db.query('update audit_segments set values_hash = $1 where month = $2 and tree = $3', [
    await hashOfFile(fileOf('values')),
    month,
    bed.tree,
  ])
  expect((await verify()).faults).toEqual([fault('file_changed')])
})
