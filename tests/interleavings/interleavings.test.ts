import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Interleaved, interleave, KINDS } from '@/tests/interleavings/interleave'
import { type InterleavingBed, openInterleavingBed } from '@/tests/interleavings/scene'
import { summaryOf } from '@/tests/interleavings/summary'

/** Of each kind; ten thousand of all: `node --import tsx tests/interleavings/main.ts`. */
const OF_EACH = 6

let bed: InterleavingBed
const all: Interleaved[] = []
/** Another one every time: what fails names its own. */
const first = Math.floor(Math.random() * 1_000_000_000)
beforeAll(async () => {
  bed = await openInterleavingBed()
})
afterAll(() => bed.close())

it.each(KINDS)(
  '[R1] [R3] [R4] [R5] [R6] [R7] [R8] %s, while others write, read and take out',
  async (kind) => {
    for (let i = 0; i < OF_EACH; i++) all.push(await interleave(bed, first + i, kind))
    const { problems, interleavings } = summaryOf(kind, all)
    expect(all.flatMap((one) => one.problems)).toEqual([])
    expect([problems, interleavings]).toEqual([0, OF_EACH])
  },
)

/** A side that is rarely seen is looked for in so many more. */
const MOST_MORE = 300
const SIDES: Record<string, (one: Interleaved) => boolean> = {
  'written before': ({ writesBefore }) => writesBefore > 0,
  'refused to write': ({ writesRefused }) => writesRefused > 0,
  'opened before': ({ readBefore }) => readBefore,
  'refused to open': ({ readRefused }) => readRefused,
  'taken out before': ({ takenBefore }) => takenBefore,
  'refused to take out': ({ takenRefused }) => takenRefused,
}

it('both sides of the revoking commit were seen', async () => {
  const unseen = () => Object.keys(SIDES).filter((side) => !all.some((one) => SIDES[side]?.(one)))
  for (let i = 0; i < MOST_MORE && unseen().length > 0; i++)
    all.push(await interleave(bed, first + OF_EACH + i, KINDS[i % KINDS.length]))
  expect(all.flatMap((one) => one.problems)).toEqual([])
  expect(unseen()).toEqual([])
})
