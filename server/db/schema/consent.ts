import { index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { LEVELS } from '../../../lib/policy/vocabulary'
import { moment } from './columns'
import { documents, sections } from './content'
import { breakGlass } from './policy'
import { workspaces } from './workspace'

/** A widening that waits for its keys. Changes nothing until all are turned. */
export const releases = pgTable(
  'releases',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: ['sharing', 'break_glass'] }).notNull(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    documentId: uuid('document_id').references(() => documents.id),
    sectionId: uuid('section_id').references(() => sections.id),
    /** What is to be changed, as it was confirmed. */
    change: jsonb('change').notNull(),
    /** Of exactly the before and the after: any change in between makes another one. */
    hash: text('hash').notNull(),
    requestedBy: uuid('requested_by').notNull(),
    requestedByOrg: uuid('requested_by_org').notNull(),
    requestedAt: moment('requested_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    state: text('state', {
      enum: ['pending', 'completed', 'declined', 'withdrawn', 'voided', 'lapsed'],
    }).notNull(),
    endedAt: moment('ended_at'),
    endedBy: uuid('ended_by'),
    endedReason: text('ended_reason'),
  },
  (t) => [
    index('releases_workspace').on(t.workspaceId, t.state),
    index('releases_document').on(t.documentId),
    index('releases_section').on(t.sectionId),
  ],
)

/** One key of one person; never two of one organisation. Append-only by trigger. */
export const releaseKeys = pgTable(
  'release_keys',
  {
    releaseId: uuid('release_id')
      .notNull()
      .references(() => releases.id),
    personId: uuid('person_id').notNull(),
    orgId: uuid('org_id').notNull(),
    /** Of an originator whose section is concerned, or of the other organisation. */
    purpose: text('purpose', { enum: ['originator', 'second'] }).notNull(),
    sessionId: uuid('session_id').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.releaseId, t.personId] }),
    uniqueIndex('release_keys_one_per_org').on(t.releaseId, t.orgId),
  ],
)

/** "I need this section": asked by id, so that one that is hidden and one that is missing are asked for alike. */
export const accessRequests = pgTable(
  'access_requests',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id').notNull(),
    orgId: uuid('org_id').notNull(),
    /** The id that was asked for. The other ids are there only if it names something the person could be given. */
    askedFor: uuid('asked_for').notNull(),
    workspaceId: uuid('workspace_id').references(() => workspaces.id),
    documentId: uuid('document_id').references(() => documents.id),
    sectionId: uuid('section_id').references(() => sections.id),
    level: text('level', { enum: LEVELS }).notNull(),
    /** Typed by the person: shown to the originator's stewards, committed to in the record. */
    reason: text('reason').notNull(),
    until: moment('until'),
    state: text('state', { enum: ['pending', 'approved', 'declined', 'withdrawn', 'lapsed'] }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    remindedAt: moment('reminded_at'),
    decidedBy: uuid('decided_by'),
    decidedAt: moment('decided_at'),
    decisionReason: text('decision_reason'),
    grantedLevel: text('granted_level', { enum: LEVELS }),
    grantedUntil: moment('granted_until'),
    /** The release that the approval waits for, if it widens beyond the originator's own organisation. */
    releaseId: uuid('release_id').references(() => releases.id),
  },
  (t) => [
    index('access_requests_person').on(t.personId),
    index('access_requests_section').on(t.sectionId),
    index('access_requests_workspace').on(t.workspaceId, t.state),
  ],
)

/** A campaign: each lead confirms or ends, by a date, what their side has given. Silence ends it. */
export const reviews = pgTable(
  'reviews',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    title: text('title').notNull(),
    startedBy: uuid('started_by').notNull(),
    startedByOrg: uuid('started_by_org').notNull(),
    startedAt: moment('started_at').notNull().defaultNow(),
    dueAt: moment('due_at').notNull(),
    closedAt: moment('closed_at'),
  },
  (t) => [index('reviews_workspace').on(t.workspaceId)],
)

export const reviewItems = pgTable(
  'review_items',
  {
    id: uuid('id').primaryKey(),
    reviewId: uuid('review_id')
      .notNull()
      .references(() => reviews.id),
    kind: text('kind', { enum: ['membership', 'grant'] }).notNull(),
    /** Of the membership or the grant that is asked about. */
    rowId: uuid('row_id').notNull(),
    /** Whose leads (or, of a grant, stewards) answer. */
    orgId: uuid('org_id').notNull(),
    decision: text('decision', { enum: ['confirmed', 'ended', 'lapsed', 'kept', 'gone'] }),
    decidedBy: uuid('decided_by'),
    decidedAt: moment('decided_at'),
    note: text('note'),
  },
  (t) => [uniqueIndex('review_items_row').on(t.reviewId, t.rowId)],
)

/** What the originator's steward found when looking at a break-glass afterwards. Append-only by trigger. */
export const breakGlassReviews = pgTable('break_glass_reviews', {
  breakGlassId: uuid('break_glass_id')
    .primaryKey()
    .references(() => breakGlass.id),
  personId: uuid('person_id').notNull(),
  verdict: text('verdict', { enum: ['justified', 'not_justified'] }).notNull(),
  note: text('note').notNull(),
  at: moment('at').notNull().defaultNow(),
})
