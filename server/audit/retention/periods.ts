import { endOfMonth } from '@/lib/audit/month'
import type { PeriodsView } from '@/lib/views/retention/retention'
import type { Reader } from '@/server/db/client'

/** In force where nothing else was agreed. */
const DEFAULT: PeriodsView = { searchableMonths: 12, coldMonths: 18 }

export const PRESETS: readonly PeriodsView[] = [
  { searchableMonths: 6, coldMonths: 12 },
  DEFAULT,
  { searchableMonths: 24, coldMonths: 60 },
]

/** How long events of each of the trees are kept, and how. */
export const readPeriods = async (
  reader: Reader,
  trees: readonly string[],
): Promise<(tree: string) => PeriodsView> => {
  const { rows } = await reader.query<{ tree: string; searchable_months: number; cold_months: number }>(
    `select distinct on (tree) tree, searchable_months, cold_months from audit_retention where tree = any($1)
     order by tree, at desc, id desc`,
    [trees],
  )
  const of = new Map(
    rows.map((row) => [row.tree, { searchableMonths: row.searchable_months, coldMonths: row.cold_months }]),
  )
  return (tree) => of.get(tree) ?? DEFAULT
}

/** Until when a month can be searched. */
export const searchableUntil = (month: string, { searchableMonths }: PeriodsView): Date =>
  endOfMonth(month, searchableMonths)

/** Until when a month must be kept, as files at last. */
export const keptUntil = (month: string, { searchableMonths, coldMonths }: PeriodsView): Date =>
  endOfMonth(month, searchableMonths + coldMonths)
