import type { Id } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import type { Boundary, Clause, Facts, SubjectFacts, Validity } from '@/lib/policy/facts'
import { inForce } from '@/lib/policy/validity'
import { LEVELS, ROLES, type Role, SUBJECT_KINDS } from '@/lib/policy/vocabulary'
import type { Index, indexNaming } from '@/server/policy/index-rows'
import type { ObjectRow } from '@/server/policy/object-rows'
import type { PolicyRow, SubjectRow } from '@/server/policy/policy-rows'

/** Milliseconds that another node's clock may be ahead of this one's. */
const AHEAD = 60_000

/** One object, placed: its own row and those above it. The workspace itself has neither document nor section. */
export interface LoadedObject {
  workspaceId: Id
  documentId: Id | null
  sectionId: Id | null
  removed: boolean
  /** Name of the organisation that owns the document or originated the section; of a workspace, of its host. */
  originator: string
  row: ObjectRow
}

export const subjectFacts = (
  row: SubjectRow,
  session: SubjectFacts['session'],
  index: Index,
): SubjectFacts => ({
  personId: row.person_id,
  personState: row.person_state,
  orgId: row.org_id,
  orgState: row.org_state,
  groups: each(index.on('group', row.person_id), groupFacts),
  session,
})

/** The vocabulary's own string for a word of a row: `decide` then compares pointers, several times as fast. */
const OWN_WORDS = new Map<string, string>(
  [...LEVELS, ...ROLES, ...SUBJECT_KINDS, 'active', 'suspended'].map((word) => [word, word]),
)
const own = <Word extends string>(word: Word): Word => (OWN_WORDS.get(word) ?? word) as Word

type Labels = (id: string) => Label | undefined
type Assembled = Pick<Facts, 'workspace' | 'document' | 'section'>

/** What is the same for everybody, or for every object, is made once: there may be thousands of either. */
const remember = <Key, Value>(make: (key: Key) => Value): ((key: Key) => Value) => {
  const made = new Map<Key, Value>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}

/**
 * Facts about anybody and anything among the rows. A word that the vocabulary does not know stays as it is: `decide`
 * finds it unknown and denies (R0). What is made once is shared: facts are never changed.
 * @param naming where many are asked about: everybody's facts then hold the grants and denies that name them. Null: all
 * that were loaded, as `readPolicyRows` was asked for them
 */
export const assembler = (
  at: number,
  past: boolean,
  index: Index,
  labelOf: Labels,
  naming: ReturnType<typeof indexNaming> | null,
): ((subject: SubjectFacts, object: LoadedObject) => Facts) => {
  const labels = remember(labelOf)
  const standingIn = remember((workspaceId: Id) => ({
    participation: remember((orgId: Id) =>
      participationFacts(oneOf(index.standing('participation', workspaceId, orgId), at)),
    ),
    membership: remember((personId: Id) =>
      membershipFacts(oneOf(index.standing('membership', workspaceId, personId), at)),
    ),
  }))
  const documentOf = remember((id: Id) => boundaryOf(id, at, past, index))
  const named = remember(namingRow)
  const objectFacts = remember(
    ({ row, workspaceId, documentId, sectionId }: LoadedObject) =>
      ({
        workspace: {
          id: workspaceId,
          state: row.workspace_state,
          minimumStrength: row.minimum_strength,
          termsVersion: row.terms_version,
        },
        document: documentId && {
          id: documentId,
          ownerOrgId: row.owner_org_id,
          archived: row.archived,
          label: labels(row.document_label),
          boundary: documentOf(documentId),
        },
        section: sectionId && {
          id: sectionId,
          originatorOrgId: row.originator_org_id,
          frozen: row.frozen,
          label: labels(row.section_label),
          boundary: boundaryOf(sectionId, at, past, index),
          sources: each(index.on('source', sectionId), (source) => sourceOf(source, at, past, index, labels)),
        },
      }) as Assembled,
  )
  /** What hangs on an object and above it: all that was loaded, or by whom it names. */
  const rowsOn = remember(({ workspaceId, documentId, sectionId }: LoadedObject) => {
    const ids = [workspaceId, documentId, sectionId]
    const of = (kind: 'grant' | 'deny'): ((subject: SubjectFacts) => readonly Named[]) => {
      if (naming === null) {
        const all = ids.flatMap((id) => each(index.on(kind, id), named))
        return () => all
      }
      const byName = ids.flatMap((id) => naming(kind, id) ?? [])
      return (subject) => rowsNaming(byName, subject, named)
    }
    return { grants: of('grant'), denies: of('deny') }
  })
  return (subject, object) => {
    const { workspace, document, section } = objectFacts(object)
    const standing = standingIn(object.workspaceId)
    const rows = rowsOn(object)
    return {
      at,
      subject,
      workspace,
      document,
      section,
      participation: standing.participation(subject.orgId),
      membership: standing.membership(subject.personId),
      grants: rows.grants(subject),
      denies: rows.denies(subject),
      breakGlass: looksOf(index.on('break_glass', object.sectionId), subject.personId),
    }
  }
}

type Named = ReturnType<typeof namingRow>

/** Those that name the person, their organisation or a group that they are in: each row once, though one may be in it twice. */
const rowsNaming = (
  byName: readonly ReadonlyMap<Id, readonly PolicyRow[]>[],
  { personId, orgId, groups }: SubjectFacts,
  named: (row: PolicyRow) => Named,
): readonly Named[] => {
  if (byName.length === 0) return NONE
  const found = new Set<PolicyRow>()
  for (const rows of byName) {
    for (const row of rows.get(personId) ?? NONE) found.add(row)
    for (const row of rows.get(orgId) ?? NONE) found.add(row)
    for (const { groupId } of groups) for (const row of rows.get(groupId) ?? NONE) found.add(row)
  }
  return found.size === 0 ? NONE : Array.from(found, named)
}

/** Shared: most people and things have none of most kinds of row, and there may be thousands of them. */
const NONE: readonly never[] = []

const each = <Value>(rows: readonly PolicyRow[], make: (row: PolicyRow) => Value): readonly Value[] =>
  rows.length === 0 ? NONE : rows.map(make)

const groupFacts = (row: PolicyRow) => ({ id: row.id, groupId: row.target, validity: validityOf(row) })

const looksOf = (rows: readonly PolicyRow[], personId: Id): Facts['breakGlass'] =>
  each(rows, (row) => row).flatMap((look) =>
    look.subject_id === personId ? { id: look.id, validity: validityOf(look) } : [],
  )

/** A row, and when it holds: another row may take over from it. */
type Chosen = { row: PolicyRow; validity: Validity } | null

const participationFacts = (chosen: Chosen): Facts['participation'] => {
  if (chosen === null) return null
  const { row, validity } = chosen
  return {
    id: row.id,
    orgId: row.subject_id,
    state: own(row.word) as 'active' | 'suspended',
    ceiling: own(row.ceiling) as Clause['maxLevel'],
    mayExport: row.may_export,
    signedTermsVersion: row.signed,
    validity,
  }
}

const membershipFacts = (chosen: Chosen): Facts['membership'] =>
  chosen && { id: chosen.row.id, role: own(chosen.row.word) as Role, validity: chosen.validity }

/** A source's document and section by the ids that the row was given when it was read: see `policy-rows.ts`. */
const sourceOf = (
  row: PolicyRow,
  at: number,
  past: boolean,
  index: Index,
  labels: (id: string) => Label | undefined,
) => ({
  id: row.id,
  validity: sourceValidity(row, at, past),
  originatorOrgId: row.source_org_id,
  document: {
    id: row.subject_id,
    label: labels(row.word),
    boundary: boundaryOf(row.subject_id, at, past, index),
  },
  section: row.source_section_id && {
    id: row.source_section_id,
    label: labels(row.ceiling),
    boundary: boundaryOf(row.source_section_id, at, past, index),
  },
  denies: [row.subject_id, row.source_section_id].flatMap((id) => index.on('deny', id)).map(namingRow),
})

/** In the present it holds from its commit on, though the clock of the node that wrote it may be ahead. */
const sourceValidity = (row: PolicyRow, at: number, past: boolean): Validity => {
  const { from, until } = validityOf(row)
  return { from: !past && from <= at + AHEAD ? Math.min(from, at) : from, until }
}

const validityOf = (row: PolicyRow): Validity => ({ from: row.valid_from, until: row.valid_until })

const namingRow = (row: PolicyRow) => ({
  id: row.id,
  on: row.on_kind,
  subjectKind: own(row.subject_kind),
  subjectId: row.subject_id,
  level: own(row.word) as Clause['maxLevel'],
  validity: validityOf(row),
})

/**
 * Of a person's memberships (an organisation's participations) the one in force that began last, else the next to
 * begin. Where two overlap the later one takes over: the chosen one is then over when that begins.
 */
const oneOf = (rows: readonly PolicyRow[], at: number): Chosen => {
  const [only] = rows
  if (only === undefined) return null
  if (rows.length === 1) {
    const validity = validityOf(only)
    return inForce(validity, at) || only.valid_from > at ? { row: only, validity } : null
  }
  const byStart = [...rows].sort((a, b) => a.valid_from - b.valid_from || (a.id < b.id ? -1 : 1))
  const chosen =
    byStart.findLast((row) => inForce(validityOf(row), at)) ?? byStart.find((row) => row.valid_from > at)
  if (chosen === undefined) return null
  const next = byStart.find((row) => row.valid_from > Math.max(at, chosen.valid_from))
  const until = earliest([chosen.valid_until, next?.valid_from ?? null], Number.NEGATIVE_INFINITY)
  return { row: chosen, validity: { from: chosen.valid_from, until } }
}

/**
 * The one in force. In the present there is none only if there is none at all: one that seems to begin in a moment was
 * written by a node whose clock is ahead, the one before it is over, and no boundary would mean that it inherits. With its
 * clauses, or those who may see it would be shut out.
 */
const boundaryOf = (id: Id, at: number, past: boolean, index: Index): Boundary | null => {
  const rows = index.on('boundary', id)
  if (rows.length === 0) return null
  const current = oneOf(
    rows.filter((row) => inForce(validityOf(row), at)),
    at,
  )
  const ahead = (row: PolicyRow) => row.valid_from > at && row.valid_from <= at + AHEAD
  const boundary = current?.row ?? (past ? undefined : rows.find(ahead)) ?? null
  if (boundary === null) return null
  const shift = Math.max(0, boundary.valid_from - at)
  const clauses = index.on('clause', boundary.id).map(clauseOf)
  for (const { validity } of clauses) if (validity.from <= boundary.valid_from) validity.from -= shift
  return { id: boundary.id, clauses }
}

const clauseOf = (row: PolicyRow): Clause => ({
  id: row.id,
  subjectKind: own(row.subject_kind),
  subjectId: row.subject_id,
  maxLevel: own(row.word) as Clause['maxLevel'],
  validity: validityOf(row),
})

const earliest = (moments: readonly (number | null)[], after: number): number | null => {
  const later = moments.filter((moment): moment is number => moment !== null && moment > after)
  return later.length === 0 ? null : Math.min(...later)
}
