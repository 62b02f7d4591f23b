/**
 * One range of bytes of a Range header (RFC 9110, 14.1.2), the last one included. Several ranges, and what is not understood, are
 * answered with the whole, as the standard allows.
 * @returns null for the whole
 */
export const rangeOf = (
  header: string | undefined,
  size: number,
): { from: number; to: number } | 'unsatisfiable' | null => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (match === null) return null
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return null
  if (first === '') {
    const tail = Number(last)
    return tail === 0 ? 'unsatisfiable' : { from: Math.max(0, size - tail), to: size - 1 }
  }
  const from = Number(first)
  if (from >= size) return 'unsatisfiable'
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return to < from ? null : { from, to }
}
