import { describe, expect, test } from 'vitest'
import { TLP_SET } from '@/lib/marking/label-set'
import { rollUp } from '@/lib/marking/roll-up'
import { TLP } from '@/lib/marking/tlp'

const label = (id: string) => TLP_SET.byId(id) ?? expect.fail(`no label ${id}`)

describe('TLP 2.0', () => {
  test('names and colours are those that FIRST fixes, on black', () => {
    expect(TLP.map(({ id, colours }) => [id, colours.text, colours.background])).toEqual([
      ['TLP:CLEAR', '#FFFFFF', '#000000'],
      ['TLP:GREEN', '#33FF00', '#000000'],
      ['TLP:AMBER', '#FFC000', '#000000'],
      ['TLP:AMBER+STRICT', '#FFC000', '#000000'],
      ['TLP:RED', '#FF2B2B', '#000000'],
    ])
  })

  test('a stricter label never allows what a laxer one forbids', () => {
    const freedom = { no: 0, reason: 1, yes: 2 }
    const naming = (named: string | null) => (named === null ? 0 : named === 'orgs' ? 1 : 2)
    for (const [i, stricter] of TLP.entries()) {
      expect(stricter.rank).toBe(i)
      const laxer = TLP[i - 1]
      if (laxer === undefined) continue
      expect(naming(stricter.named)).toBeGreaterThanOrEqual(naming(laxer.named))
      for (const how of ['export', 'print', 'copy'] as const) {
        expect(freedom[stricter[how]]).toBeLessThanOrEqual(freedom[laxer[how]])
      }
    }
  })

  test('a name that no set knows is no label', () => {
    for (const id of ['', 'RED', 'tlp:red', 'TLP:PURPLE', 'constructor'])
      expect(TLP_SET.byId(id)).toBeUndefined()
  })
})

test('a whole is as strict as its strictest part, and never laxer than its own label', () => {
  expect(rollUp(label('TLP:GREEN'), [label('TLP:AMBER'), label('TLP:RED'), label('TLP:CLEAR')]).id).toBe(
    'TLP:RED',
  )
  expect(rollUp(label('TLP:AMBER'), [label('TLP:GREEN')]).id).toBe('TLP:AMBER')
  expect(rollUp(label('TLP:AMBER'), []).id).toBe('TLP:AMBER')
})
