import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { destroyMonthKeys } from '@/server/audit/retention/destroy-month-keys'
import { sweepDropped } from '@/server/audit/retention/move-segments'
import { segmentFile } from '@/server/audit/retention/segment-files'
import { liftHold } from '@/server/operations/holds/lift-hold'
import { placeHoldHere } from '@/server/operations/holds/place-hold-here'
import { agree } from '@/server/operations/retention/agree'
import { askBack } from '@/server/operations/retention/ask-back'
import { askDrop } from '@/server/operations/retention/ask-drop'
import { declineRetention } from '@/server/operations/retention/decline-retention'
import { setPeriods } from '@/server/operations/retention/set-periods'
import {
  aBedForEach,
  bed,
  chore,
  cold,
  later,
  month,
  run,
  segment,
  verified,
  view,
} from '@/tests/audit/retention/bed'
import { eventsOf } from '@/tests/operations/plan'

aBedForEach()

describe('dropping', () => {
  const droppable = async () => {
    await cold(60)
    bed.clock = later(30)
    const found = await segment()
    return { workspaceId: bed.plan.workspaceId, month, hash: found?.hash ?? '' }
  }

  test('takes auditors of two organisations, bound to the file; hashes stay, the month’s key goes', async () => {
    const input = await droppable()
    await expect(run(askDrop, { ...input, hash: '0'.repeat(64) })).rejects.toMatchObject({ code: 'conflict' })
    const { requestId } = await run(askDrop, input)
    const request = { retentionRequestId: requestId, hash: input.hash }
    await expect(run(agree, request)).rejects.toMatchObject({ code: 'denied' })
    const colleague = await bed.plan.world.person(bed.plan.orgs.county, { name: 'Second of County' })
    await bed.plan.world.membership(bed.plan.workspaceId, colleague, 'auditor')
    const second = await bed.plan.world.actor(colleague)
    await bed.plan.services.db.query(`update sessions set expires_at = now() + interval '20 years'`)
    await expect(run(agree, request, second)).rejects.toMatchObject({ code: 'denied' })
    await expect(run(agree, { ...request, hash: '1'.repeat(64) }, bed.other)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(existsSync(segmentFile(bed.dataDir, { tree: bed.tree, month }, 'bundle'))).toBe(true)
    await run(agree, request, bed.other)
    await chore(sweepDropped)
    expect((await segment())?.state).toBe('dropped')
    for (const part of ['bundle', 'values'] as const)
      expect(existsSync(segmentFile(bed.dataDir, { tree: bed.tree, month }, part))).toBe(false)
    const { rows } = await bed.plan.services.db.query(
      'select destroyed_because from audit_person_keys where owner = $1',
      [`month:${month}:${bed.tree}`],
    )
    expect(rows).toEqual([{ destroyed_because: 'retention' }])
    await verified()
    await expect(run(askBack, { workspaceId: bed.plan.workspaceId, month })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('not before its time, not after 72 hours, not once declined, not while it is held', async () => {
    await cold(60)
    const early = { workspaceId: bed.plan.workspaceId, month, hash: (await segment())?.hash ?? '' }
    await expect(run(askDrop, early)).rejects.toThrow(/must be kept until/)
    bed.clock = later(30)
    const { requestId } = await run(askDrop, early)
    bed.clock = new Date(bed.clock.getTime() + 72 * 3_600_000 + 1)
    await expect(run(agree, { retentionRequestId: requestId, hash: early.hash }, bed.other)).rejects.toThrow(
      /has ended/,
    )
    const offered = async () => (await segment())?.can
    expect((await offered())?.drop).toBe(true)
    const again = await run(askDrop, early)
    expect((await offered())?.whyNotDrop).toMatch(/^Somebody asks for it already/)
    await run(declineRetention, { retentionRequestId: again.requestId }, bed.other)
    await expect(
      run(agree, { retentionRequestId: again.requestId, hash: early.hash }, bed.other),
    ).rejects.toThrow(/has ended/)
    const third = await run(askDrop, early)
    const place = { workspaceId: bed.plan.workspaceId, personId: null, orgId: null, reason: 'An inquiry.' }
    const { holdId } = await run(placeHoldHere, place)
    await expect(
      run(agree, { retentionRequestId: third.requestId, hash: early.hash }, bed.other),
    ).rejects.toThrow(new RegExp(holdId))
    expect(await chore(destroyMonthKeys)).toBe(false)
    await run(liftHold, { holdId })
    await run(liftHold, { holdId }, bed.other)
    await run(agree, { retentionRequestId: third.requestId, hash: early.hash }, bed.other)
    expect((await segment())?.state).toBe('dropped')
  })

  test('keys of nobody’s values go by themselves when their month need not be kept any more', async () => {
    await cold(60)
    bed.clock = later(29)
    expect(await chore(destroyMonthKeys)).toBe(false)
    bed.clock = later(30)
    expect(await chore(destroyMonthKeys)).toBe(true)
    while (await chore(destroyMonthKeys));
    const { rows } = await bed.plan.services.db.query(
      `select 1 from audit_person_keys where owner like 'month:${month}:%' and wrapped is not null`,
    )
    expect(rows).toEqual([])
  })
})

describe('periods', () => {
  test('longer holds at once; shorter takes an auditor of another organisation', async () => {
    const { workspaceId } = bed.plan
    expect(await run(setPeriods, { workspaceId, searchableMonths: 24, coldMonths: 60 })).toEqual({
      waits: false,
    })
    expect((await view()).periods).toEqual({ searchableMonths: 24, coldMonths: 60 })
    await expect(run(setPeriods, { workspaceId, searchableMonths: 1, coldMonths: 0 })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(await run(setPeriods, { workspaceId, searchableMonths: 6, coldMonths: 12 })).toEqual({
      waits: true,
    })
    expect((await view()).periods).toEqual({ searchableMonths: 24, coldMonths: 60 })
    const [waiting] = (await view()).requests
    const request = { retentionRequestId: waiting?.id ?? '', hash: waiting?.hash ?? '' }
    await expect(run(agree, request)).rejects.toMatchObject({ code: 'denied' })
    await run(agree, request, bed.other)
    expect((await view()).periods).toEqual({ searchableMonths: 6, coldMonths: 12 })
    expect((await eventsOf(bed.plan, 'retention.changed'))[0]?.says).toMatchObject({
      before: { coldMonths: 60 },
      after: { coldMonths: 12 },
    })
  })
})
