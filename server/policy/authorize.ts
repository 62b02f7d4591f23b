import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { type Id, isId } from '@/lib/ids'
import { decide, UNKNOWN } from '@/lib/policy/decide'
import { explain } from '@/lib/policy/explain'
import type { Decision, Facts, Request } from '@/lib/policy/facts'
import { nextChange } from '@/lib/policy/validity'
import type { Reader } from '@/server/db/client'
import type { Actor } from '@/server/identity/actor'
import type { LoadedObject } from '@/server/policy/assemble-facts'
import { type LoadedFacts, loadFacts } from '@/server/policy/load-facts'
import type { Target } from '@/server/policy/object-rows'
import { askedOf } from '@/server/policy/on-record/asked'
import { type Asker, readSubjects, type SubjectRow } from '@/server/policy/policy-rows'

/** What is asked about, by id only: where it belongs is looked up, never taken from the caller. */
export type ObjectRef = { workspaceId: Id } | { documentId: Id } | { sectionId: Id }

export interface Authorized {
  decision: Decision
  facts: Facts
  /** The facts without a hypothesis. */
  asIs: Facts
  workspaceId: Id
  documentId: Id | null
  sectionId: Id | null
}

/** The answer about one thing, and how long it lasts. */
export interface LastingAnswer extends Authorized {
  /** Milliseconds since the epoch at which some validity among the facts begins or ends next; null if never. */
  validUntil: number | null
}

/**
 * A refusal by policy. Carries the decision, so that the denial goes on record with its rule and rows. `hidden` tells
 * nothing more than `missing` would: neither rule nor whom to ask.
 */
export class Refusal extends DomainError {
  constructor(
    code: 'denied' | 'hidden' | 'signed_out',
    forPeople: string,
    readonly decision: Decision,
    readonly object: { workspaceId?: Id; documentId?: Id; sectionId?: Id },
    ask?: string,
  ) {
    super(
      code,
      forPeople,
      code === 'hidden' ? {} : { rule: decision.rule, ...(ask === undefined ? {} : { ask }) },
    )
  }
}

const SIGNED_OUT = 'You are signed out: the session has ended or the account is suspended. Sign in again.'
/** Names nothing: asks of the database for an id that is no id take as long as any other. */
export const NO_ID: Id = '00000000-0000-0000-0000-000000000000'

/**
 * May this person do this? The only way to `decide` (held by a test). Who is asking is read anew from the database:
 * the actor says only which person and session. Works inside a transaction and outside.
 * @param at milliseconds since the epoch; policy rows as they were then, states (suspended, frozen, archived) as now
 * @param hypothesis what the facts would be after a change that an originator has agreed to: for the second key
 * @throws Refusal `signed_out`; `hidden` for what is missing, removed, or not to be discovered; else `denied`
 */
export const authorize = async (
  reader: Reader,
  actor: Actor,
  ref: ObjectRef,
  request: Request,
  at = Date.now(),
  hypothesis?: (facts: Facts) => Facts,
): Promise<LastingAnswer> => {
  const loaded = await loadFor(reader, actor, targetOf(ref), at)
  const object = loaded.objects.at(-1)
  // A removed section is there only for those who could bring it back.
  if (object === undefined || (object.removed && request.ask !== 'govern')) throw missingObject(ref)
  const answer = lasting(loaded, loaded.subjects[0], object, request, hypothesis)
  if (!answer.decision.allowed) throw refusalOf(answer, object, request, actor)
  return answer
}

/** The one refusal for what is not there, or must look so. */
export const missingObject = (ref: ObjectRef): Refusal =>
  new Refusal('hidden', NOT_FOUND_FOR_PEOPLE, UNKNOWN, ref)

/**
 * The same question by many people, each about a section, in as many queries as for one. Here a refusal is an answer:
 * one person's is nothing to another. @returns answers in the order of the questions
 */
export const authorizeMany = async (
  reader: Reader,
  questions: readonly { actor: Actor; sectionId: Id }[],
  request: Request,
  at = Date.now(),
): Promise<(LastingAnswer | Refusal)[]> => {
  const actors = new Map(questions.map(({ actor }) => [askerKey(actor), actor]))
  const ids = [...new Set(questions.map(({ sectionId }) => knownId(sectionId)))]
  const subjects = new Map<string, LoadedSubject>()
  const loaded = await loadFacts(reader, { kind: 'sections', ids }, at, async () => {
    const rows = await readSubjects(reader, [...actors.values()])
    return rows.flatMap((row) => {
      const actor = actors.get(askerKey({ personId: row.person_id, sessionId: row.session_id }))
      return actor === undefined || !stands(row, actor, at)
        ? []
        : [{ row, session: sessionOf(row, actor, at) }]
    })
  })
  for (const subject of loaded.subjects) {
    const { personId, session } = subject.facts
    subjects.set(askerKey({ personId, sessionId: session.id }), subject)
  }
  const objects = new Map(loaded.objects.map((object) => [object.sectionId, object]))
  return questions.map(({ actor, sectionId }) => {
    const subject = subjects.get(askerKey(actor))
    if (subject === undefined) return signedOut()
    const object = objects.get(sectionId)
    if (object === undefined || (object.removed && request.ask !== 'govern')) {
      return new Refusal('hidden', NOT_FOUND_FOR_PEOPLE, UNKNOWN, { sectionId })
    }
    const answer = lasting(loaded, subject, object, request)
    return answer.decision.allowed ? answer : refusalOf(answer, object, request, actor)
  })
}

const askerKey = ({ personId, sessionId }: Asker): string => `${personId} ${sessionId}`

/**
 * The same question about everything below, in as many queries as for one. In reading order; what is removed is left
 * out. Nothing is thrown for a single object: whoever shows the result leaves out what is below `discover`. Of several
 * documents those that are not there are left out as well.
 * @throws Refusal `signed_out`, or `hidden` when the document or workspace itself does not exist
 */
export const authorizeEach = async (
  reader: Reader,
  actor: Actor,
  ref: { workspaceId: Id } | { documentId: Id } | Some,
  request: Request,
  at = Date.now(),
): Promise<{ documents: Authorized[]; sections: Authorized[] }> => {
  const loaded = await loadFor(reader, actor, targetBelow(ref), at)
  if (loaded.objects.length === 0 && !isSome(ref)) throw missingObject(ref)
  const answers = loaded.objects.map((object) => answerFor(loaded, loaded.subjects[0], object, request))
  return {
    documents: answers.filter((answer) => answer.documentId !== null && answer.sectionId === null),
    sections: answers.filter((answer) => answer.sectionId !== null),
  }
}

/** Another question about facts that are already at hand: what `can` needs, without asking the database again. */
export const askAlso = ({ facts }: Pick<Authorized, 'facts'>, request: Request): Decision =>
  decide(facts, request)

/** The object as the loader is asked for it. */
export const targetOf = (ref: ObjectRef): Target & { kind: 'workspace' | 'document' | 'section' } => {
  if ('sectionId' in ref) return { kind: 'section', id: knownId(ref.sectionId) }
  if ('documentId' in ref) return { kind: 'document', id: knownId(ref.documentId) }
  return { kind: 'workspace', id: knownId(ref.workspaceId) }
}

/** Documents with their sections; sections alone, or those that lie in some documents; a workspace's documents alone. There may be none. */
type Some =
  | { documentIds: readonly Id[] }
  | { sectionIds: readonly Id[]; within?: readonly Id[] }
  | { documentsOf: Id }

const isSome = (ref: object): ref is Some =>
  'documentIds' in ref || 'sectionIds' in ref || 'documentsOf' in ref

const targetBelow = (ref: ObjectRef | Some): Target => {
  if ('documentIds' in ref) return { kind: 'documents below', ids: ref.documentIds.map(knownId) }
  if ('sectionIds' in ref)
    return {
      kind: 'sections below',
      ids: ref.sectionIds.map(knownId),
      documentIds: ref.within?.map(knownId) ?? null,
    }
  if ('documentsOf' in ref) return { kind: 'documents right below', id: knownId(ref.documentsOf) }
  const { kind, id } = targetOf(ref)
  return { kind: kind === 'workspace' ? 'workspace below' : 'document below', id }
}

const knownId = (id: Id): Id => (isId(id) ? id : NO_ID)

type LoadedSubject = LoadedFacts['subjects'][number]

/** Throws `signed_out` before anything is said about the object: also about one that does not exist. */
const loadFor = async (reader: Reader, actor: Actor, target: Target, at: number): Promise<LoadedFacts> => {
  const loaded = await loadFacts(reader, target, at, async () => {
    const [row] = await readSubjects(reader, [actor])
    return row === undefined ? [] : [{ row, session: sessionOf(row, actor, at) }]
  })
  const [subject] = loaded.subjects
  if (subject === undefined || !stands(subject.row, actor, at)) throw signedOut()
  return loaded
}

const stands = (row: SubjectRow, actor: Actor, at: number): boolean =>
  sessionOf(row, actor, at).live && row.person_state === 'active' && row.org_state === 'active'

const signedOut = (): Refusal => new Refusal('signed_out', SIGNED_OUT, { ...UNKNOWN, rule: 'R1' }, {})

/** Ended, run out, or at rest for too long: whichever the session store has not come round to noting yet. */
const sessionOf = (row: SubjectRow, actor: Actor, at: number): Facts['subject']['session'] => {
  const idleEnd = (row.seen_at ?? 0) + (actor.idleMinutes ?? Number.POSITIVE_INFINITY) * 60_000
  const live = row.strength !== null && row.ended_at === null && at < (row.expires_at ?? 0) && at < idleEnd
  return { id: actor.sessionId, live, strength: row.strength ?? 0 }
}

const answerFor = (
  loaded: LoadedFacts,
  subject: LoadedSubject | undefined,
  object: LoadedObject,
  request: Request,
  hypothesis?: (facts: Facts) => Facts,
): Authorized => {
  if (subject === undefined) throw new Error('facts were loaded without a subject')
  const loadedFacts = loaded.factsOf(subject.facts, object)
  const facts = hypothesis === undefined ? loadedFacts : hypothesis(loadedFacts)
  const { workspaceId, documentId, sectionId } = object
  return {
    decision: decide(facts, request),
    facts,
    asIs: loadedFacts,
    workspaceId,
    documentId,
    sectionId,
  }
}

/** A decision about one thing lasts until something changes, and goes on record with what it takes to make it again. */
const lasting = (
  loaded: LoadedFacts,
  subject: LoadedSubject | undefined,
  object: LoadedObject,
  request: Request,
  hypothesis?: (facts: Facts) => Facts,
): LastingAnswer => {
  const answer = answerFor(loaded, subject, object, request, hypothesis)
  const { facts, decision } = answer
  return {
    ...answer,
    decision: { ...decision, asked: askedOf(facts, request, hypothesis !== undefined) },
    validUntil: soonest(nextChange(facts), loaded.boundaryChangesAt(object), subject?.row.expires_at ?? null),
  }
}

const soonest = (...moments: (number | null)[]): number | null => {
  const known = moments.filter((moment) => moment !== null)
  return known.length === 0 ? null : Math.min(...known)
}

const refusalOf = (answer: Authorized, object: LoadedObject, request: Request, actor: Actor): Refusal => {
  const { facts, decision, workspaceId, documentId, sectionId } = answer
  const at = {
    workspaceId,
    ...(documentId === null ? {} : { documentId }),
    ...(sectionId === null ? {} : { sectionId }),
  }
  if (object.removed || !mayKnowOf(facts)) return new Refusal('hidden', NOT_FOUND_FOR_PEOPLE, decision, at)
  const what = sectionId !== null ? 'section' : documentId !== null ? 'document' : 'workspace'
  const names = {
    ask: request.ask,
    what,
    originator: object.originator,
    ownOrg: actor.orgName,
    bySource: isRefusedBySource({ facts }, request),
  } as const
  const { why, ask } = explain(decision, names)
  return new Refusal('denied', why, decision, at, ask ?? undefined)
}

/** Would the person be let through, were it not for what the text was copied or moved from? */
export const isRefusedBySource = ({ facts }: Pick<Authorized, 'facts'>, request: Request): boolean =>
  facts.section !== null &&
  facts.section.sources.length > 0 &&
  decide({ ...facts, section: { ...facts.section, sources: [] } }, request).allowed

/**
 * Would the person know of the object with a strong enough sign-in? Only then may a refusal say why: one that is
 * refused for a weak sign-in alone learns that, and a stranger with a weak sign-in learns nothing.
 */
const mayKnowOf = (facts: Facts): boolean => {
  const session = { ...facts.subject.session, strength: Number.MAX_SAFE_INTEGER }
  const strong = { ...facts, subject: { ...facts.subject, session } }
  const ask: Request = facts.document === null ? { ask: 'enter' } : { ask: 'level', needs: 'discover' }
  return decide(strong, ask).allowed
}
