import type { Checkpoint } from '@/lib/audit/checkpoint'
import { EMPTY_ROOT } from '@/lib/audit/merkle'
import { type VerifierKey, verifySignature } from '@/lib/audit/signed-note'
import { verifyConsistency } from '@/lib/audit/verify-proof'
import type { AddCheckpoint } from '@/lib/witness/add-checkpoint'

/** The last checkpoint that a witness has said yes to, of one log. */
export type Seen = Pick<Checkpoint, 'size' | 'root'>

/**
 * Why a witness does not sign. In the order in which they are asked:
 * - `unknown_log`: a log that it does not watch;
 * - `wrong_key`: no signature of a key that it trusts for this log;
 * - `went_back`: the tree is smaller than what was shown before;
 * - `other_size`: the sender believes that the witness stands elsewhere (no fault: ask again from `size`);
 * - `other_root`: another tree of the same size than the one shown before: two histories;
 * - `not_a_continuation`: the proof does not lead from what was shown before to this: another history, or no proof.
 */
export type Refusal =
  | 'unknown_log'
  | 'wrong_key'
  | 'went_back'
  | 'other_size'
  | 'other_root'
  | 'not_a_continuation'

export type Verdict = { sign: true } | { sign: false; why: Refusal; status: number; size: number }

/** What tlog-witness answers each refusal with. */
const STATUS: Record<Refusal, number> = {
  unknown_log: 404,
  wrong_key: 403,
  went_back: 400,
  other_size: 409,
  other_root: 409,
  not_a_continuation: 422,
}

const NOTHING: Seen = { size: 0, root: EMPTY_ROOT }

/**
 * Whether a witness signs this checkpoint: the whole of c2sp.org/tlog-witness "add-checkpoint" after parsing, without its
 * effects. The caller must keep the new checkpoint, durably and before any other judgement of the same log, before it signs.
 * @param seen of this log; null: none yet
 * @param keys that are trusted for this origin; null: a log that is not watched
 */
export const judge = (
  { old, proof, note, checkpoint }: AddCheckpoint,
  seen: Seen | null,
  keys: readonly VerifierKey[] | null,
): Verdict => {
  const last = seen ?? NOTHING
  const no = (why: Refusal): Verdict => ({ sign: false, why, status: STATUS[why], size: last.size })
  if (keys === null) return no('unknown_log')
  const signed = note.signatures.some((one) =>
    keys.some((key) => key.type === 'ed25519' && verifySignature(note.text, one, key).holds),
  )
  if (!signed) return no('wrong_key')
  if (old > checkpoint.size) return no('went_back')
  if (old !== last.size) return no('other_size')
  if (old === checkpoint.size && !same(last.root, checkpoint.root)) return no('other_root')
  return verifyConsistency(last, checkpoint, proof) ? { sign: true } : no('not_a_continuation')
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])
