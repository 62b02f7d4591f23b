import type { Id } from '@/lib/ids'
import type { Decision, Facts, Request } from '@/lib/policy/facts'
import type { Reader } from '@/server/db/client'
import { askAlso, missingObject, NO_ID, type ObjectRef, targetOf } from '@/server/policy/authorize'
import { loadFacts } from '@/server/policy/load-facts'
import { readMembers } from '@/server/policy/member-rows'
import type { ObjectRow, Target } from '@/server/policy/object-rows'
import type { SubjectRow } from '@/server/policy/policy-rows'

export interface PersonAnswer {
  personId: Id
  name: string
  orgId: Id
  orgName: string
  decision: Decision
}

/** What the facts about an object would be after a change. */
export type Hypothesis = (facts: Facts) => Facts

export const asItIs: Hypothesis = (facts) => facts

export const LEVEL: Request = { ask: 'level', needs: 'discover' }

/**
 * What level everyone with a membership has, and why: for panels ("who can see this"). Other people's sign-ins are
 * not known, so they count as just strong enough.
 * @param request `govern` gives the levels that a thaw or a restored document would bring back (R8)
 * @throws Refusal `hidden` when there is no such object
 */
export const whoCan = async (
  reader: Reader,
  ref: ObjectRef,
  hypothesis: Hypothesis = asItIs,
  at = Date.now(),
  request: Request = LEVEL,
): Promise<PersonAnswer[]> => (await whoCanIf(reader, ref, at, request))(hypothesis)

/**
 * The same under one hypothesis after another, for one loading of the facts.
 * @param groupIds the groups that the hypotheses name, besides those that something on the object names; undefined: any
 */
export const whoCanIf = async (
  reader: Reader,
  ref: ObjectRef,
  at = Date.now(),
  request: Request = LEVEL,
  groupIds?: readonly Id[],
): Promise<(hypothesis: Hypothesis) => PersonAnswer[]> => {
  const { loaded, members } = await loadMembers(reader, targetOf(ref), at, false, groupIds)
  const object = loaded.objects.at(-1)
  if (object === undefined) throw missingObject(ref)
  const all = members.map((member) => ({ member, facts: loaded.factsOf(member.facts, object) }))
  return (hypothesis) =>
    all.map(({ member, facts }) => answerOf(member, askAlso({ facts: hypothesis(facts) }, request)))
}

/** A section, or the document itself, with the facts of everyone who could come to it. */
export interface Concerned {
  documentId: Id
  sectionId: Id | null
  /** The organisation that originated the section, or owns the document. */
  originatorOrgId: Id
  people: (PersonAnswer & { facts: Facts })[]
}

/**
 * Everyone with a membership, also one that begins later, on an object and everything below it: to compare what is
 * with what would be; a section that is removed may come back. What begins later counts as begun, so that nobody who would gain is left out.
 */
export const everyoneOn = async (
  reader: Reader,
  ref: { sectionId: Id } | { documentId: Id },
  at: number,
  request: Request,
): Promise<Concerned[]> => {
  const target: Target =
    'sectionId' in ref ? targetOf(ref) : { kind: 'document and removed', id: targetOf(ref).id as Id }
  const { loaded, members } = await loadMembers(reader, target, at, true)
  return loaded.objects
    .filter(({ documentId }) => documentId !== null)
    .map((object) => ({
      documentId: object.documentId as Id,
      sectionId: object.sectionId,
      originatorOrgId: object.sectionId === null ? object.row.owner_org_id : object.row.originator_org_id,
      people: members.map((member) => {
        const facts = begun(loaded.factsOf(member.facts, object))
        return { ...answerOf(member, askAlso({ facts }, request)), facts }
      }),
    }))
}

const loadMembers = async (
  reader: Reader,
  target: Target,
  at: number,
  later = false,
  groupIds?: readonly Id[],
) => {
  const subjectsIn = async (object: ObjectRow | null) => {
    const members = object === null ? [] : await readMembers(reader, object.workspace_id, at, later)
    const session = { id: NO_ID, live: true, strength: object?.minimum_strength ?? 0 }
    return members.map((row) => ({ row, session }))
  }
  const loaded = await loadFacts(reader, target, at, subjectsIn, undefined, undefined, groupIds)
  return { loaded, members: loaded.subjects }
}

/** Participation, membership and groups that begin later, as if they had begun. */
const begun = (facts: Facts): Facts => {
  const { at } = facts
  const now = <Row extends { validity: { from: number; until: number | null } }>(row: Row): Row =>
    row.validity.from <= at ? row : { ...row, validity: { ...row.validity, from: at } }
  return {
    ...facts,
    subject: { ...facts.subject, groups: facts.subject.groups.map(now) },
    participation: facts.participation && now(facts.participation),
    membership: facts.membership && now(facts.membership),
  }
}

const answerOf = ({ row }: { row: SubjectRow }, decision: Decision): PersonAnswer => ({
  personId: row.person_id,
  name: row.person_name,
  orgId: row.org_id,
  orgName: row.org_name,
  decision,
})
