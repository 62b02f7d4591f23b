import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bringBackSegments } from '@/server/audit/retention/bring-back'
import { moveSegments, returnSegments } from '@/server/audit/retention/move-segments'
import { registerSegments } from '@/server/audit/retention/register-segments'
import { segmentFile } from '@/server/audit/retention/segment-files'
import { readRoot } from '@/server/audit/tree-reader'
import { verifyWriterChains } from '@/server/audit/verify/verify-chains'
import { askBack } from '@/server/operations/retention/ask-back'
import {
  aBedForEach,
  append,
  bed,
  chore,
  cold,
  DAY,
  here,
  later,
  month,
  run,
  segment,
  sequence,
  sign,
  verified,
} from '@/tests/audit/retention/bed'
import { eventsOf } from '@/tests/operations/plan'

aBedForEach()

describe('months of the record', () => {
  test('a month is registered after its end and some days, with its root, once', async () => {
    await append(20)
    await sequence()
    await sign()
    bed.clock = later(0, 2)
    expect(await chore(registerSegments)).toBe(false)
    bed.clock = later(0)
    while (await chore(registerSegments));
    const found = await segment()
    expect(found).toMatchObject({ state: 'searchable', first: 0, last: 19, hash: null })
    expect(found?.root).toBe(Buffer.from(await readRoot(bed.plan.services.db, bed.tree, 20)).toString('hex'))
    expect(await chore(registerSegments)).toBe(false)
    const [event] = await eventsOf(bed.plan, 'segment.registered')
    expect(event?.says.details).toMatchObject({ month, root: expect.any(String) })
    await verified()
  })

  test('moves into its files when its time is over: rows leave, hashes stay, all still verifies', async () => {
    await cold()
    const found = await segment()
    expect(found).toMatchObject({ state: 'cold', first: 0, last: 699 })
    expect(await here()).toBe(0)
    await verified()
    const text = gunzipSync(
      readFileSync(segmentFile(bed.dataDir, { tree: bed.tree, month }, 'bundle')),
    ).toString('utf8')
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.filter(({ kind }) => kind === 'event')).toHaveLength(700)
    expect(lines.at(-1)).toMatchObject({ kind: 'end', events: 700 })
    expect(text).not.toContain('192.0.2.')
    const bundle = join(bed.dataDir, 'month.jsonl')
    writeFileSync(bundle, text)
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(bed.dataDir, 'segments', 'verify.mjs'), bundle],
      { encoding: 'utf8' },
    )
    expect(stdout).not.toMatch(/tampered/i)
    expect(status).not.toBe(1)
    const values = gunzipSync(
      readFileSync(segmentFile(bed.dataDir, { tree: bed.tree, month }, 'values')),
    ).toString('utf8')
    expect(values).not.toContain('192.0.2.')
    const [event] = (await eventsOf(bed.plan, 'segment.sealed')).filter(
      ({ workspace_id }) => workspace_id !== null,
    )
    expect(event?.says.details).toMatchObject({ month, sha256: found?.hash })
  })

  test('killed between files and commit, while events are accepted: nothing is lost, the next round does it', async () => {
    await append(300)
    await sequence()
    bed.clock = later(0)
    await append(3)
    await sequence()
    await sign()
    while (await chore(registerSegments));
    bed.clock = later(12)
    const killed = bed.plan.services.db.transaction(async (tx) => {
      await moveSegments.run(bed.plan.services, tx, bed.clock)
      throw new Error('killed')
    })
    await Promise.all([expect(killed).rejects.toThrow('killed'), append(10), append(10)])
    expect(await here()).toBe(300)
    expect((await segment())?.state).toBe('searchable')
    await verified()
    await Promise.all([chore(moveSegments), append(10)])
    while (await chore(moveSegments));
    expect(await here()).toBe(0)
    await verified()
  })

  test('no other way out of the inbox: DELETE and UPDATE are refused before, between and after', async () => {
    const refused = { code: '23001' }
    const { db } = bed.plan.services
    await append(5)
    await expect(db.query('delete from audit_inbox')).rejects.toMatchObject(refused)
    await cold(50)
    await expect(db.query('delete from audit_inbox')).rejects.toMatchObject(refused)
    await expect(db.query(`update audit_inbox set canonical = '{}'`)).rejects.toMatchObject(refused)
    await expect(db.query('delete from audit_cold_links')).rejects.toMatchObject(refused)
    await expect(db.query('delete from audit_segments')).rejects.toMatchObject(refused)
    await expect(db.query(`update audit_segments set state = 'searchable'`)).rejects.toMatchObject(refused)
    await expect(db.query(`update audit_segments set file_hash = sha256('x')`)).rejects.toMatchObject(refused)
    await expect(
      db.query('select move_segment($1, $2, null, null, null, now())', [bed.tree, month]),
    ).rejects.toMatchObject(refused)
  })

  test('a month that lacks an event is not moved: nothing that is missing passes for cold', async () => {
    await append(30)
    await sequence()
    await sign()
    bed.clock = later(0)
    while (await chore(registerSegments));
    await bed.plan.services.db.query('alter table audit_inbox disable trigger audit_inbox_kept')
    await bed.plan.services.db.query(
      'delete from audit_inbox where id = (select event_id from audit_log where tree = $1 and index = 7)',
      [bed.tree],
    )
    await bed.plan.services.db.query('alter table audit_inbox enable always trigger audit_inbox_kept')
    bed.clock = later(12)
    await expect(chore(moveSegments)).rejects.toThrow(/lacks events/)
    expect((await verifyWriterChains(bed.plan.services.db)).faults).toContainEqual(
      expect.objectContaining({ why: 'sequence' }),
    )
  })

  test('comes back for thirty days as it was, and goes again', async () => {
    await append(120)
    const rowsOf = async () =>
      (
        await bed.plan.services.db.query(
          `select i.*, (select jsonb_agg(to_jsonb(c) order by c.field) from audit_clear_values c where c.event_id = i.id) as clear
           from audit_inbox i join audit_log l on l.event_id = i.id and l.tree = $1 and l.index < 120 order by l.index`,
          [bed.tree],
        )
      ).rows
    await sequence()
    const before = await rowsOf()
    expect(before).toHaveLength(120)
    await cold(0)
    await run(askBack, { workspaceId: bed.plan.workspaceId, month })
    expect((await segment())?.state).toBe('coming')
    await chore(bringBackSegments)
    expect((await segment())?.state).toBe('back')
    expect(await rowsOf()).toEqual(before)
    await verified()
    bed.clock = new Date(bed.clock.getTime() + 29 * DAY)
    expect(await chore(returnSegments)).toBe(false)
    bed.clock = new Date(bed.clock.getTime() + 2 * DAY)
    expect(await chore(returnSegments)).toBe(true)
    expect((await segment())?.state).toBe('cold')
    expect(await here()).toBe(0)
    await verified()
  })

  test('a file that was changed is refused, and says so', async () => {
    await cold(40)
    appendFileSync(segmentFile(bed.dataDir, { tree: bed.tree, month }, 'values'), 'x')
    await run(askBack, { workspaceId: bed.plan.workspaceId, month })
    await chore(bringBackSegments)
    expect(await segment()).toMatchObject({
      state: 'cold',
      problem: expect.stringMatching(/hash is on record/),
    })
    expect((await eventsOf(bed.plan, 'segment.refused'))[0]).toMatchObject({ outcome: 'failed' })
    // Nor by the database itself: an event that its leaf does not say cannot come in.
    await expect(
      bed.plan.services.db.query('select bring_back_events($1, $2, $3::jsonb, $4::jsonb)', [
        bed.tree,
        month,
        JSON.stringify([{ id: bed.plan.documentId, canonical: '{}', writer: 'w', writer_seq: 1 }]),
        '[]',
      ]),
    ).rejects.toMatchObject({ code: '23001' })
  })
})
