import { and, eq, gt, isNull, type SQL } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Reader, Tx } from '@/server/db/client'
import { oneTimeLinks } from '@/server/db/schema/identity'
import { hashOfToken, looksLikeToken, newToken } from '@/server/identity/session-token'

export type LinkKind = (typeof oneTimeLinks.$inferSelect)['kind']

const HOURS: Record<LinkKind, number> = { setup: 24, password: 72 }
/** The token stands in the fragment: browsers send it to nobody, so no log and no Referer can hold it. */
const PAGE: Record<LinkKind, string> = { setup: '/set-up', password: '/set-password' }

const isOpen = (kind: LinkKind, now: Date, more: SQL | undefined): SQL | undefined =>
  and(eq(oneTimeLinks.kind, kind), isNull(oneTimeLinks.usedAt), gt(oneTimeLinks.expiresAt, now), more)

/**
 * Makes a link and closes the open ones for the same purpose: there is one way in at a time.
 * @returns path and fragment; the token is nowhere else
 */
export const issueLink = async (
  tx: Tx,
  link: { kind: LinkKind; personId: Id | null; createdBy: Id | null },
  now: Date,
): Promise<string> => {
  await closeLinks(tx, link.kind, link.personId, now)
  const token = newToken()
  await tx.orm.insert(oneTimeLinks).values({
    id: newId(),
    ...link,
    tokenHash: hashOfToken(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + HOURS[link.kind] * 3_600_000),
  })
  return `${PAGE[link.kind]}#${token}`
}

export const closeLinks = async (tx: Tx, kind: LinkKind, personId: Id | null, now: Date): Promise<void> => {
  const whose = personId === null ? isNull(oneTimeLinks.personId) : eq(oneTimeLinks.personId, personId)
  await tx.orm
    .update(oneTimeLinks)
    .set({ usedAt: now })
    .where(isOpen(kind, now, whose))
}

/** @returns whose link it is (null for the first set-up), or undefined if it is used, run out or unknown */
export const findLink = async (
  reader: Reader,
  kind: LinkKind,
  token: string,
  now: Date,
): Promise<Id | null | undefined> => {
  if (!looksLikeToken(token)) return undefined
  const [row] = await reader.orm
    .select({ personId: oneTimeLinks.personId })
    .from(oneTimeLinks)
    .where(isOpen(kind, now, eq(oneTimeLinks.tokenHash, hashOfToken(token))))
  return row?.personId
}

/** Uses the link up. Of two at the same time one gets it, the other is refused. */
export const useLink = async (tx: Tx, kind: LinkKind, token: string, now: Date): Promise<Id | null> => {
  const [row] = await tx.orm
    .update(oneTimeLinks)
    .set({ usedAt: now })
    .where(isOpen(kind, now, eq(oneTimeLinks.tokenHash, hashOfToken(token))))
    .returning({ personId: oneTimeLinks.personId })
  if (row === undefined) throw linkGone()
  return row.personId
}

export const linkGone = (): DomainError =>
  new DomainError(
    'denied',
    'This link has been used already or has run out. Ask whoever gave it to you for a new one.',
  )
