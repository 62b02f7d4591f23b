import type { EventDraft, Json } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'

/** Version of the shape below. A verifier that meets another number must stop, not guess. */
export const RECORD_VERSION = 1

/**
 * RFC 8785 (JSON Canonicalization Scheme) text of a value. @throws RangeError on what JSON cannot say (NaN, undefined), or would
 * respell (a Date): a record must not lose or change what it was given. Written here because it is most of what an event costs:
 * checked and spelled in one pass. Strings and numbers are spelled as ECMAScript spells them, as the RFC asks.
 */
export function canonicalJson(value: Json): string {
  return spell(value, 'value')
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
    const { rule, level, rows, asked } = draft.decision
    // Sorted: the rows are a set, and one decision has one spelling.
    record.decision = { rule, level, rows: [...rows].sort(), ...(asked === undefined ? {} : { asked }) }
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
/** Needs no escape, and holds no half of a pair. */
const PLAIN = /^[ !#-[\]-~]*$/

function spell(value: unknown, path: string): string {
  if (typeof value === 'string') return spellText(value, path)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${path} is not a finite number`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) {
    const items: string[] = []
    // By number: a hole is nothing that JSON can say.
    for (let i = 0; i < value.length; i++) items.push(spell(value[i], `${path}[${i}]`))
    return `[${items.join(',')}]`
  }
  if (typeof value === 'object') {
    const prototype = Object.getPrototypeOf(value)
    if (prototype === Object.prototype || prototype === null) {
      const members = value as Record<string, unknown>
      // The plain order of sort is that of UTF-16 code units, which is the RFC's.
      const names = Object.keys(members).sort()
      return `{${names.map((name) => `${spellText(name, path)}:${spell(members[name], name)}`).join(',')}}`
    }
  }
  throw new RangeError(`${path} is not a JSON value`)
}

function spellText(text: string, path: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (HALF_PAIR.test(text)) throw new RangeError(`${path} holds half a surrogate pair`)
  return JSON.stringify(text)
}
