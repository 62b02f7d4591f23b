import type { Id } from '@/lib/ids'
import type { Kind } from '@/lib/told/kinds'
import type { PersonView } from '@/lib/views/person'

/** Something one was told, with the names that one may know now. */
export interface NoticeView {
  id: Id
  kind: Kind
  /** A whole sentence, names filled in; what may no longer be known is said so. */
  text: string
  by: PersonView | null
  /** ISO 8601. */
  at: string
  read: boolean
  /** Where one acts on it; null if there is nothing left to do there. */
  href: string | null
}

export interface InboxView {
  entries: NoticeView[]
  /** For the next page; null at the end. */
  cursor: string | null
  unread: number
}

export interface MailChoiceView {
  kind: Kind
  label: string
  choice: 'at_once' | 'never'
}

/** Mail that has not left. */
export interface WaitingMailView {
  id: Id
  kind: 'person_invitation' | 'participation_offer'
  email: string
  /** The workspace or organisation that it is about. */
  about: string
  at: string
  attempts: number
  error: string | null
  /** A link can be made to hand over by hand. */
  canShowLink: boolean
}

export interface UnsentMailView {
  /** False: no mail server is set up, and everything waits here. */
  configured: boolean
  mails: WaitingMailView[]
}
