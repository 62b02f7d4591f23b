import { describe, expect, it } from 'vitest'
import type { Level } from '@/lib/policy/vocabulary'
import { differences } from '@/server/operations/explain/differences'

const change = (at: number, name: string) => ({ at, name })

/** Ana reads from 2, edits from 5; Bob reads from 5 on and loses it at 9. */
const levels = (moment: number): ReadonlyMap<string, Level> =>
  new Map<string, Level>([
    ['ana', moment >= 5 ? 'edit' : moment >= 2 ? 'read' : 'none'],
    ['bob', moment >= 5 && moment < 9 ? 'read' : 'none'],
  ])

describe('the difference between two moments', () => {
  it('gives each step its moment, with everything that happened then and nothing of another moment', async () => {
    const causes = [change(2, 'a'), change(3, 'b'), change(5, 'c'), change(5, 'd'), change(5, 'e')]
    const found = await differences(async (at) => levels(at), 0, 6, causes)
    const told = found.map(({ personId, steps }) => [
      personId,
      steps.map(
        ({ before, after, causes: of }) => `${before} ${after} ${of.map(({ name }) => name).join('')}`,
      ),
    ])
    expect(told).toEqual([
      ['ana', ['none read a', 'read edit cde']],
      ['bob', ['none read cde']],
    ])
  })

  it('says nothing of who is at the second moment what they were at the first', async () => {
    const causes = [change(5, 'c'), change(9, 'f')]
    const found = await differences(async (at) => levels(at), 4, 10, causes)
    expect(found.map(({ personId }) => personId)).toEqual(['ana'])
  })
})
