import canonicalize from 'canonicalize'
import type { EventDraft, Json } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'

/** Version of the shape below. A verifier that meets another number must stop, not guess. */
export const RECORD_VERSION = 1

/** RFC 8785 (JSON Canonicalization Scheme) text of a value. @throws RangeError on what JSON cannot say (NaN, undefined). */
export function canonicalJson(value: Json): string {
  assertJson(value, 'value')
  // Without ESM typings of its own, the CommonJS default arrives as the function itself.
  const text = (canonicalize as unknown as (value: Json) => string | undefined)(value)
  if (text === undefined) throw new RangeError('not a JSON value')
  return text
}

/**
 * The canonical record of one event: the exact text that is hashed. Members are left out when they are unknown, never
 * null or empty. Personal data enters as commitments only (hex of SHA-256(salt ‖ canonical value)).
 */
export function canonicalRecord(
  draft: EventDraft,
  made: { id: Id; at: Date; commitments: Readonly<Record<string, string>> },
): string {
  const record: Record<string, Json> = {
    v: RECORD_VERSION,
    id: made.id,
    at: made.at.toISOString(),
    type: draft.type,
    outcome: draft.outcome,
    actor: present({
      person: draft.actor.personId ?? undefined,
      org: draft.actor.orgId ?? undefined,
      session: draft.actor.sessionId ?? undefined,
    }),
    object: present({
      workspace: draft.object.workspaceId,
      document: draft.object.documentId,
      section: draft.object.sectionId,
      target: draft.object.targetId,
    }),
  }
  if (draft.decision) {
    const { rule, level, rows } = draft.decision
    // Sorted: the rows are a set, and one decision has one spelling.
    record.decision = { rule, level, rows: [...rows].sort() }
  }
  if (draft.before !== undefined) record.before = draft.before
  if (draft.after !== undefined) record.after = draft.after
  if (draft.volume && Object.keys(draft.volume).length > 0) record.volume = draft.volume
  if (draft.correlation !== undefined) record.correlation = draft.correlation
  if (draft.details && Object.keys(draft.details).length > 0) record.details = draft.details
  if (Object.keys(made.commitments).length > 0) record.commitments = made.commitments
  return canonicalJson(record)
}

const present = (members: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )

const HALF_PAIR = /\p{Surrogate}/u

/** canonicalize drops undefined and writes a Date as text: a record must not lose or change what it was given. */
function assertJson(value: unknown, path: string): asserts value is Json {
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${path} is not a finite number`)
    return
  }
  if (typeof value === 'string') {
    if (HALF_PAIR.test(value)) throw new RangeError(`${path} holds half a surrogate pair`)
    return
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) assertJson(value[i], `${path}[${i}]`)
    return
  }
  if (typeof value === 'object') {
    const prototype = Object.getPrototypeOf(value)
    if (prototype === Object.prototype || prototype === null) {
      for (const [key, member] of Object.entries(value)) {
        assertJson(key, `a name in ${path}`)
        assertJson(member, `${path}.${key}`)
      }
      return
    }
  }
  throw new RangeError(`${path} is not a JSON value`)
}
