import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Boundary, Clause } from '@/lib/policy/facts'
import type { BoundaryInput, ClauseInput } from '@/lib/views/boundary'
import { compareLevels, type LevelChange, levelsOf } from '@/server/operations/boundaries/compare-levels'
import { assertSubjectsTakePart } from '@/server/operations/boundaries/subjects'
import type { OperationContext } from '@/server/operations/run-operation'
import type { Authorized, PersonAnswer } from '@/server/policy/authorize'

/** Each different end date is one more moment at which everyone's level is worked out. */
const MOST_MOMENTS = 24

export interface BoundaryChange {
  before: Boundary | null
  after: Boundary | null
  gain: LevelChange[]
  lose: LevelChange[]
  /** Everyone's level under the new boundary: now, and at each moment at which an end date passes. */
  levels: PersonAnswer[][]
  /** SHA-256, hex, of the canonical before, after, and who gains and loses: what a confirmation is bound to. */
  hash: string
}

/** Works out a change without making it. The caller has authorized `read` on the section at least. */
export const boundaryChange = async (
  context: OperationContext,
  authorized: Authorized,
  input: BoundaryInput,
): Promise<BoundaryChange> => {
  const { section } = authorized.facts
  if (section === null) throw new Error('a boundary change without a section')
  const now = context.at.getTime()
  assertClauses(input, now)
  await assertSubjectsTakePart(context, authorized.workspaceId, input ?? [])
  const before = section.boundary
  const after = input && { id: newId(), clauses: input.map((clause) => clauseOf(clause, now)) }
  const moments = momentsOf([before, after], now)
  const was: PersonAnswer[][] = []
  const levels: PersonAnswer[][] = []
  for (const moment of moments) {
    was.push(await levelsOf(context, section.id, undefined, moment))
    levels.push(await levelsOf(context, section.id, after, moment))
  }
  const { gain, lose } = compareLevels(was, levels)
  const bound = { section: section.id, before: plain(before), after: plain(after), gain, lose }
  const hash = createHash('sha256')
    .update(canonicalize(bound) ?? '')
    .digest('hex')
  return { before, after, gain, lose, levels, hash }
}

const clauseOf = ({ subjectKind, subjectId, maxLevel, until }: ClauseInput, now: number): Clause => ({
  id: newId(),
  subjectKind,
  subjectId,
  maxLevel,
  validity: { from: now, until: until === null ? null : Date.parse(until) },
})

/** A boundary by what it says, without the ids of its rows and without the order in which it was written. */
export const plain = (boundary: Boundary | null) =>
  boundary?.clauses
    .map(({ subjectKind, subjectId, maxLevel, validity }) => ({
      subjectKind,
      subjectId,
      maxLevel,
      until: validity.until,
    }))
    .sort((a, b) => (`${a.subjectKind}${a.subjectId}` < `${b.subjectKind}${b.subjectId}` ? -1 : 1)) ?? null

const assertClauses = (input: BoundaryInput, now: number): void => {
  const named = new Set((input ?? []).map(({ subjectKind, subjectId }) => `${subjectKind}:${subjectId}`))
  if (named.size !== (input ?? []).length)
    throw new DomainError('invalid', 'Somebody is named twice. Keep one line for each.')
  if (input?.some(({ until }) => until !== null && Date.parse(until) <= now))
    throw new DomainError('invalid', 'An end date lies in the past. Choose a later one, or leave it open.')
}

const momentsOf = (boundaries: readonly (Boundary | null)[], now: number): number[] => {
  const clauses = boundaries.flatMap((boundary) => boundary?.clauses ?? [])
  const later = clauses
    .flatMap(({ validity }) => [validity.from, validity.until])
    .filter((moment): moment is number => moment !== null && moment > now)
  const moments = [...new Set([now, ...later])].sort((a, b) => a - b)
  if (moments.length > MOST_MOMENTS)
    throw new DomainError('invalid', `At most ${MOST_MOMENTS - 1} different end dates in one boundary.`)
  return moments
}

/** Everyone a change or a boundary speaks of. */
export const peopleOf = (changes: readonly LevelChange[]): Id[] => changes.map(({ personId }) => personId)
