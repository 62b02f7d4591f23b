import type { Id } from '@/lib/ids'
import type { Level, Role } from '@/lib/policy/vocabulary'
import type { AudienceView, LabelView } from '@/lib/views/document'
import type { AgencyView, PersonView } from '@/lib/views/person'

/** `added`: a colleague who had an account already and takes part now. `sent`: nothing is said about any account. */
export interface InviteAnswer {
  outcome: 'sent' | 'added'
  name: string
}

export interface InvitationView {
  id: Id
  email: string
  name: string
  /** Title of the workspace that it also leads into. */
  workspace: string | null
  role: Role | null
  membershipUntil: string | null
  /** Who invited. */
  by: string
  at: string
  expiresAt: string
  over: boolean
  can: { handOver: boolean }
}

/** What an invitation's link opens, for whoever holds it. */
export interface OpenInvitationView {
  email: string
  name: string
  organisation: string
  workspace: { title: string; role: Role; until: string | null } | null
  /** `other`: the address has an account at another organisation, and an account belongs to one. */
  account: 'none' | 'same' | 'other'
  /** Worth nothing in a password. */
  words: string[]
}

export interface GroupView {
  id: Id
  name: string
  people: { id: Id; name: string; until: string | null; suspended: boolean }[]
}

export interface FoundPersonView {
  person: PersonView
  /** Of colleagues only. */
  email: string | null
  /** Takes part in the workspace that was asked about. */
  member: boolean
}

/** One's own organisation, for everybody there; what only its administrators may know is left out for the others. */
export interface OwnOrganisationView {
  org: AgencyView
  administrators: { id: Id; name: string }[]
  domains: { id: Id; domain: string; at: string }[]
  /** For administrators all that it takes part in; for others those that they may enter. */
  workspaces: OwnPartView[]
  can: { manage: boolean }
}

/** What one's own organisation may do in one workspace. */
export interface OwnPartView {
  id: Id
  title: string
  host: AgencyView
  state: 'active' | 'suspended' | 'unsigned'
  ceiling: Level
  mayExport: boolean
  until: string | null
  people: number
  /** The reader may enter it. */
  mine: boolean
}

/** A section that one's own organisation originated, as the reader may know it. */
export interface OriginatedView {
  id: Id
  title: string
  document: { id: Id; title: string }
  label: LabelView
  audience: AudienceView
  frozen: boolean
}
