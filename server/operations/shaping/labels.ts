import type { Label } from '@/lib/marking/label'
import { labelById } from '@/lib/marking/tlp'
import type { LabelView } from '@/lib/views/document'

export const labelView = ({ id, rank, colours, meaning }: Label): LabelView => ({
  id,
  rank,
  colours,
  meaning,
})

/** A stored label. Content under an unknown one is denied by R0, so that it never comes this far. */
export const mustKnowLabel = (id: string): Label => {
  const label = labelById(id)
  if (label === undefined) throw new Error(`label ${id} is in no set`)
  return label
}
