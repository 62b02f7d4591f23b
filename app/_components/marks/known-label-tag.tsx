import { LabelTag } from '@/app/_components/marks/label-tag'
import { labelById } from '@/lib/marking/tlp'

/** A label known by its name alone, as in lists of documents. A name that no set knows still shows as text. */
export function KnownLabelTag({ id }: { id: string }) {
  return <LabelTag label={labelById(id) ?? { id, colours: { text: '#FFFFFF', background: '#000000' } }} />
}
