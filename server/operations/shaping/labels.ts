import type { ListedLabel } from '@/lib/marking/label'
import type { LabelView } from '@/lib/views/document'
import { labelById } from '@/server/marking/labels-in-use'

export const labelView = ({ id, rank, colours, meaning }: LabelView): LabelView => ({
  id,
  rank,
  colours,
  meaning,
})

/** A stored label. Content under an unknown one is denied by R0, so that it never comes this far. */
export const mustKnowLabel = (id: string): ListedLabel => {
  const label = labelById(id)
  if (label === undefined) throw new Error(`label ${id} is in no set`)
  return label
}
