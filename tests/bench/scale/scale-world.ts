import type { Id } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import type { Random } from '@/tests/support/seeded'

export interface Sizes {
  orgs: number
  people: number
  documents: number
  sections: number
  grants: number
}

export interface ScalePerson {
  id: Id
  orgId: Id
}

export interface ScaleWorkspace {
  id: Id
  /** The host first. */
  orgs: Id[]
  members: (ScalePerson & { role: Role; membershipId: Id })[]
  documents: ScaleDocument[]
}

export interface ScaleDocument {
  id: Id
  ownerOrgId: Id
  sections: { id: Id; originatorOrgId: Id }[]
}

export interface ScaleWorld {
  sizes: Sizes
  random: Random
  nextId: () => Id
  orgs: { id: Id; people: ScalePerson[]; groups: Id[] }[]
  /** The largest first: a third of the agencies, a fifth of people, documents, sections and grants. */
  workspaces: ScaleWorkspace[]
}

/** Since when everything holds that is not over. */
export const LONG_AGO = '2026-01-01T00:00:00Z'
