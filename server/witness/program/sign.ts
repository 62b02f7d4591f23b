import { cosignNote, formatNote, fromBase64, signatureLine, signerKey } from '@/lib/audit/signed-note'
import type { AddCheckpoint } from '@/lib/witness/add-checkpoint'
import { judge, type Refusal, type Verdict } from '@/lib/witness/judge'
import { type Evidence, keysFor, seenOf, type WitnessState } from '@/lib/witness/state'
import type { StateFile } from '@/server/witness/program/state-file'

export type Word =
  | { verdict: Extract<Verdict, { sign: true }>; line: string }
  | { verdict: Extract<Verdict, { sign: false }>; line: null }

/** Kept for people: the newest of them. The host cannot make this file grow. */
const EVIDENCE = 20
/** What is worth keeping: the log's own signature under something that does not go on from what it signed before. */
const DAMNING: ReadonlySet<Refusal> = new Set(['went_back', 'other_root', 'not_a_continuation'])

/**
 * What a witness says to new checkpoints: judges each, keeps what it accepts on disk, and only then signs.
 * Runs to its end without waiting for anything, so that no other judgement can come between.
 * @param at milliseconds since the epoch: the moment that the signatures name
 * @throws WitnessProblem when it cannot be kept: then nothing is signed
 */
export const sayTo = (file: StateFile, asked: readonly AddCheckpoint[], at: number): Word[] => {
  let { seen, evidence } = file.read()
  const judged = asked.map((one) => {
    const { origin } = one.checkpoint
    const verdict = judge(one, seenOf({ seen }, origin), keysFor(file.read(), origin))
    if (verdict.sign) seen = { ...seen, [origin]: formatNote(one.note) }
    else evidence = withEvidence(evidence, one, verdict.why, seen[origin], at)
    return { one, verdict }
  })
  if (seen !== file.read().seen || evidence !== file.read().evidence)
    file.change((state) => ({ ...state, seen, evidence }))
  const key = keyOf(file.read())
  return judged.map(({ one, verdict }) =>
    verdict.sign
      ? { verdict, line: signatureLine(cosignNote(one.note.text, key, at)) }
      : { verdict, line: null },
  )
}

const withEvidence = (
  kept: readonly Evidence[],
  { note, checkpoint }: AddCheckpoint,
  why: Refusal,
  seen: string | undefined,
  at: number,
): readonly Evidence[] => {
  const shown = formatNote(note)
  if (!DAMNING.has(why) || seen === undefined) return kept
  // The same again says nothing new, and would push the rest out.
  if (kept.some((one) => one.shown === shown && one.seen === seen && one.why === why)) return kept
  const one = { at: new Date(at).toISOString(), origin: checkpoint.origin, why, seen, shown }
  return [...kept, one].slice(-EVIDENCE)
}

/** The key that a witness signs with. Its secret leaves the state for this value only. */
export const keyOf = ({ name, seed }: Pick<WitnessState, 'name' | 'seed'>) =>
  signerKey(name, fromBase64(seed), 'cosignature')
