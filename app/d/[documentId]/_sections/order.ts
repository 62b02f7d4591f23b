import type { Id } from '@/lib/ids'

/**
 * The list with one entry moved to stand right after another (null: first). The same list when nothing changes, so
 * that a drop where it began asks the server nothing.
 */
export const movedAfter = <Row extends { id: Id }>(
  rows: readonly Row[],
  id: Id,
  afterId: Id | null,
): readonly Row[] => {
  const from = rows.findIndex((row) => row.id === id)
  const row = rows[from]
  if (row === undefined || afterId === id) return rows
  const rest = rows.filter((one) => one.id !== id)
  const after = afterId === null ? -1 : rest.findIndex((one) => one.id === afterId)
  if (afterId !== null && after === -1) return rows
  return after + 1 === from ? rows : rest.toSpliced(after + 1, 0, row)
}

/** After which section it stands one place further up or down; undefined when it is at that end already. */
export const neighbourAfter = (
  rows: readonly { id: Id }[],
  id: Id,
  step: 'up' | 'down',
): Id | null | undefined => {
  const at = rows.findIndex((row) => row.id === id)
  if (at === -1) return undefined
  if (step === 'down') return rows[at + 1]?.id
  if (at === 0) return undefined
  return rows[at - 2]?.id ?? null
}

/**
 * The order on screen: what is there now, and, where they stood before, places that were closed for me while I
 * looked (`kept`). A kept place whose predecessor is gone too follows the one before that.
 */
export const withKept = (before: readonly Id[], now: readonly Id[], kept: ReadonlySet<Id>): Id[] => {
  const result = [...now]
  for (const [index, id] of before.entries()) {
    if (!kept.has(id) || result.includes(id)) continue
    const predecessor = before.slice(0, index).findLast((one) => result.includes(one))
    result.splice(predecessor === undefined ? 0 : result.indexOf(predecessor) + 1, 0, id)
  }
  return result
}
