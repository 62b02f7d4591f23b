import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { moment, validity, xid8 } from './columns'

export const organisations = pgTable('organisations', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull().unique(),
  /** Two to six capital letters: shown beside the colour wherever an agency is told apart. */
  shortCode: text('short_code').notNull().unique(),
  /** Index into the palette of agency colours (app/_components), 0-11. */
  colour: integer('colour').notNull(),
  state: text('state', { enum: ['active', 'suspended'] })
    .notNull()
    .default('active'),
  createdAt: moment('created_at').notNull().defaultNow(),
})

export const people = pgTable(
  'people',
  {
    id: uuid('id').primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organisations.id),
    /** Lower case, trimmed. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** argon2id, PHC string. Null until the person has set one through a one-time link. */
    passwordHash: text('password_hash'),
    state: text('state', { enum: ['active', 'suspended'] })
      .notNull()
      .default('active'),
    /** Administers its own organisation's people. Lifts nobody above what others gave. */
    /** Name and address are gone for ever, and with them the key of what the record knows. Never reinstated. */
    erasedAt: moment('erased_at'),
    isAdministrator: boolean('is_administrator').notNull().default(false),
    /** Runs the instance. Changes nobody's level. */
    isOperator: boolean('is_operator').notNull().default(false),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('people_email').on(sql`lower(${t.email})`), index('people_org').on(t.orgId)],
)

export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    /** SHA-256 of the cookie's random token, hex. The token itself is never stored. */
    tokenHash: text('token_hash').notNull().unique(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    strength: integer('strength').notNull().default(1),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** When the person last proved who they are in this session: at sign-in, or again since. */
    confirmedAt: moment('confirmed_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    /** The absolute limit: createdAt + 12 h. The idle limit is counted from lastSeenAt. */
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
    endedReason: text('ended_reason', {
      enum: ['signed_out', 'signed_out_elsewhere', 'idle', 'absolute', 'suspended', 'password_changed'],
    }),
    bannerAcceptedAt: moment('banner_accepted_at').notNull(),
    address: text('address').notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (t) => [
    index('sessions_person').on(t.personId),
    index('sessions_live_seen').on(t.lastSeenAt).where(sql`ended_at is null`),
    index('sessions_live_expires').on(t.expiresAt).where(sql`ended_at is null`),
  ],
)

/** Slow-down after failed sign-ins, keyed "account:<sha256 of e-mail>" or "address:<ip>". Decays, never locks for ever. */
export const signInThrottles = pgTable('sign_in_throttles', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  lastFailureAt: moment('last_failure_at').notNull(),
})

/** One-time links: first set-up of an instance, first password of a person. Hashed at rest, single use, expiring. */
export const oneTimeLinks = pgTable('one_time_links', {
  id: uuid('id').primaryKey(),
  kind: text('kind', { enum: ['setup', 'password'] }).notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  personId: uuid('person_id').references(() => people.id),
  createdAt: moment('created_at').notNull().defaultNow(),
  createdBy: uuid('created_by'),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
})

export const groups = pgTable(
  'groups',
  {
    id: uuid('id').primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organisations.id),
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by'),
  },
  (t) => [index('groups_org').on(t.orgId)],
)

export const groupMembers = pgTable(
  'group_members',
  {
    id: uuid('id').primaryKey(),
    groupId: uuid('group_id')
      .notNull()
      .references(() => groups.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    grantedBy: uuid('granted_by'),
    ...validity(),
  },
  (t) => [index('group_members_person').on(t.personId), index('group_members_group').on(t.groupId)],
)

/**
 * One counter per scope ("workspace:<id>", "person:<id>", "org:<id>"). A change of access raises the counters of
 * its scope in its own transaction; a commit of updates reads them FOR SHARE in its own. So an update is either
 * committed before the change or judged after it, on any node: nothing is accepted after the revoking commit.
 */
export const accessClocks = pgTable('access_clocks', {
  key: text('key').primaryKey(),
  epoch: integer('epoch').notNull().default(0),
})

/** What changed, for every node: the transaction's own outbox. */
export const accessChanges = pgTable(
  'access_changes',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    scope: jsonb('scope').notNull(),
    at: moment('at').notNull().defaultNow(),
    /** The transaction that wrote it: ids are given out in another order than transactions commit in. */
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
  },
  (t) => [index('access_changes_tx').on(t.tx)],
)

/** Personal, never shared: what a person has starred and last opened. */
export const stars = pgTable(
  'stars',
  {
    personId: uuid('person_id').notNull(),
    documentId: uuid('document_id').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.documentId] })],
)

export const visits = pgTable(
  'visits',
  {
    personId: uuid('person_id').notNull(),
    documentId: uuid('document_id').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.documentId] })],
)
