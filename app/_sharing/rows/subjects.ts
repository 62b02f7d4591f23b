import type { Named } from '@/app/_sharing/rows/subject-mark'
import type { Id } from '@/lib/ids'
import type { Level, SubjectKind } from '@/lib/policy/vocabulary'
import type { SharingView } from '@/lib/views/sharing'

export interface Candidate extends Named {
  subjectId: Id
  /** What a person could do if no boundary stood in the way; null of agencies and groups. */
  byRole: Level | null
}

/** Everybody whom a change may name: agencies, then groups, then people. */
export const candidatesOf = ({ agencies, groups, people }: SharingView): Candidate[] => [
  ...agencies.map(
    (agency): Candidate => ({
      subjectKind: 'org',
      subjectId: agency.id,
      name: agency.name,
      agency,
      byRole: null,
    }),
  ),
  ...groups.map(
    ({ id, name, agency }): Candidate => ({
      subjectKind: 'group',
      subjectId: id,
      name,
      agency,
      byRole: null,
    }),
  ),
  ...people.map(
    ({ id, name, org, byRole }): Candidate => ({
      subjectKind: 'person',
      subjectId: id,
      name,
      agency: org,
      byRole,
    }),
  ),
]

/** The name that a row shows, whoever it names: those who may be named, and those who are named already. */
export const namedIn = (
  view: SharingView,
  { subjectKind, subjectId }: { subjectKind: SubjectKind; subjectId: Id },
): Named => {
  const known = [...candidatesOf(view), ...(view.clauses ?? []), ...view.grants, ...view.denies]
  const found = known.find((one) => one.subjectKind === subjectKind && one.subjectId === subjectId)
  return { subjectKind, name: found?.name ?? 'Somebody who has left', agency: found?.agency ?? null }
}

/** Those whose name, agency or short code has the words in it. */
export const matching = (all: readonly Candidate[], words: string): Candidate[] => {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return []
  return all.filter(({ name, agency }) =>
    `${name} ${agency?.name ?? ''} ${agency?.shortCode ?? ''}`.toLowerCase().includes(wanted),
  )
}
