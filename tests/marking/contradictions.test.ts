import { describe, expect, test } from 'vitest'
import { contradictionOf } from '@/lib/marking/contradictions'
import type { Label } from '@/lib/marking/label'
import { TLP } from '@/lib/marking/tlp'
import { factsOf } from '@/tests/policy/case-language'

const label = (id: string): Label => TLP.find((one) => one.id === id) ?? expect.fail(`no label ${id}`)
const ORG_OF: Record<string, string> = { County: 'County', Weather: 'Weather', Ann: 'County', Wim: 'Weather' }
const found = (of: Label, boundary?: string[]) => {
  const { section } = factsOf({ section: boundary === undefined ? {} : { boundary } })
  const answer = contradictionOf(
    of,
    section?.boundary ?? null,
    'County',
    ({ subjectId }) => ORG_OF[subjectId],
  )
  return answer && [answer.kind, answer.keep?.map(({ subjectId }) => subjectId) ?? null]
}

describe('a label that the boundary contradicts', () => {
  test.each<[string, string[] | undefined, unknown]>([
    ['TLP:RED', undefined, ['nobody_is_named', null]],
    ['TLP:RED', [], ['nobody_is_named', null]],
    ['TLP:RED', ['org County: manage'], ['not_one_by_one', null]],
    ['TLP:RED', ['org County: manage', 'person Ann: read'], ['not_one_by_one', ['Ann']]],
    ['TLP:RED', ['person Ann: read', 'person Wim: read'], null],
    ['TLP:AMBER+STRICT', undefined, ['nobody_is_named', null]],
    ['TLP:AMBER+STRICT', ['org County: manage', 'org Weather: read'], ['several_agencies', ['County']]],
    ['TLP:AMBER+STRICT', ['org County: manage', 'person Wim: read'], ['several_agencies', ['County']]],
    ['TLP:AMBER+STRICT', ['org County: manage', 'person Ann: read'], null],
    ['TLP:AMBER+STRICT', ['org Weather: manage'], null],
    ['TLP:AMBER', undefined, null],
    ['TLP:GREEN', ['org County: manage', 'org Weather: read'], null],
  ])('%s with %j', (id, boundary, expected) => expect(found(label(id), boundary)).toEqual(expected))

  test('one of an installation’s own that names whom it is for', () => {
    const own = { ...label('TLP:AMBER'), id: 'COUNTY ONLY', orgs: ['County'] }
    expect(found(own, ['org County: manage', 'org Weather: read'])).toEqual(['not_on_the_list', ['County']])
    expect(found(own, ['org Weather: read'])).toEqual(['not_on_the_list', null])
    expect(found({ ...own, people: ['Ann'] }, ['person Ann: read'])).toBeNull()
    expect(found(own)).toBeNull()
  })
})
