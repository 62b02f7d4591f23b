import type { Id } from '@/lib/ids'
import type { Decision } from '@/lib/policy/facts'
import { atLeast } from '@/lib/policy/vocabulary'
import type { Reader, Tx } from '@/server/db/client'
import type { Actor } from '@/server/identity/actor'
import { clockKeysOf } from '@/server/policy/access-scope'
import { authorizeMany, Refusal } from '@/server/policy/authorize'
import { type Epochs, ensureClocks, readPlaces } from '@/server/sync/update-log'

/** What one connection may do, and how long that may be believed without asking again. */
export interface Access {
  workspaceId: Id
  documentId: Id
  sectionId: Id
  decision: Decision
  canWrite: boolean
  /** Writes are neither taken nor judged: the stored text is damaged, and the person did nothing wrong. */
  damaged: boolean
  /** Milliseconds since the epoch; until then text may be brought back that a restored backup does not know. */
  reseedUntil: number | null
  /** Milliseconds since the epoch; then it must be asked anew. */
  validUntil: number | null
  clockKeys: readonly string[]
  /** The access clocks as they were before the facts were read, in the order of their keys; -1: not there yet. */
  epochs: readonly number[]
}

/** Who asks about which section. A connection is one. */
export interface Question {
  readonly actor: Actor
  readonly sectionId: Id
}

const ABSENT = -1

export const epochsAgree = ({ clockKeys, epochs }: Access, now: Epochs): boolean => {
  for (let i = 0; i < clockKeys.length; i++) {
    // A clock that was not there is made with epoch 0: nothing has changed by that.
    if ((now.get(clockKeys[i] as string) ?? 0) !== Math.max(0, epochs[i] as number)) return false
  }
  return true
}

/**
 * Asks whether people may read sections, and whether they may write: as many queries for a thousand as for one. The
 * clocks are read first: a change that commits in between makes the epochs old, never the facts.
 * @returns answers in the order of the questions; a refusal is one
 */
export const askAccess = async (
  reader: Reader,
  questions: readonly Question[],
  now: number,
): Promise<(Access | Refusal)[]> => {
  const keys = new Set<string>()
  for (const { actor } of questions) keys.add(`org:${actor.orgId}`).add(`person:${actor.personId}`)
  const sectionIds = [...new Set(questions.map((question) => question.sectionId))]
  const { workspaceOf, damaged, reseedUntil, epochs } = await readPlaces(reader, sectionIds, [...keys])
  const answers = await authorizeMany(reader, questions, { ask: 'level', needs: 'read' }, now)
  return answers.map((answer, i): Access | Refusal => {
    if (answer instanceof Refusal) return answer
    const { actor, sectionId } = questions[i] as Question
    const workspaceId = workspaceOf.get(sectionId)
    if (answer.documentId === null || workspaceId === undefined) throw new Error('a section without a place')
    const clockKeys = clockKeysOf({ workspaceId, personId: actor.personId, orgId: actor.orgId })
    return {
      workspaceId,
      documentId: answer.documentId,
      sectionId,
      decision: answer.decision,
      canWrite: !damaged.has(sectionId) && atLeast(answer.decision.level, 'edit'),
      damaged: damaged.has(sectionId),
      reseedUntil: reseedUntil.get(sectionId) ?? null,
      validUntil: answer.validUntil,
      clockKeys,
      epochs: clockKeys.map((key) => epochs.get(key) ?? ABSENT),
    }
  })
}

/** As `askAccess`, for connections that begin: their clocks exist from here on, so that commits can lock them. */
export const askFirstAccess = async (
  tx: Tx,
  questions: readonly Question[],
  now: number,
): Promise<(Access | Refusal)[]> => {
  const answers = await askAccess(tx, questions, now)
  const missing = new Set<string>()
  for (const answer of answers) {
    if (answer instanceof Refusal) continue
    answer.clockKeys.forEach((key, i) => {
      if (answer.epochs[i] === ABSENT) missing.add(key)
    })
  }
  if (missing.size > 0) await ensureClocks(tx, [...missing].sort())
  return answers
}
