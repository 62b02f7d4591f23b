import type { Label, ListedLabel } from '@/lib/marking/label'
import { type LabelSet, TLP_SET } from '@/lib/marking/label-set'
import { TLP } from '@/lib/marking/tlp'
import type { Reader } from '@/server/db/client'

/** Fixed before anything is served and never changed after: labels are a property of the installation. */
let inUse: LabelSet = TLP_SET

/** At start only: everything in this process goes by this set from now on. */
export const useLabels = (set: LabelSet): void => {
  inUse = set
}

/** @returns undefined for a name that the set does not know: then the label is an absent fact, and R0 denies */
export const labelById = (id: string): ListedLabel | undefined => inUse.byId(id)

/** In rising order: what may be chosen when something is marked. */
export const labelsOffered = (): readonly ListedLabel[] => inUse.offered

/** All that may stand on something: those that are offered, and those of TLP 2.0, which stay understood. */
export const labelsUnderstood = (): string[] => [
  ...new Set([...inUse.offered.map(({ id }) => id), ...TLP.map(({ id }) => id)]),
]

/** What a new document carries until somebody marks it. */
export const firstLabel = (): string => inUse.first

type Known = (id: string) => Label | undefined

/**
 * Labels as `decide` takes them, with the ids that a set's short codes and addresses mean: one that nobody has is no id,
 * and lets nobody in. Asks the database only where the set has such conditions, then always: whether there is an object
 * or not takes the same time.
 */
export const readLabels = async (reader: Reader): Promise<Known> => {
  const { namesOrgs, namesPeople, byId } = inUse
  const ids = new Map<string, string>()
  if (namesOrgs.length > 0 || namesPeople.length > 0) {
    const { rows } = await reader.query<{ name: string; id: string }>(
      `select short_code as name, id from organisations where short_code = any($1)
       union all select lower(email), id from people where lower(email) = any($2)`,
      [namesOrgs, namesPeople],
      'labels',
    )
    // An address has an @, a short code has none.
    for (const { name, id } of rows) ids.set(name, id)
  }
  const found = (names: readonly string[] | null) => names?.flatMap((name) => ids.get(name) ?? []) ?? null
  return (id) => {
    const label = byId(id)
    if (label === undefined) return undefined
    const { orgCodes, addresses, ...rest } = label
    return { ...rest, orgs: found(orgCodes), people: found(addresses) }
  }
}
