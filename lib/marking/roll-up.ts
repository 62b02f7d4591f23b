import type { Label } from '@/lib/marking/label'

/**
 * The label of a whole: the strictest of its parts. Give it only the parts that the viewer can see, or the label
 * itself tells that there is something hidden. `own` is the whole's own label: the result is never below it.
 */
export const rollUp = <Of extends Pick<Label, 'rank'>>(own: Of, parts: Iterable<Of>): Of => {
  let highest = own
  for (const part of parts) if (part.rank > highest.rank) highest = part
  return highest
}
