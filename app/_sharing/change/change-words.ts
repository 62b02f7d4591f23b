import type { Level } from '@/lib/policy/vocabulary'
import type { AgencyView, PersonView } from '@/lib/views/person'
import type { LevelChangeView, SharingChangeView, SharingOutcome } from '@/lib/views/sharing'

type Change = Pick<SharingChangeView, 'gain' | 'lose' | 'keys'>

export const countPeople = (rows: readonly LevelChangeView[]): string => {
  const count = new Set(rows.map(({ person }) => person.id)).size
  return count === 1 ? '1 person' : `${count} people`
}

/** The change would wait for another key: somebody outside the originator's organisation gains, or another one's is concerned. */
export const needsRelease = ({ keys }: Pick<Change, 'keys'>): boolean =>
  keys.second || keys.originators.length > 0

/** The words on the button: what will happen when it is pressed. */
export const actWords = (change: Change): string => {
  const { gain, lose } = change
  if (needsRelease(change)) return `Ask for a release to ${countPeople(gain)} …`
  const removed = lose.filter((row) => row.to === 'none')
  const lowered = lose.filter((row) => row.to !== 'none')
  const parts = [
    removed.length > 0 ? `remove access for ${countPeople(removed)}` : '',
    lowered.length > 0 ? `lower access for ${countPeople(lowered)}` : '',
    gain.length > 0 ? `give access to ${countPeople(gain)}` : '',
  ].filter(Boolean)
  if (parts.length === 0) return 'Set it; nobody gains or loses'
  const words = `${parts.join(' and ')}${gain.length === 0 ? ' now' : ' …'}`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The same after it happened, for the toast. */
export const doneWords = ({ gain, lose }: Change, outcome: SharingOutcome): string => {
  if (!outcome.applied)
    return 'Nothing has changed yet. The release waits for its other key, 72 hours at most.'
  const parts = [
    lose.length > 0 ? `${countPeople(lose)} lost access or some of it` : '',
    gain.length > 0 ? `${countPeople(gain)} gained access` : '',
  ].filter(Boolean)
  return parts.length === 0 ? 'It is set. Nobody gained or lost access.' : `Done: ${parts.join(', ')}.`
}

interface ChangeLine {
  from: Level
  to: Level
  handling: LevelChangeView['handling']
  /** Of a document: which of its parts. Null where there is only one thing. */
  where: string | null
}

export interface PersonChanges {
  person: PersonView
  lines: ChangeLine[]
}

/** Rows by agency and person; what is the same for several sections of a document is one line. */
export const byAgency = (
  rows: readonly LevelChangeView[],
): { agency: AgencyView; people: PersonChanges[] }[] => {
  const several = new Set(rows.map(({ sectionId }) => sectionId)).size > 1
  const agencies = new Map<string, { agency: AgencyView; people: Map<string, LevelChangeView[]> }>()
  for (const row of rows) {
    const { org, id } = row.person
    const entry = agencies.get(org.id) ?? { agency: org, people: new Map() }
    entry.people.set(id, [...(entry.people.get(id) ?? []), row])
    agencies.set(org.id, entry)
  }
  return [...agencies.values()]
    .sort((a, b) => a.agency.name.localeCompare(b.agency.name))
    .map(({ agency, people }) => ({
      agency,
      people: [...people.values()]
        .flatMap((own) => {
          const [first] = own
          return first === undefined ? [] : [{ person: first.person, lines: linesOf(own, several) }]
        })
        .sort((a, b) => a.person.name.localeCompare(b.person.name)),
    }))
}

const linesOf = (rows: readonly LevelChangeView[], several: boolean): ChangeLine[] => {
  const lines = new Map<string, LevelChangeView[]>()
  for (const row of rows) {
    const key = `${row.from} ${row.to} ${row.handling.join(' ')}`
    lines.set(key, [...(lines.get(key) ?? []), row])
  }
  return [...lines.values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const { from, to, handling } = first
    return [{ from, to, handling, where: several ? placesOf(same) : null }]
  })
}

const MOST_NAMED = 2

const placesOf = (rows: readonly LevelChangeView[]): string => {
  const titles = rows.flatMap(({ title }) => (title === null ? [] : [`“${title}”`]))
  const sections = titles.length > MOST_NAMED ? [`${titles.length} sections`] : titles
  return [...(rows.some(({ title }) => title === null) ? ['the document'] : []), ...sections].join(', ')
}
