import type { Id } from '@/lib/ids'
import type { Level, Role } from '@/lib/policy/vocabulary'
import type { AgencyView, PersonView } from '@/lib/views/person'

export interface WorkspaceCardView {
  id: Id
  title: string
  state: 'active' | 'archived'
  role: Role
  agencies: AgencyView[]
  documents: number
}

export interface DocumentRowView {
  id: Id
  title: string
  parentId: Id | null
  owner: AgencyView
  label: string
  starred: boolean
  archived: boolean
  /** ISO 8601: when I last opened it; null if never. */
  visitedAt: string | null
  can: { rename: boolean; archive: boolean; createBelow: boolean }
}

export interface WorkspaceView {
  id: Id
  title: string
  state: 'active' | 'archived'
  host: AgencyView
  role: Role
  agencies: (AgencyView & { ceiling: Level; until: string | null; people: number })[]
  documents: DocumentRowView[]
  can: { createDocument: boolean; seeMembers: boolean; manageMembers: boolean; readRecord: boolean }
}

export interface MemberView {
  membershipId: Id
  person: PersonView
  role: Role
  from: string
  until: string | null
  suspended: boolean
  /** Why a button is absent, for people: "Only leads of Weather can change this." */
  can: { change: boolean; why: string | null }
}

export interface MembersView {
  workspaceId: Id
  title: string
  agencies: { agency: AgencyView; members: MemberView[] }[]
  /** My own agency's people who are not members yet; empty unless I am a lead. */
  candidates: { id: Id; name: string; email: string }[]
  can: { add: boolean; why: string | null }
}
