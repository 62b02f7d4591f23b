import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Boundary, Facts, Source } from '@/lib/policy/facts'
import type { SharingChange, SharingRef } from '@/lib/views/sharing'
import { readLabels } from '@/server/marking/labels-in-use'
import type { OperationContext } from '@/server/operations/run-operation'
import { compareLevels, type LevelChange } from '@/server/operations/sharing/compare-levels'
import { hypothesisOf, type Planned, planOf } from '@/server/operations/sharing/hypothesis'
import { assertSubjectsTakePart } from '@/server/operations/sharing/subjects'
import type { Authorized } from '@/server/policy/authorize'
import { type Concerned, everyoneOn } from '@/server/policy/who-can'

/** Each different end date is one more moment at which everyone's level is worked out. */
const MOST_MOMENTS = 24

export interface JudgedChange {
  planned: Planned
  /** Where the text came from, of the links that are to end. */
  ended: readonly Source[]
  before: SharingState
  after: SharingState
  gain: LevelChange[]
  lose: LevelChange[]
  /** Everyone on everything that is concerned, at each moment, as it is. */
  moments: Concerned[][]
  /** SHA-256, hex, of the canonical before, after, and who gains and loses what: what a confirmation is bound to. */
  hash: string
}

/** What a change can change, by what it says: without ids of rows and without the order in which they were written. */
export interface SharingState {
  boundary: ReturnType<typeof plain>
  grants: { subjectKind: string; subjectId: Id; level: string; from: number; until: number | null }[]
  denies: { subjectKind: string; subjectId: Id; from: number; until: number | null }[]
  label: string | null
  /** Null of a document. */
  frozen: boolean | null
  /** What limits it, by the link. */
  sources: Id[]
}

/**
 * Works out a change without making it. The caller has authorized the object.
 * @throws DomainError `invalid` for a change that says nothing, twice the same, or what is not there
 */
export const sharingChange = async (
  context: OperationContext,
  authorized: Authorized,
  change: SharingChange,
): Promise<JudgedChange> => {
  const ref = refOf(authorized)
  const now = context.at.getTime()
  const current = hasState(authorized.asIs, ref)
  assertChangeIsSound(change, current, now)
  const added = [...(change.boundary ?? []), ...(change.grants?.add ?? []), ...(change.denies?.add ?? [])]
  await assertSubjectsTakePart(context, authorized.workspaceId, added)
  const label = change.label === undefined ? undefined : (await readLabels(context.tx))(change.label)
  if (change.label !== undefined && label === undefined)
    throw new DomainError('invalid', 'There is no such label here. Reload the page, then choose again.')
  const planned = planOf(ref, change, label, now)
  const after = hypothesisOf(planned)
  const would = hasState(after(authorized.asIs), ref)
  const moments: Concerned[][] = []
  for (const moment of momentsOf([current, would], now)) {
    moments.push(await everyoneOn(context.tx, ref, moment, { ask: 'govern' }))
  }
  const { gain, lose } = compareLevels(moments, after, planned)
  const [was, is] = [stateOf(current, now), stateOf(would, now)]
  const bound = { ...ref, before: was, after: is, gain: sorted(gain), lose: sorted(lose) }
  const hash = createHash('sha256')
    .update(canonicalize(bound) ?? '')
    .digest('hex')
  const ended = current.sources.filter(({ id }) => change.sources?.end.includes(id))
  return { planned, ended, before: was, after: is, gain, lose, moments, hash }
}

/** The object of an authorization, as a change names it. */
export const refOf = ({ sectionId, documentId }: Authorized): SharingRef => {
  if (sectionId !== null) return { sectionId }
  if (documentId !== null) return { documentId }
  throw new Error('a change of sharing on a workspace')
}

interface CurrentState {
  boundary: Boundary | null
  grants: Facts['grants']
  denies: Facts['denies']
  label: string | null
  frozen: boolean | null
  sources: readonly Source[]
}

const hasState = (facts: Facts, ref: SharingRef): CurrentState => {
  const on = 'sectionId' in ref ? 'section' : 'document'
  const object = on === 'section' ? facts.section : facts.document
  return {
    boundary: object?.boundary ?? null,
    grants: facts.grants.filter((row) => row.on === on),
    denies: facts.denies.filter((row) => row.on === on),
    label: object?.label.id ?? null,
    frozen: on === 'section' ? (facts.section?.frozen ?? null) : null,
    sources: on === 'section' ? (facts.section?.sources ?? []) : [],
  }
}

const stateOf = (
  { boundary, grants, denies, label, frozen, sources }: CurrentState,
  now: number,
): SharingState => {
  const named = ({ subjectKind, subjectId, validity }: Facts['denies'][number]) => ({
    subjectKind,
    subjectId,
    // What is added begins when it is applied: only a beginning that lies ahead says something.
    from: validity.from > now ? validity.from : 0,
    until: validity.until,
  })
  return {
    boundary: plain(boundary),
    grants: ordered(grants.map((grant) => ({ ...named(grant), level: grant.level }))),
    denies: ordered(denies.map(named)),
    label,
    frozen,
    sources: sources.map(({ id }) => id).sort(),
  }
}

/** A boundary by what it says, without the ids of its rows and without the order in which it was written. */
export const plain = (boundary: Boundary | null) =>
  boundary &&
  ordered(
    boundary.clauses.map(({ subjectKind, subjectId, maxLevel, validity }) => ({
      subjectKind,
      subjectId,
      maxLevel,
      until: validity.until,
    })),
  )

const ordered = <Row>(rows: Row[]): Row[] =>
  rows
    .map((row) => [JSON.stringify(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)

const sorted = (changes: readonly LevelChange[]) => ordered([...changes])

const assertChangeIsSound = (change: SharingChange, current: CurrentState, now: number): void => {
  const { boundary, grants, denies, sources } = change
  const isElse =
    boundary !== undefined ||
    [change.label, change.frozen, grants, denies].some((field) => field !== undefined)
  if (sources !== undefined && isElse)
    throw new DomainError(
      'invalid',
      'A release from what it came from stands alone. Change the rest after it.',
    )
  const isNothing =
    sources === undefined &&
    boundary === undefined &&
    change.label === undefined &&
    change.frozen === undefined &&
    [grants?.add, grants?.end, denies?.add, denies?.end].every((rows) => (rows ?? []).length === 0)
  if (isNothing) throw new DomainError('invalid', 'Nothing was changed yet. Choose something first.')
  if (change.frozen !== undefined && current.frozen === null)
    throw new DomainError('invalid', 'Only a section can be frozen. Archive a document instead.')
  for (const rows of [boundary ?? [], grants?.add ?? [], denies?.add ?? []]) {
    const named = new Set(rows.map(({ subjectKind, subjectId }) => `${subjectKind}:${subjectId}`))
    if (named.size !== rows.length)
      throw new DomainError('invalid', 'Somebody is named twice. Keep one line for each.')
    if (rows.some(({ until }) => until !== null && Date.parse(until) <= now))
      throw new DomainError('invalid', 'An end date lies in the past. Choose a later one, or leave it open.')
  }
  const here = new Set([...current.grants, ...current.denies, ...current.sources].map(({ id }) => id))
  if ([...(grants?.end ?? []), ...(denies?.end ?? []), ...(sources?.end ?? [])].some((id) => !here.has(id)))
    throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
}

const momentsOf = (states: readonly CurrentState[], now: number): number[] => {
  const rows = states.flatMap(({ boundary, grants, denies, sources }) => [
    ...(boundary?.clauses ?? []),
    ...grants,
    ...denies,
    ...sources.flatMap((source) => [
      source,
      ...source.denies,
      ...(source.document.boundary?.clauses ?? []),
      ...(source.section?.boundary?.clauses ?? []),
    ]),
  ])
  const later = rows
    .flatMap(({ validity }) => [validity.from, validity.until])
    .filter((moment): moment is number => moment !== null && moment > now)
  const moments = [...new Set([now, ...later])].sort((a, b) => a - b)
  if (moments.length > MOST_MOMENTS)
    throw new DomainError('invalid', `At most ${MOST_MOMENTS - 1} different end dates on one thing.`)
  return moments
}
