import type { Id } from '@/lib/ids'
import type { Level, Role } from '@/lib/policy/vocabulary'
import type { LabelView } from '@/lib/views/document'
import type { AgencyView, PersonView } from '@/lib/views/person'

export interface WorkspaceCardView {
  id: Id
  title: string
  state: 'active' | 'archived'
  role: Role
  agencies: AgencyView[]
  documents: number
  /** Which of its pages are open to me. */
  can: { seeMembers: boolean; readRecord: boolean }
}

export interface DocumentRowView {
  id: Id
  title: string
  parentId: Id | null
  owner: AgencyView
  /** Highest among what this viewer can see of it. */
  label: LabelView
  starred: boolean
  archived: boolean
  /** Offered where a document is made. */
  template: boolean
  /** ISO 8601: when I last opened it; null if never. */
  visitedAt: string | null
  can: { rename: boolean; archive: boolean; createBelow: boolean }
}

/** One organisation's part in a workspace. */
export interface AgencyPartView extends AgencyView {
  state: 'active' | 'suspended'
  suspendedBy: AgencyView | null
  ceiling: Level
  mayExport: boolean
  until: string | null
  /** Of the terms; 0: none. */
  signedVersion: number
  signedAt: string | null
  /** 0 and nobody for a guest. */
  people: number
  leads: string[]
  can: { change: boolean; suspend: boolean; resume: boolean; takeOut: boolean; leave: boolean }
}

export interface WorkspaceView {
  id: Id
  title: string
  state: 'active' | 'archived'
  host: AgencyView
  role: Role
  /** Of the terms in force; 0: none are asked for. */
  termsVersion: number
  agencies: AgencyPartView[]
  documents: DocumentRowView[]
  can: {
    invite: boolean
    createDocument: boolean
    seeMembers: boolean
    manageMembers: boolean
    readRecord: boolean
  }
}

export interface MemberView {
  membershipId: Id
  person: PersonView
  role: Role
  from: string
  until: string | null
  suspended: boolean
  /** When they were last here at all, and how they signed in then (1: a password). Told to leads of their own agency. */
  activity: { lastActiveAt: string; strength: number } | null
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
