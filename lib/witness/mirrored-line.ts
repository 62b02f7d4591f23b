import { createHash } from 'node:crypto'

/**
 * Whether a line of a mirror is what stands in the tree: its text has the leaf hash of its index, and each opened value is what the
 * text commits to. Lines that are no events say nothing of themselves and hold.
 * @param leafAt the leaf hash of an index; null beyond the tree
 */
export const mirroredLineHolds = (line: string, leafAt: (index: number) => Uint8Array | null): boolean => {
  try {
    const read = JSON.parse(line) as {
      kind: string
      index: number
      canonical: string
      clear: { field: string; salt: string; value: string }[]
    }
    if (read.kind !== 'event') return true
    const leaf = leafAt(read.index)
    const hash = createHash('sha256').update(Uint8Array.of(0)).update(read.canonical, 'utf8').digest()
    if (leaf === null || !hash.equals(leaf)) return false
    const { commitments = {} } = JSON.parse(read.canonical) as { commitments?: Record<string, string> }
    return read.clear.every(({ field, salt, value }) => {
      const opened = createHash('sha256').update(Buffer.from(salt, 'hex')).update(value, 'utf8').digest('hex')
      return commitments[field] === opened
    })
  } catch {
    return false
  }
}
