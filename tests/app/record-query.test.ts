import { describe, expect, it } from 'vitest'
import { eventOptions } from '@/app/w/_record/event-words'
import { filterOf, queryOf } from '@/app/w/_record/record-query'
import { EVENTS } from '@/lib/audit/catalogue'
import { newId } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'

const read = (text: string) => filterOf(new URLSearchParams(text))

describe('the filter of the record in the URL', () => {
  it('comes back as it was sent', () => {
    const full: RecordFilter = {
      personId: newId(),
      orgId: newId(),
      documentId: newId(),
      sectionId: newId(),
      type: 'section.opened',
      outcome: 'denied',
      from: '2026-03-03T10:00:00.000Z',
      until: '2026-03-04T10:00:00.000Z',
    }
    expect(read(queryOf(full).slice(1))).toEqual(full)
    expect(queryOf({})).toBe('')
  })

  it('leaves out what does not make sense', () => {
    const query = 'person=me&org=%00&event=toString&outcome=maybe&from=yesterday&until=&other=1'
    expect(read(query)).toEqual({})
  })

  it('reads a moment in any zone as UTC', () => {
    expect(read('from=2026-03-03T12:00:00%2B02:00').from).toBe('2026-03-03T10:00:00.000Z')
  })
})

describe('kinds of events to choose from', () => {
  it('are all of the catalogue, each in words without a blank left open', () => {
    const options = eventOptions()
    expect(options.map(({ value }) => value)).toEqual(Object.keys(EVENTS))
    for (const { label } of options) expect(label).not.toMatch(/[{}]/)
  })
})
