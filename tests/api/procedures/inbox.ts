import { newId } from '@/lib/ids'
import { ADMINISTRATORS, type ProcedureCase, SIGNED_IN } from '@/tests/api/procedures/who'

const EVERY_MAIL = { mailId: 'operators see every mail that waits' }

/** One's own: whoever is signed in, and an id of somebody else's notice is as good as none. */
export const INBOX: Record<string, ProcedureCase> = {
  'inbox.list': { may: SIGNED_IN, input: () => ({ unreadOnly: false, kind: null, cursor: null }) },
  'inbox.count': { may: SIGNED_IN },
  'inbox.mark': { may: SIGNED_IN, input: () => ({ notificationIds: [newId()], read: true }) },
  'inbox.markAllRead': { may: SIGNED_IN, input: () => ({ until: new Date().toISOString() }) },
  'inbox.mailChoices': { may: SIGNED_IN },
  'inbox.chooseMail': { may: SIGNED_IN, input: () => ({ kind: 'mention', choice: 'never' }) },
  'mail.unsent': { may: ADMINISTRATORS },
  // None waits: who may is in `tests/operations/cases/inbox.ts`.
  'mail.showLink': { may: [], input: () => ({ mailId: newId() }), open: EVERY_MAIL },
  'mail.close': { may: [], input: () => ({ mailId: newId() }), open: EVERY_MAIL },
}
