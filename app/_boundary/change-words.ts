import type { BoundaryChangeView } from '@/lib/views/boundary'
import type { AgencyView } from '@/lib/views/person'

export type ChangeRow = BoundaryChangeView['gain'][number]

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

/** The words on the button: what will happen when it is pressed. */
export const actWords = ({ gain, lose }: BoundaryChangeView): string => {
  const removed = lose.filter((row) => row.to === 'none').length
  const lowered = lose.length - removed
  const parts = [
    removed > 0 ? `remove access for ${people(removed)}` : '',
    lowered > 0 ? `lower access for ${people(lowered)}` : '',
    gain.length > 0 ? `give access to ${people(gain.length)}` : '',
  ].filter(Boolean)
  if (parts.length === 0) return 'Set it; nobody gains or loses'
  const words = `${parts.join(' and ')}${gain.length === 0 ? ' now' : ' …'}`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The same after it happened, for the toast. */
export const doneWords = ({ gain, lose }: BoundaryChangeView): string => {
  const parts = [
    lose.length > 0 ? `${people(lose.length)} lost access or some of it` : '',
    gain.length > 0 ? `${people(gain.length)} gained access` : '',
  ].filter(Boolean)
  return parts.length === 0
    ? 'The boundary is set. Nobody gained or lost access.'
    : `Done: ${parts.join(', ')}.`
}

/** Rows by agency, agencies and people by name. */
export const byAgency = (rows: readonly ChangeRow[]): { agency: AgencyView; rows: ChangeRow[] }[] => {
  const groups = new Map<string, { agency: AgencyView; rows: ChangeRow[] }>()
  for (const row of rows) {
    const { org } = row.person
    const group = groups.get(org.id) ?? { agency: org, rows: [] }
    group.rows.push(row)
    groups.set(org.id, group)
  }
  for (const group of groups.values()) group.rows.sort((a, b) => a.person.name.localeCompare(b.person.name))
  return [...groups.values()].sort((a, b) => a.agency.name.localeCompare(b.agency.name))
}
