import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import type { BoundaryInput, BoundaryView, ClauseInput } from '@/lib/views/boundary'

/** How a boundary is being set. It becomes what the server judges; nothing here decides who may what. */
export interface Draft {
  mode: 'everyone' | 'agencies' | 'people'
  /** Kept while the mode changes, so that trying another one loses nothing. */
  clauses: readonly ClauseInput[]
}

/** The draft that says what is in force now. */
export const draftOf = ({ clauses }: BoundaryView): Draft => {
  if (clauses === null) return { mode: 'everyone', clauses: [] }
  const mode =
    clauses.length > 0 && clauses.every((one) => one.subjectKind === 'person') ? 'people' : 'agencies'
  return {
    mode,
    clauses: clauses.map(({ subjectKind, subjectId, maxLevel, until }) => ({
      subjectKind,
      subjectId,
      maxLevel,
      until,
    })),
  }
}

/** A clause that gives something: the server takes no other. */
export type GivingClause = ClauseInput & { maxLevel: Exclude<Level, 'none'> }

/** What the server is asked. A boundary of people names nobody but people. */
export const boundaryOf = ({ mode, clauses }: Draft): GivingClause[] | null => {
  if (mode === 'everyone') return null
  const giving = clauses.filter((one): one is GivingClause => one.maxLevel !== 'none')
  return mode === 'people' ? giving.filter((one) => one.subjectKind === 'person') : giving
}

/**
 * Another way to set it. The first time it begins with those who must not be lost: the originator's agency, or those
 * of its people who can manage the section now.
 */
export const inMode = (draft: Draft, mode: Draft['mode'], view: BoundaryView): Draft => {
  const has = (kind: ClauseInput['subjectKind']) => draft.clauses.some((one) => one.subjectKind === kind)
  const start: ClauseInput[] = []
  if (mode === 'agencies' && !has('org')) start.push(clause('org', view.originator.id, 'manage'))
  if (mode === 'people' && !has('person')) {
    const own = view.who.find((row) => row.agency.id === view.originator.id)?.people ?? []
    for (const { person, level } of own)
      if (level === 'manage') start.push(clause('person', person.id, 'manage'))
  }
  return { mode, clauses: [...draft.clauses, ...start] }
}

/** Level `none` takes the clause out. */
export const withLevel = (
  draft: Draft,
  subjectKind: ClauseInput['subjectKind'],
  subjectId: Id,
  level: Level,
): Draft => {
  const at = draft.clauses.findIndex((one) => one.subjectKind === subjectKind && one.subjectId === subjectId)
  const old = draft.clauses[at]
  if (level === 'none') return { ...draft, clauses: draft.clauses.filter((one) => one !== old) }
  if (old === undefined)
    return { ...draft, clauses: [...draft.clauses, clause(subjectKind, subjectId, level)] }
  return { ...draft, clauses: draft.clauses.with(at, { ...old, maxLevel: level }) }
}

export const withUntil = (draft: Draft, target: ClauseInput, until: string | null): Draft => ({
  ...draft,
  clauses: draft.clauses.map((one) => (one === target ? { ...one, until } : one)),
})

export const clauseFor = (draft: Draft, kind: ClauseInput['subjectKind'], id: Id): ClauseInput | undefined =>
  draft.clauses.find((one) => one.subjectKind === kind && one.subjectId === id)

/** Whether asking the server makes sense; order does not matter. */
export const sameBoundary = (a: BoundaryInput, b: BoundaryInput): boolean => spell(a) === spell(b)

const spell = (boundary: BoundaryInput): string =>
  boundary === null
    ? 'everyone'
    : boundary
        .map((one) => `${one.subjectKind} ${one.subjectId} ${one.maxLevel} ${one.until ?? ''}`)
        .sort()
        .join('\n')

const clause = (subjectKind: ClauseInput['subjectKind'], subjectId: Id, maxLevel: Level): ClauseInput => ({
  subjectKind,
  subjectId,
  maxLevel,
  until: null,
})
