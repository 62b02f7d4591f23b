import { fromBase64, MalformedNote, toBase64 } from '@/lib/audit/signed-note'

/** The head of a tree as the text of a note (c2sp.org/tlog-checkpoint): which log, how many leaves, which root. */
export interface Checkpoint {
  /** Names the log, for ever: a URL without its scheme. */
  origin: string
  size: number
  /** 32 bytes. */
  root: Uint8Array
  /** Lines of the log's own, without newlines. Witnesses sign them and say nothing about them. */
  extensions: readonly string[]
}

const SIZE = /^(0|[1-9][0-9]{0,15})$/

export const checkpointText = ({ origin, size, root, extensions }: Checkpoint): string =>
  [origin, String(size), toBase64(root), ...extensions].map((line) => `${line}\n`).join('')

/** @throws MalformedNote for anything that is not the text of a checkpoint, to the letter */
export const parseCheckpoint = (text: string): Checkpoint => {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw new MalformedNote('a checkpoint ends in a newline')
  const [origin, sizeText, rootText, ...extensions] = lines
  if (origin === undefined || origin === '') throw new MalformedNote('a checkpoint without an origin')
  if (sizeText === undefined || !SIZE.test(sizeText)) throw new MalformedNote('a checkpoint without a size')
  const size = Number(sizeText)
  if (!Number.isSafeInteger(size)) throw new MalformedNote('a size that is too large')
  const root = fromBase64(rootText ?? '')
  if (root.length !== 32) throw new MalformedNote('a root has 32 bytes')
  if (extensions.includes('')) throw new MalformedNote('an empty line in a checkpoint')
  return { origin, size, root, extensions }
}
