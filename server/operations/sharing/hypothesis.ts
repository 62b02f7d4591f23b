import { newId } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import type { Boundary, Clause, Facts, SectionFacts, Source } from '@/lib/policy/facts'
import type { ClauseInput } from '@/lib/views/boundary'
import type { SharingChange, SharingRef } from '@/lib/views/sharing'
import type { Hypothesis } from '@/server/policy/who-can'

/** A change with the rows it would write: their ids are given out once, so that what is applied is what was judged. */
export interface Planned {
  ref: SharingRef
  change: SharingChange
  /** undefined: the boundary stays as it is. */
  boundary: Boundary | null | undefined
  grants: Facts['grants'][number][]
  denies: Facts['denies'][number][]
  label: Label | undefined
  frozen: boolean | undefined
}

/** @param now milliseconds since the epoch: from when what is added holds */
export const planOf = (
  ref: SharingRef,
  change: SharingChange,
  label: Label | undefined,
  now: number,
): Planned => {
  const on = 'sectionId' in ref ? ('section' as const) : ('document' as const)
  const validity = (until: string | null) => ({ from: now, until: until === null ? null : Date.parse(until) })
  const named = ({ subjectKind, subjectId, until }: Omit<ClauseInput, 'maxLevel'>) => ({
    id: newId(),
    on,
    subjectKind,
    subjectId,
    validity: validity(until),
  })
  return {
    ref,
    change,
    boundary: change.boundary && {
      id: newId(),
      clauses: change.boundary.map(
        ({ subjectKind, subjectId, maxLevel, until }): Clause => ({
          id: newId(),
          subjectKind,
          subjectId,
          maxLevel,
          validity: validity(until),
        }),
      ),
    },
    grants: (change.grants?.add ?? []).map((grant) => ({ ...named(grant), level: grant.level })),
    denies: (change.denies?.add ?? []).map(named),
    label,
    frozen: change.frozen,
  }
}

/** What the facts about the object, or about anything below it, would be. */
export const hypothesisOf = ({
  ref,
  change,
  boundary,
  grants,
  denies,
  label,
  frozen,
}: Planned): Hypothesis => {
  const endedGrants = new Set(change.grants?.end ?? [])
  const endedDenies = new Set(change.denies?.end ?? [])
  const changed = <Thing extends { boundary: Boundary | null; label: Label }>(thing: Thing): Thing => ({
    ...thing,
    ...(boundary === undefined ? {} : { boundary }),
    ...(label === undefined ? {} : { label }),
  })
  /** A source of the section may be what is changed: then its limits change with it. */
  const atSource = (source: Source): Source => ({
    ...source,
    document:
      'documentId' in ref && source.document.id === ref.documentId
        ? changed(source.document)
        : source.document,
    section:
      source.section !== null && 'sectionId' in ref && source.section.id === ref.sectionId
        ? changed(source.section)
        : source.section,
  })
  const endedSources = new Set(change.sources?.end ?? [])
  const withSources = (section: SectionFacts): SectionFacts =>
    section.sources.length === 0
      ? section
      : { ...section, sources: section.sources.filter(({ id }) => !endedSources.has(id)).map(atSource) }
  const thawed = (section: SectionFacts): SectionFacts =>
    frozen === undefined ? section : { ...section, frozen }
  return (facts) => ({
    ...facts,
    document: facts.document && ('documentId' in ref ? changed(facts.document) : facts.document),
    section:
      facts.section && withSources('sectionId' in ref ? thawed(changed(facts.section)) : facts.section),
    grants: [...facts.grants.filter(({ id }) => !endedGrants.has(id)), ...grants],
    denies: [...facts.denies.filter(({ id }) => !endedDenies.has(id)), ...denies],
  })
}
