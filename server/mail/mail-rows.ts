import { and, asc, eq, gt, isNull, lte, sql } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { isKind } from '@/lib/told/kinds'
import type { Reader, Tx } from '@/server/db/client'
import { organisations, people } from '@/server/db/schema/identity'
import { personInvitations } from '@/server/db/schema/organisation'
import { participationOffers } from '@/server/db/schema/partnership'
import { mailOutbox, notifications } from '@/server/db/schema/told'
import { invitationMail, type Mail, noticeMail, offerMail } from '@/server/mail/compose'
import { makeInvitationLink } from '@/server/operations/invitations/invitation-link'
import { makeOfferLink } from '@/server/operations/offers/offer-link'

export type MailRow = typeof mailOutbox.$inferSelect

/** Somebody who is looking will have read it by then. */
const UNREAD_FOR = '1 minute'
/** Older ones are found in the inbox; nobody wants a day of them at once when a mail server comes back. */
const NOT_OLDER = '1 day'

/** Puts what was told and not read into the outbox, for those who want that kind as mail. @returns how many */
export const queueNotices = async (tx: Tx, defaults: readonly string[]): Promise<number> => {
  const { rows } = await tx.query(
    `insert into mail_outbox (id, kind, ref_id)
     select gen_random_uuid(), 'notification', n.id
     from notifications n join people p on p.id = n.person_id and p.state = 'active'
     left join mail_choices c on c.person_id = n.person_id and c.kind = n.kind
     where n.read_at is null and n.at < now() - interval '${UNREAD_FOR}' and n.at > now() - interval '${NOT_OLDER}'
       and coalesce(c.choice, case when n.kind = any($1) then 'at_once' else 'never' end) = 'at_once'
       and not exists (select 1 from mail_outbox o where o.ref_id = n.id)
     limit 200 returning id`,
    [defaults],
  )
  return rows.length
}

/** Takes the next mail that is due: nobody else does for a while, and a failure is tried again later. */
export const claimMail = async (tx: Tx, now: Date): Promise<MailRow | null> => {
  const [row] = await tx.orm
    .select()
    .from(mailOutbox)
    .where(and(isNull(mailOutbox.sentAt), isNull(mailOutbox.closedAt), lte(mailOutbox.nextAt, now)))
    .orderBy(asc(mailOutbox.nextAt))
    .limit(1)
    .for('update', { skipLocked: true })
  if (row === undefined) return null
  const attempts = row.attempts + 1
  // 1, 2, 4 … minutes, at most an hour.
  const wait = Math.min(60, 2 ** (attempts - 1)) * 60_000
  await tx.orm
    .update(mailOutbox)
    .set({ attempts, nextAt: new Date(now.getTime() + wait) })
    .where(eq(mailOutbox.id, row.id))
  return { ...row, attempts }
}

/**
 * Writes a mail at the moment at which it is sent, from what is true then; the token of its link is made now and stands in the
 * mail alone. @returns null where nothing is to be sent any more
 */
export const composeMail = async (
  tx: Tx,
  row: Pick<MailRow, 'kind' | 'refId'>,
  publicUrl: string,
  now: Date,
): Promise<Mail | null> => {
  if (row.kind === 'notification') return composeNotice(tx, row.refId, publicUrl)
  const about = await aboutOf(tx, row)
  if (about === null) return null
  const path =
    row.kind === 'participation_offer'
      ? await makeOfferLink(tx, row.refId, now)
      : ((await makeInvitationLink(tx, row.refId, now))?.path ?? null)
  if (path === null) return null
  const write = row.kind === 'participation_offer' ? offerMail : invitationMail
  return write(about.email, about, `${publicUrl}${path}`)
}

const composeNotice = async (tx: Tx, id: Id, publicUrl: string): Promise<Mail | null> => {
  const [found] = await tx.orm
    .select({
      kind: notifications.kind,
      readAt: notifications.readAt,
      email: people.email,
      state: people.state,
    })
    .from(notifications)
    .innerJoin(people, eq(people.id, notifications.personId))
    .where(eq(notifications.id, id))
  if (found === undefined || found.readAt !== null || found.state !== 'active' || !isKind(found.kind))
    return null
  return noticeMail(found.email, found.kind, publicUrl)
}

/** To whom a link goes and what it is about; null where nobody waits for it any more. */
export const aboutOf = async (
  reader: Reader,
  row: Pick<MailRow, 'kind' | 'refId'>,
): Promise<{ email: string; organisation: string; by: string } | null> => {
  if (row.kind === 'participation_offer') {
    const [found] = await reader.orm
      .select({ email: participationOffers.email, organisation: organisations.name, by: people.name })
      .from(participationOffers)
      .innerJoin(organisations, eq(organisations.id, participationOffers.offeredByOrg))
      .innerJoin(people, eq(people.id, participationOffers.offeredBy))
      .where(and(eq(participationOffers.id, row.refId), eq(participationOffers.state, 'open')))
    return found?.email == null ? null : { ...found, email: found.email }
  }
  const [found] = await reader.orm
    .select({ email: personInvitations.email, organisation: organisations.name, by: people.name })
    .from(personInvitations)
    .innerJoin(organisations, eq(organisations.id, personInvitations.orgId))
    .innerJoin(people, eq(people.id, personInvitations.createdBy))
    .where(
      and(
        eq(personInvitations.id, row.refId),
        isNull(personInvitations.usedAt),
        isNull(personInvitations.withdrawnAt),
        gt(personInvitations.expiresAt, sql`now()`),
      ),
    )
  return found ?? null
}

export const closeMail = async (
  reader: Reader,
  id: Id,
  how: { sentAt: Date } | { closedAt: Date; lastError?: string } | { lastError: string },
): Promise<void> => {
  await reader.orm.update(mailOutbox).set(how).where(eq(mailOutbox.id, id))
}
