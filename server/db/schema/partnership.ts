import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { LEVELS } from '../../../lib/policy/vocabulary'
import { moment } from './columns'
import { organisations } from './identity'
import { workspaces } from './workspace'

/** What the terms fix besides their text: read by the operations, not only by people. */
const agreed = () => ({
  text: text('text').notNull(),
  /** Every participating organisation's lead must consent before another organisation is invited. */
  consentToInvite: boolean('consent_to_invite').notNull(),
  /** What becomes of an organisation's own sections when it leaves: its own choice, or fixed beforehand. */
  onLeaving: text('on_leaving', { enum: ['choice', 'withdraw', 'freeze'] }).notNull(),
})

/** The one draft of a workspace's next terms. Binds nobody. */
export const termsDrafts = pgTable('terms_drafts', {
  workspaceId: uuid('workspace_id')
    .primaryKey()
    .references(() => workspaces.id),
  ...agreed(),
  updatedBy: uuid('updated_by').notNull(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
})

/** Published terms: 1, 2, 3 … without gaps in a workspace. Append-only by trigger. */
export const termsVersions = pgTable(
  'terms_versions',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    version: integer('version').notNull(),
    ...agreed(),
    /** SHA-256, hex, of the canonical form (RFC 8785) of text and choices: what a signature names. */
    hash: text('hash').notNull(),
    publishedBy: uuid('published_by').notNull(),
    publishedAt: moment('published_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.version] })],
)

/** Who signed which version for which organisation, and when. Append-only by trigger. */
export const termsSignatures = pgTable(
  'terms_signatures',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organisations.id),
    version: integer('version').notNull(),
    hash: text('hash').notNull(),
    personId: uuid('person_id').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('terms_signatures_once').on(t.workspaceId, t.orgId, t.version)],
)

/**
 * An offer from one side that the other answers: to take part (`invite`), or to take part differently (`change`).
 * Nothing is in force before both have agreed.
 */
export const participationOffers = pgTable(
  'participation_offers',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: ['invite', 'change'] }).notNull(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    /** Null until somebody at the address has an organisation here. */
    orgId: uuid('org_id').references(() => organisations.id),
    /** Of an administrator: lower case, trimmed. Whoever opens the link must hold it. */
    email: text('email'),
    /** SHA-256 of the newest link's token, hex. Null until one was made. */
    tokenHash: text('token_hash').unique(),
    tokenExpiresAt: moment('token_expires_at'),
    ceiling: text('ceiling', { enum: LEVELS }).notNull(),
    mayExport: boolean('may_export').notNull(),
    validUntil: moment('valid_until'),
    message: text('message').notNull(),
    state: text('state', {
      enum: ['consent', 'open', 'countered', 'accepted', 'declined', 'withdrawn', 'lapsed'],
    }).notNull(),
    offeredBy: uuid('offered_by').notNull(),
    offeredByOrg: uuid('offered_by_org').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    /** A lower ceiling that the other side proposes, and the terms version that it has signed with it. */
    counterCeiling: text('counter_ceiling', { enum: LEVELS }),
    counterVersion: integer('counter_version'),
    answeredBy: uuid('answered_by'),
    answeredAt: moment('answered_at'),
    answer: text('answer'),
  },
  (t) => [
    index('participation_offers_workspace').on(t.workspaceId),
    index('participation_offers_org').on(t.orgId),
  ],
)

/** Where the terms ask for it: what each participating organisation's lead says to an invitation. */
export const offerConsents = pgTable(
  'offer_consents',
  {
    offerId: uuid('offer_id')
      .notNull()
      .references(() => participationOffers.id),
    orgId: uuid('org_id').notNull(),
    personId: uuid('person_id').notNull(),
    given: boolean('given').notNull(),
    reason: text('reason').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.offerId, t.orgId] })],
)
