import { type Checkpoint, parseCheckpoint } from '@/lib/audit/checkpoint'
import {
  formatNote,
  fromBase64,
  MalformedNote,
  parseNote,
  type SignedNote,
  toBase64,
} from '@/lib/audit/signed-note'

/**
 * The body of a request to a witness (c2sp.org/tlog-witness, "add-checkpoint"): the size that the sender believes the witness
 * to have signed last, a proof that the new tree goes on from there, and the new checkpoint.
 */
export interface AddCheckpoint {
  old: number
  /** RFC 6962 section 2.1.2, hashes of 32 bytes; empty when `old` is 0 or the size itself. */
  proof: readonly Uint8Array[]
  note: SignedNote
  checkpoint: Checkpoint
}

/** The standard's own limit: a proof between two sizes below 2^63 has no more. */
const MAX_PROOF = 63
const OLD = /^old (0|[1-9][0-9]{0,15})$/

export const formatAddCheckpoint = ({ old, proof, note }: Omit<AddCheckpoint, 'checkpoint'>): string =>
  [`old ${old}`, ...proof.map(toBase64), '', formatNote(note)].join('\n')

/** @throws MalformedNote for anything that is not such a body, to the letter */
export const parseAddCheckpoint = (body: string): AddCheckpoint => {
  const end = body.indexOf('\n\n')
  if (end < 0) throw new MalformedNote('no empty line before the checkpoint')
  const [first = '', ...lines] = body.slice(0, end).split('\n')
  const old = Number(OLD.exec(first)?.[1])
  if (!Number.isSafeInteger(old)) throw new MalformedNote('the first line does not name the old size')
  if (lines.length > MAX_PROOF) throw new MalformedNote(`a proof of more than ${MAX_PROOF} hashes`)
  const proof = lines.map((line) => {
    const hash = fromBase64(line)
    if (hash.length !== 32) throw new MalformedNote('a hash of a proof has 32 bytes')
    return hash
  })
  const note = parseNote(body.slice(end + 2))
  return { old, proof, note, checkpoint: parseCheckpoint(note.text) }
}
