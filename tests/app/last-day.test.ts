import { describe, expect, it } from 'vitest'
import { dayForInput, lastDayOf, lastMomentOf, untilOfLastDay } from '@/app/w/_members/last-day'

describe('the last day of a membership', () => {
  it('ends at the following midnight of the reader', () => {
    const until = untilOfLastDay('2026-03-31') ?? ''
    expect(new Date(until)).toEqual(new Date(2026, 3, 1))
    expect(dayForInput(lastMomentOf(until))).toBe('2026-03-31')
  })

  it.each(['2026-01-31', '2028-02-29', '2026-12-31', '2026-03-29', '2026-10-25'])(
    'comes back as it was typed: %s',
    (typed) => expect(lastDayOf(untilOfLastDay(typed) ?? '')).toBe(typed),
  )

  it.each(['', '2026-02-30', '2026-13-01', '31.03.2026', 'soon'])('is none for %j', (typed) =>
    expect(untilOfLastDay(typed)).toBeNull(),
  )
})
