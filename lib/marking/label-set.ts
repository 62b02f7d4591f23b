import type { Label, ListedLabel } from '@/lib/marking/label'
import { TLP } from '@/lib/marking/tlp'

/** The labels of one installation. */
export interface LabelSet {
  /** In rising order: what may be chosen when something is marked. */
  offered: readonly ListedLabel[]
  /** What a new document carries until somebody marks it. */
  first: string
  /** @returns undefined for a name that the set does not know: then the label is an absent fact, and R0 denies */
  byId(id: string): ListedLabel | undefined
  /** Short codes and addresses that its conditions name: what must be looked up before they can be judged. */
  namesOrgs: readonly string[]
  namesPeople: readonly string[]
}

/** A label of the shipped protocol by name, or one of the customer's own in full; the lowest first. */
export type LabelEntry = string | Omit<ListedLabel, 'rank'>

/**
 * The set that a list of entries describes. TLP labels that are not listed cannot be chosen, but whatever carries one
 * stays understood, as strict as before and above everything that is listed.
 * @param first what new documents carry: one of the listed
 * @throws RangeError for a name that is listed twice, or alone and not of TLP, and for a first one that is not listed
 */
export const labelSet = (entries: readonly LabelEntry[], first: string): LabelSet => {
  const offered = entries.map((entry, rank): ListedLabel => ({ ...written(entry), rank }))
  const byId = new Map<string, ListedLabel>()
  for (const label of offered) {
    if (byId.has(label.id)) throw new RangeError(`${label.id} is listed twice`)
    byId.set(label.id, label)
  }
  if (!byId.has(first)) throw new RangeError(`new documents are to carry ${first}, which is not listed`)
  for (const label of TLP)
    if (!byId.has(label.id)) byId.set(label.id, { ...listed(label), rank: offered.length + label.rank })
  return {
    offered,
    first,
    byId: (id) => byId.get(id),
    namesOrgs: distinct(offered.flatMap(({ orgCodes }) => orgCodes ?? [])),
    namesPeople: distinct(offered.flatMap(({ addresses }) => addresses ?? [])),
  }
}

const written = (entry: LabelEntry): Omit<ListedLabel, 'rank'> => {
  if (typeof entry !== 'string') return entry
  const shipped = TLP.find(({ id }) => id === entry)
  if (shipped === undefined) throw new RangeError(`${entry} is no label of TLP 2.0: describe it in full`)
  return listed(shipped)
}

/** The shipped labels name nobody. */
const listed = ({ orgs: _, people: __, ...label }: Label): ListedLabel => ({
  ...label,
  orgCodes: null,
  addresses: null,
})

const distinct = (names: readonly string[]): string[] => [...new Set(names)]

/** What is there without a file of one's own: TLP 2.0. */
export const TLP_SET: LabelSet = labelSet(
  TLP.map(({ id }) => id),
  'TLP:AMBER',
)
