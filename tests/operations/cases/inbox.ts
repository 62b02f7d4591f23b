import { newId } from '@/lib/ids'
import { chooseMail } from '@/server/operations/inbox/choose-mail'
import { listInbox } from '@/server/operations/inbox/list-inbox'
import { markAllRead } from '@/server/operations/inbox/mark-all-read'
import { markNotices } from '@/server/operations/inbox/mark-notices'
import { closeUnsentMail } from '@/server/operations/mail/close-unsent-mail'
import { listUnsentMail } from '@/server/operations/mail/list-unsent-mail'
import { showMailLink } from '@/server/operations/mail/show-mail-link'
import { type OperationCase, of } from '@/tests/operations/operation-case'
import { freshPartnership, invited } from '@/tests/operations/partnership/fresh-partnership'
import type { Plan } from '@/tests/operations/plan'

/** A mail of an invitation of County's, made by itself so that an administrator may hand it over. */
const aMail = async (plan: Plan) => {
  const invitationId = newId()
  const mailId = newId()
  await plan.services.db.query(
    `insert into person_invitations (id, org_id, email, name, created_by, expires_at)
     values ($1, $2, $3, 'New', $4, now() + interval '1 day')`,
    [invitationId, plan.orgs.county, `${invitationId}@county.test`, plan.people.countyLead.personId],
  )
  await plan.services.db.query(
    `insert into mail_outbox (id, kind, ref_id, org_id) values ($1, 'person_invitation', $2, $3)`,
    [mailId, invitationId, plan.orgs.county],
  )
  return { mailId }
}
const nobodysAdministrator = { who: 'countyReader', code: 'denied' } as const

export const INBOX: readonly OperationCase[] = [
  of('inbox/list-inbox', listInbox, () => ({ unreadOnly: false, kind: null, cursor: null }), 'guest', null),
  of('inbox/mark-notices', markNotices, () => ({ notificationIds: [newId()], read: true }), 'guest', null),
  of('inbox/mark-all-read', markAllRead, () => ({ until: new Date().toISOString() }), 'guest', null),
  of(
    'inbox/choose-mail',
    chooseMail,
    () => ({ kind: 'mention' as const, choice: 'at_once' as const }),
    'guest',
    null,
  ),
  of(
    'mail/list-unsent-mail',
    listUnsentMail,
    async (plan) => {
      await invited(plan, (await freshPartnership(plan, [])).workspaceId)
    },
    'countyLead',
    nobodysAdministrator,
  ),
  of('mail/show-mail-link', showMailLink, aMail, 'countyLead', nobodysAdministrator),
  of('mail/close-unsent-mail', closeUnsentMail, aMail, 'countyLead', nobodysAdministrator),
]
