import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import type { AgencyView, PersonView } from '@/lib/views/person'

export type OnLeaving = 'choice' | 'withdraw' | 'freeze'

/** What terms say, in words and in what the product does by them. */
export interface TermsContent {
  /** Plain text. */
  text: string
  /** Every participating organisation's lead must consent before another organisation is invited. */
  consentToInvite: boolean
  /** What becomes of an organisation's own sections when it leaves. */
  onLeaving: OnLeaving
}

export interface TermsVersionView extends TermsContent {
  version: number
  /** SHA-256, hex: what a signature names. */
  hash: string
  publishedBy: PersonView
  publishedAt: string
  signatures: { agency: AgencyView; person: PersonView; at: string }[]
}

export interface TermsView {
  workspaceId: Id
  title: string
  host: AgencyView
  /** Newest first; the first is in force. Empty where no terms were published. */
  versions: TermsVersionView[]
  draft: (TermsContent & { updatedBy: PersonView; updatedAt: string; hash: string }) | null
  /** Of the organisations that take part: the version each has signed (0: none). */
  agencies: { agency: AgencyView; signedVersion: number }[]
  /** My organisation has not signed what is in force: R4 holds its people out. */
  heldOut: boolean
  /** Of a suspended participation of my organisation: who suspended it. Null while it is not. */
  suspendedBy: AgencyView | null
  can: { draft: boolean; sign: boolean; resume: boolean; leave: boolean; whom: string | null }
}

export type OfferState = 'consent' | 'open' | 'countered' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed'

/** An offer as those see it who may. Names of the other side are left out for the inviting side until it has answered. */
export interface OfferView {
  id: Id
  kind: 'invite' | 'change'
  state: OfferState
  workspace: { id: Id; title: string; host: AgencyView; agencies: AgencyView[] }
  /** The invited organisation; null for the inviting side before an answer. */
  agency: AgencyView | null
  /** The address; null for those who neither made, nor receive, nor consent to the invitation. */
  email: string | null
  ceiling: Level
  mayExport: boolean
  until: string | null
  /** Of a change: what is in force now. */
  now: { ceiling: Level; mayExport: boolean; until: string | null } | null
  message: string
  offeredBy: PersonView
  createdAt: string
  expiresAt: string
  counterCeiling: Level | null
  /** The terms that accepting signs; null where there are none. */
  terms: (TermsContent & { version: number; hash: string }) | null
  consents: { agency: AgencyView; given: boolean | null; reason: string | null }[]
  answered: { by: PersonView | null; at: string; reason: string | null } | null
  can: { answer: boolean; consent: boolean; settleCounter: boolean; withdraw: boolean }
}

/** A workspace that one's own organisation is held out of, for those who would be in it. */
export interface HeldOutView {
  workspaceId: Id
  title: string
  state: 'unsigned' | 'suspended'
  /** Of the terms in force. */
  version: number
  /** Signs, resumes or leaves for the organisation. */
  speaks: boolean
}

/** What ending an organisation's part would mean. */
export interface EndPreview {
  agency: AgencyView
  host: AgencyView
  people: number
  /** That it has originated. */
  sections: number
  /** Documents of its own that hold others' sections: they go into the host's care. */
  sharedDocuments: number
  /** As the terms say that it has signed. */
  onLeaving: OnLeaving
}
