import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, xid8 } from './columns'
import { people } from './identity'

/**
 * Something a person is told. Ids and plain facts only: names and titles are filled in when it is read, and only those
 * that the person may know at that moment.
 */
export const notifications = pgTable(
  'notifications',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /** One of lib/told/kinds. */
    kind: text('kind').notNull(),
    workspaceId: uuid('workspace_id'),
    documentId: uuid('document_id'),
    sectionId: uuid('section_id'),
    /** The release, request, review, offer … that it is about. */
    targetId: uuid('target_id'),
    /** Who caused it, if a person did. */
    byPersonId: uuid('by_person_id'),
    details: jsonb('details').notNull().default({}),
    at: moment('at').notNull().defaultNow(),
    readAt: moment('read_at'),
    /** The transaction that wrote it: other nodes find it by that, as they find changes of access. */
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
  },
  (t) => [
    index('notifications_person').on(t.personId, t.at, t.id),
    index('notifications_unread').on(t.personId).where(sql`read_at is null`),
    index('notifications_tx').on(t.tx),
  ],
)

/** What a person wants as mail; a kind without a row goes by its default. */
export const mailChoices = pgTable(
  'mail_choices',
  {
    personId: uuid('person_id').notNull(),
    kind: text('kind').notNull(),
    choice: text('choice', { enum: ['at_once', 'never'] }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.kind] })],
)

/**
 * Mail that is to be sent. Holds no text: it is written when it is sent, from what is true and allowed then; a link's
 * token is made at that moment, so that none lies here in clear.
 */
export const mailOutbox = pgTable(
  'mail_outbox',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: ['notification', 'person_invitation', 'participation_offer'] }).notNull(),
    /** The notification, invitation or offer. */
    refId: uuid('ref_id').notNull(),
    /** Whose administrators may see that it waits; null: operators only. */
    orgId: uuid('org_id'),
    at: moment('at').notNull().defaultNow(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: moment('next_at').notNull().defaultNow(),
    sentAt: moment('sent_at'),
    /** Given up, or handed over by hand. */
    closedAt: moment('closed_at'),
    lastError: text('last_error'),
  },
  (t) => [
    index('mail_outbox_waiting').on(t.nextAt).where(sql`sent_at is null and closed_at is null`),
    index('mail_outbox_ref').on(t.refId),
  ],
)

/** That the end of a row was announced so many days before: once each. */
export const endAnnouncements = pgTable(
  'end_announcements',
  {
    rowId: uuid('row_id').notNull(),
    days: integer('days').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.rowId, t.days] })],
)
