import type { Id } from '@/lib/ids'
import { labelById } from '@/lib/marking/tlp'
import type { Boundary, Clause, Facts, SubjectFacts, Validity } from '@/lib/policy/facts'
import { inForce } from '@/lib/policy/validity'
import { LEVELS, ROLES, SUBJECT_KINDS } from '@/lib/policy/vocabulary'
import type { Reader } from '@/server/db/client'
import {
  isPast,
  type ObjectRow,
  type PolicyRow,
  readObjects,
  readPolicyRows,
  type SubjectRow,
  type Target,
} from '@/server/policy/policy-rows'

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

export interface LoadedFacts {
  /** The workspace, then its documents, then their sections, as far as the target reaches. */
  objects: LoadedObject[]
  subjects: { row: SubjectRow; facts: SubjectFacts }[]
  factsOf(subject: SubjectFacts, object: LoadedObject): Facts
  /** When this object's boundaries themselves begin or end next; the facts hold only those in force. */
  boundaryChangesAt(object: LoadedObject): number | null
}

/**
 * The one loader of facts: two queries here, one for who is asking. `subjectsIn` is given the workspace, because a
 * person is judged by the workspace's own demands.
 * @returns no objects when there is none; after as many queries, so that missing and hidden take the same time
 */
export const loadFacts = async (
  reader: Reader,
  target: Target,
  at: number,
  subjectsIn: (object: ObjectRow | null) => Promise<{ row: SubjectRow; session: SubjectFacts['session'] }[]>,
): Promise<LoadedFacts> => {
  const objectRows = await readObjects(reader, target)
  const first = objectRows[0] ?? null
  const who = await subjectsIn(first)
  const ids = (pick: (row: ObjectRow) => Id | null) => [
    ...new Set(objectRows.map(pick).filter((id): id is Id => id !== null)),
  ]
  const rows = await readPolicyRows(
    reader,
    {
      workspaceIds: first === null ? ('id' in target ? [target.id] : []) : ids((row) => row.workspace_id),
      documentIds: ids((row) => row.document_id),
      sectionIds: ids((row) => row.section_id),
      personIds: who.map(({ row }) => row.person_id),
      orgIds: [...new Set(who.map(({ row }) => row.org_id))],
    },
    at,
  )
  const index = indexRows(rows)
  return {
    objects: objectsOf(objectRows, target),
    subjects: who.map(({ row, session }) => ({ row, facts: subjectFacts(row, session, index) })),
    factsOf: (subject, object) => assemble(at, subject, object, index),
    boundaryChangesAt: ({ documentId, sectionId }) =>
      earliest(
        [documentId, sectionId].flatMap((id) =>
          index('boundary', id).flatMap((row) => [row.valid_from, row.valid_until]),
        ),
        at,
      ),
  }
}

type Index = (kind: PolicyRow['kind'], key: string | null) => readonly PolicyRow[]

/** Sections from several workspaces may be asked about at once: who stands in one does not stand in the other. */
const standing = (workspaceId: Id, subjectId: Id): string => `${workspaceId} ${subjectId}`

const EMPTY: readonly PolicyRow[] = []

/** By what a row hangs on; group memberships by whom they are about, participations and memberships by both. */
const indexRows = (rows: readonly PolicyRow[]): Index => {
  const index = new Map<string, PolicyRow[]>()
  for (const row of rows) {
    const isStanding = row.kind === 'participation' || row.kind === 'membership'
    const by = isStanding
      ? standing(row.target, row.subject_id)
      : row.kind === 'group'
        ? row.subject_id
        : row.target
    const key = `${row.kind}:${by}`
    const list = index.get(key)
    if (list === undefined) index.set(key, [row])
    else list.push(row)
  }
  return (kind, key) => (key === null ? EMPTY : (index.get(`${kind}:${key}`) ?? EMPTY))
}

const objectsOf = (rows: readonly ObjectRow[], target: Target): LoadedObject[] => {
  const objects = new Map<Id, LoadedObject>()
  const put = (id: Id, object: LoadedObject) => {
    if (!objects.has(id)) objects.set(id, object)
  }
  for (const row of rows) {
    const workspaceId = row.workspace_id
    if (target.kind.startsWith('workspace')) {
      put(workspaceId, placed(row, workspaceId, null, null, row.host_name))
    }
    if (row.document_id !== null && !target.kind.startsWith('section')) {
      put(row.document_id, placed(row, workspaceId, row.document_id, null, row.owner_name))
    }
    if (row.section_id !== null) {
      put(row.section_id, placed(row, workspaceId, row.document_id, row.section_id, row.originator_name))
    }
  }
  return [...objects.values()]
}

const placed = (
  row: ObjectRow,
  workspaceId: Id,
  documentId: Id | null,
  sectionId: Id | null,
  originator: string,
): LoadedObject => ({
  workspaceId,
  documentId,
  sectionId,
  originator,
  row,
  removed: sectionId !== null && row.removed,
})

const subjectFacts = (row: SubjectRow, session: SubjectFacts['session'], index: Index): SubjectFacts => ({
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

/** A word that the vocabulary does not know stays as it is: `decide` finds it unknown and denies (R0). */
const assemble = (at: number, subject: SubjectFacts, object: LoadedObject, index: Index): Facts => {
  const { row, workspaceId, documentId, sectionId } = object
  const participation = oneOf(index('participation', standing(workspaceId, subject.orgId)), at)
  const membership = oneOf(index('membership', standing(workspaceId, subject.personId)), at)
  const onObject = (kind: 'grant' | 'deny') =>
    [workspaceId, documentId, sectionId].flatMap((id) => index(kind, id)).map(namingRow)
  const facts = {
    at,
    subject,
    workspace: {
      id: workspaceId,
      state: row.workspace_state,
      minimumStrength: row.minimum_strength,
      termsVersion: row.terms_version,
    },
    participation: participation && {
      id: participation.id,
      orgId: participation.subject_id,
      state: own(participation.word),
      ceiling: own(participation.ceiling),
      mayExport: participation.may_export,
      signedTermsVersion: participation.signed,
      validity: participation.validity,
    },
    membership: membership && {
      id: membership.id,
      role: own(membership.word),
      validity: membership.validity,
    },
    document: documentId && {
      id: documentId,
      ownerOrgId: row.owner_org_id,
      archived: row.archived,
      label: labelById(row.document_label),
      boundary: boundaryOf(documentId, at, index),
    },
    section: sectionId && {
      id: sectionId,
      originatorOrgId: row.originator_org_id,
      frozen: row.frozen,
      label: labelById(row.section_label),
      boundary: boundaryOf(sectionId, at, index),
    },
    grants: onObject('grant'),
    denies: onObject('deny'),
  }
  return facts as Facts
}

const validityOf = (row: PolicyRow): Validity => ({ from: row.valid_from, until: row.valid_until })

const namingRow = (row: PolicyRow) => ({
  id: row.id,
  on: row.on_kind,
  subjectKind: own(row.subject_kind),
  subjectId: row.subject_id,
  level: own(row.word),
  validity: validityOf(row),
})

/**
 * Of a person's memberships (an organisation's participations) the one in force that began last, else the next to
 * begin. Where two overlap the later one takes over: the chosen one is then over when that begins.
 */
const oneOf = (rows: readonly PolicyRow[], at: number): (PolicyRow & { validity: Validity }) | null => {
  const byStart = [...rows].sort((a, b) => a.valid_from - b.valid_from || (a.id < b.id ? -1 : 1))
  const chosen =
    byStart.findLast((row) => inForce(validityOf(row), at)) ?? byStart.find((row) => row.valid_from > at)
  if (chosen === undefined) return null
  const next = byStart.find((row) => row.valid_from > Math.max(at, chosen.valid_from))
  const until = earliest([chosen.valid_until, next?.valid_from ?? null], Number.NEGATIVE_INFINITY)
  return { ...chosen, validity: { from: chosen.valid_from, until } }
}

/** Milliseconds that another node's clock may be ahead of this one's. */
const AHEAD = 60_000

/**
 * The one in force. In the present there is none only if there is none at all: one that seems to begin in a moment was
 * written by a node whose clock is ahead, the one before it is over, and no boundary would mean that it inherits. With its
 * clauses, or those who may see it would be shut out.
 */
const boundaryOf = (id: Id, at: number, index: Index): Boundary | null => {
  const rows = index('boundary', id)
  const current = oneOf(
    rows.filter((row) => inForce(validityOf(row), at)),
    at,
  )
  const ahead = (row: PolicyRow) => row.valid_from > at && row.valid_from <= at + AHEAD
  const boundary = current ?? (isPast(at) ? undefined : rows.find(ahead)) ?? null
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
