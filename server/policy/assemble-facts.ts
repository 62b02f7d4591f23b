import type { Id } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import type { Boundary, Clause, Facts, SubjectFacts, Validity } from '@/lib/policy/facts'
import { inForce } from '@/lib/policy/validity'
import { LEVELS, ROLES, type Role, SUBJECT_KINDS } from '@/lib/policy/vocabulary'
import { type Index, type indexNaming, standing } from '@/server/policy/index-rows'
import type { ObjectRow, PolicyRow, SubjectRow } from '@/server/policy/policy-rows'

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
  groups: index('group', row.person_id).map((group) => ({
    id: group.id,
    groupId: group.target,
    validity: validityOf(group),
  })),
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
  const participationOf = remember((key: string) =>
    participationFacts(oneOf(index('participation', key), at)),
  )
  const membershipOf = remember((key: string) => membershipFacts(oneOf(index('membership', key), at)))
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
          sources: index('source', sectionId).map((source) => sourceOf(source, at, past, index, labels)),
        },
      }) as Assembled,
  )
  const namesOf = remember(({ personId, orgId, groups }: SubjectFacts) => [
    ...new Set([personId, orgId, ...groups.map(({ groupId }) => groupId)]),
  ])
  const onObject = (kind: 'grant' | 'deny', subject: SubjectFacts, ids: readonly (Id | null)[]) => {
    const found: ReturnType<typeof namingRow>[] = []
    for (const id of ids) {
      if (naming === null) for (const row of index(kind, id)) found.push(named(row))
      else {
        const rows = naming(kind, id)
        if (rows === undefined) continue
        for (const name of namesOf(subject)) for (const row of rows.get(name) ?? []) found.push(named(row))
      }
    }
    return found
  }
  return (subject, object) => {
    const { workspaceId, documentId, sectionId } = object
    const ids = [workspaceId, documentId, sectionId]
    return {
      at,
      subject,
      ...objectFacts(object),
      participation: participationOf(standing(workspaceId, subject.orgId)),
      membership: membershipOf(standing(workspaceId, subject.personId)),
      grants: onObject('grant', subject, ids),
      denies: onObject('deny', subject, ids),
      breakGlass: index('break_glass', sectionId)
        .filter(({ subject_id }) => subject_id === subject.personId)
        .map((look) => ({ id: look.id, validity: validityOf(look) })),
    }
  }
}

type Chosen = (PolicyRow & { validity: Validity }) | null

const participationFacts = (row: Chosen): Facts['participation'] =>
  row && {
    id: row.id,
    orgId: row.subject_id,
    state: own(row.word) as 'active' | 'suspended',
    ceiling: own(row.ceiling) as Clause['maxLevel'],
    mayExport: row.may_export,
    signedTermsVersion: row.signed,
    validity: row.validity,
  }

const membershipFacts = (row: Chosen): Facts['membership'] =>
  row && { id: row.id, role: own(row.word) as Role, validity: row.validity }

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
  denies: [row.subject_id, row.source_section_id].flatMap((id) => index('deny', id)).map(namingRow),
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
  const byStart = [...rows].sort((a, b) => a.valid_from - b.valid_from || (a.id < b.id ? -1 : 1))
  const chosen =
    byStart.findLast((row) => inForce(validityOf(row), at)) ?? byStart.find((row) => row.valid_from > at)
  if (chosen === undefined) return null
  const next = byStart.find((row) => row.valid_from > Math.max(at, chosen.valid_from))
  const until = earliest([chosen.valid_until, next?.valid_from ?? null], Number.NEGATIVE_INFINITY)
  return { ...chosen, validity: { from: chosen.valid_from, until } }
}

/**
 * The one in force. In the present there is none only if there is none at all: one that seems to begin in a moment was
 * written by a node whose clock is ahead, the one before it is over, and no boundary would mean that it inherits. With its
 * clauses, or those who may see it would be shut out.
 */
const boundaryOf = (id: Id, at: number, past: boolean, index: Index): Boundary | null => {
  const rows = index('boundary', id)
  const current = oneOf(
    rows.filter((row) => inForce(validityOf(row), at)),
    at,
  )
  const ahead = (row: PolicyRow) => row.valid_from > at && row.valid_from <= at + AHEAD
  const boundary = current ?? (past ? undefined : rows.find(ahead)) ?? null
  if (boundary === null) return null
  const shift = Math.max(0, boundary.valid_from - at)
  const clauses = index('clause', boundary.id).map(clauseOf)
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
