import type { Id } from '@/lib/ids'
import type { AgencyView } from '@/lib/views/person'

/** What must be accepted before signing in; the hash says which text it was. */
export interface BannerView {
  text: string
  /** SHA-256, hex. */
  hash: string
}

/** ISO 8601, all by the server's clock. */
export interface SessionLimitsView {
  idleEndsAt: string
  endsAt: string
  now: string
}

/** A person of one's own organisation, for its administrators. */
export interface OwnPersonView {
  id: Id
  name: string
  email: string
  suspended: boolean
  isAdministrator: boolean
  /** False until the one-time link was used. */
  hasPassword: boolean
  /** ISO 8601: when a session of theirs was last used; null if never. */
  lastActiveAt: string | null
  /** Of their newest sign-in: 1 a password, 2 and above something more besides. Null if never. */
  strength: number | null
  can: {
    suspend: boolean
    reinstate: boolean
    issueLink: boolean
    makeAdministrator: boolean
    unmakeAdministrator: boolean
    why: string | null
  }
}

/** An organisation of the instance, for operators. */
export interface OrganisationView extends AgencyView {
  suspended: boolean
  people: number
}

/** What a valid one-time link opens: for whom it is, and words that are worth nothing in a password. */
export interface OpenLinkView {
  person: { name: string; email: string; organisation: string } | null
  words: string[]
}

/** What the holder of an offer's link sees before they have an account. */
export interface OpenOfferLinkView {
  offerId: string
  /** The address that was invited. */
  email: string
  workspace: string
  /** Who asks. */
  agency: string
  /** The address has an account: sign in with it. */
  hasAccount: boolean
}
