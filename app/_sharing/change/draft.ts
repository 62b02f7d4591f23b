import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import type { BoundaryInput, ClauseInput } from '@/lib/views/boundary'
import type { GivenView, GrantInput, SharingChange, SharingView } from '@/lib/views/sharing'

type Giving = Exclude<Level, 'none'>
/** A clause that gives something: the server takes no other. */
type GivingClause = ClauseInput & { maxLevel: Giving }
export type GivenDraft = GrantInput & { level: Giving }
type Subject = Pick<ClauseInput, 'subjectKind' | 'subjectId'>

/** How sharing is being set. It becomes what the server judges; nothing here decides who may what. */
export interface Draft {
  mode: 'everyone' | 'agencies' | 'people'
  /** Kept while the mode changes, so that trying another one loses nothing. */
  clauses: readonly ClauseInput[]
  /** What is to be given besides, and which rows are to end. */
  given: readonly GivenDraft[]
  blocked: readonly (Subject & { until: string | null })[]
  ended: ReadonlySet<Id>
  label: string
  frozen: boolean | null
}

/** The draft that says what is in force now. */
export const draftOf = ({ clauses, label, frozen }: SharingView): Draft => {
  const rest = { given: [], blocked: [], ended: new Set<Id>(), label: label.id, frozen }
  if (clauses === null) return { mode: 'everyone', clauses: [], ...rest }
  const mode = clauses.length > 0 && clauses.every((one) => one.subjectKind !== 'org') ? 'people' : 'agencies'
  return {
    mode,
    clauses: clauses.map(({ subjectKind, subjectId, maxLevel, until }) => ({
      subjectKind,
      subjectId,
      maxLevel,
      until,
    })),
    ...rest,
  }
}

/** What the boundary would be. A boundary of people names people and groups, no whole agency. */
export const boundaryOf = ({ mode, clauses }: Pick<Draft, 'mode' | 'clauses'>): GivingClause[] | null => {
  if (mode === 'everyone') return null
  const giving = clauses.filter((one): one is GivingClause => one.maxLevel !== 'none')
  return mode === 'people' ? giving.filter((one) => one.subjectKind !== 'org') : giving
}

/** What the API takes of a change: nothing that gives `none`. */
export type GivingChange = Omit<SharingChange, 'boundary' | 'grants'> & {
  boundary?: GivingClause[] | null
  grants?: { add: GivenDraft[]; end: Id[] }
}

/** What the server is asked: only what differs from what is in force. Null: nothing does. */
export const changeOf = (draft: Draft, view: SharingView): GivingChange | null => {
  const now = draftOf(view)
  const boundary = boundaryOf(draft)
  const end = (rows: readonly { id: Id }[]) => rows.map(({ id }) => id).filter((id) => draft.ended.has(id))
  const grants = { add: [...draft.given], end: end(view.grants) }
  const denies = { add: [...draft.blocked], end: end(view.denies) }
  const change: GivingChange = {
    ...(sameBoundary(boundary, boundaryOf(now)) ? {} : { boundary }),
    ...(grants.add.length + grants.end.length === 0 ? {} : { grants }),
    ...(denies.add.length + denies.end.length === 0 ? {} : { denies }),
    ...(draft.label === now.label ? {} : { label: draft.label }),
    ...(draft.frozen === now.frozen || draft.frozen === null ? {} : { frozen: draft.frozen }),
  }
  return Object.keys(change).length === 0 ? null : change
}

/**
 * Another way to set the boundary. The first time it begins with those who must not be lost: the originator's agency, or
 * those of its people who can manage it now.
 */
export const inMode = (draft: Draft, mode: Draft['mode'], view: SharingView): Draft => {
  const has = (kind: ClauseInput['subjectKind']) => draft.clauses.some((one) => one.subjectKind === kind)
  const start: ClauseInput[] = []
  if (mode === 'agencies' && !has('org'))
    start.push(clause({ subjectKind: 'org', subjectId: view.originator.id }, 'manage'))
  if (mode === 'people' && !has('person')) {
    const own = view.who.find((row) => row.agency.id === view.originator.id)?.people ?? []
    for (const { person, level } of own)
      if (level === 'manage') start.push(clause({ subjectKind: 'person', subjectId: person.id }, 'manage'))
  }
  return { ...draft, mode, clauses: [...draft.clauses, ...start] }
}

/** Level `none` takes the clause out. */
export const withLevel = (draft: Draft, subject: Subject, level: Level): Draft => {
  const at = draft.clauses.findIndex((one) => isOf(one, subject))
  const old = draft.clauses[at]
  if (level === 'none') return { ...draft, clauses: draft.clauses.filter((one) => one !== old) }
  if (old === undefined) return { ...draft, clauses: [...draft.clauses, clause(subject, level)] }
  return { ...draft, clauses: draft.clauses.with(at, { ...old, maxLevel: level }) }
}

export const withUntil = (draft: Draft, target: Subject, until: string | null): Draft => ({
  ...draft,
  clauses: draft.clauses.map((one) => (isOf(one, target) ? { ...one, until } : one)),
})

export const clauseFor = (
  { clauses }: Pick<Draft, 'clauses'>,
  subjectKind: ClauseInput['subjectKind'],
  subjectId: Id,
): ClauseInput | undefined => clauses.find((one) => isOf(one, { subjectKind, subjectId }))

/**
 * Lets somebody in: through the boundary where there is one, and by a grant where neither their role nor what they were
 * given reaches that far. What comes of it is the server's to say.
 * @param byRole what a person could do if no boundary stood in the way; null for agencies and groups
 */
export const withAdded = (draft: Draft, added: GivenDraft, byRole: 'reaches' | 'falls short'): Draft => {
  const { level, until, ...subject } = added
  const inside =
    draft.mode === 'everyone' ? draft : withUntil(withLevel(draft, subject, level), subject, until)
  if (byRole === 'reaches') return inside
  return { ...inside, given: [...inside.given.filter((one) => !isOf(one, subject)), added] }
}

export const withoutGiven = (draft: Draft, subject: Subject): Draft => ({
  ...draft,
  given: draft.given.filter((one) => !isOf(one, subject)),
})

export const withBlock = (draft: Draft, subject: Subject, until: string | null): Draft => ({
  ...draft,
  blocked: [
    ...draft.blocked.filter((one) => !isOf(one, subject)),
    { subjectKind: subject.subjectKind, subjectId: subject.subjectId, until },
  ],
})

export const withoutBlock = (draft: Draft, subject: Subject): Draft => ({
  ...draft,
  blocked: draft.blocked.filter((one) => !isOf(one, subject)),
})

/** Marks a row in force to end, or takes the mark back. */
export const withEnded = (draft: Draft, id: Id, ended: boolean): Draft => {
  const next = new Set(draft.ended)
  if (ended) next.add(id)
  else next.delete(id)
  return { ...draft, ended: next }
}

/** Another level or end for what is in force: the row ends and another begins. */
export const withRegiven = (draft: Draft, row: GivenView, changed: Partial<GivenDraft>): Draft => {
  const { subjectKind, subjectId, level, until } = row
  const regiven = { subjectKind, subjectId, level: level as Giving, until, ...changed }
  return { ...withEnded(withoutGiven(draft, row), row.id, true), given: [...draft.given, regiven] }
}

export const isOf = (one: Subject, other: Subject): boolean =>
  one.subjectKind === other.subjectKind && one.subjectId === other.subjectId

/** Whether asking the server makes sense; order does not matter. */
export const sameBoundary = (a: BoundaryInput, b: BoundaryInput): boolean => spell(a) === spell(b)

const spell = (boundary: BoundaryInput): string =>
  boundary === null
    ? 'everyone'
    : boundary
        .map((one) => `${one.subjectKind} ${one.subjectId} ${one.maxLevel} ${one.until ?? ''}`)
        .sort()
        .join('\n')

const clause = ({ subjectKind, subjectId }: Subject, maxLevel: Level): ClauseInput => ({
  subjectKind,
  subjectId,
  maxLevel,
  until: null,
})
