import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { organisations, people } from './identity'
import { workspaces } from './workspace'

/**
 * Exports of a workspace's record, made by whichever node has the lease. The row says what was asked for and how far it is;
 * that it was asked, made and taken is on record. Only who asked for it gets it.
 */
export const recordExports = pgTable(
  'record_exports',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => people.id),
    /** The organisation of who asked, then. */
    orgId: uuid('org_id')
      .notNull()
      .references(() => organisations.id),
    sessionId: uuid('session_id').notNull(),
    format: text('format', { enum: ['bundle', 'csv', 'pdf'] }).notNull(),
    /** Whose part of the record: all of it, or the organisation's. */
    scope: text('scope', { enum: ['whole', 'agency'] }).notNull(),
    /** RecordFilter, with the moment of asking as its latest end. */
    filter: jsonb('filter').notNull(),
    reason: text('reason').notNull(),
    state: text('state', {
      enum: ['waiting', 'running', 'done', 'failed', 'cancelled', 'expired'],
    }).notNull(),
    askedAt: moment('asked_at').notNull(),
    /** Events that it will hold, and holds; null before it is begun. */
    total: bigint('total', { mode: 'number' }),
    done: bigint('done', { mode: 'number' }).notNull().default(0),
    bytes: bigint('bytes', { mode: 'number' }),
    /** Hex SHA-256 of the file. */
    hash: text('hash'),
    /** Which node makes it, and until when nobody else may. */
    node: text('node'),
    leaseUntil: moment('lease_until'),
    attempts: integer('attempts').notNull().default(0),
    finishedAt: moment('finished_at'),
    expiresAt: moment('expires_at'),
  },
  (t) => [
    index('record_exports_asked_by').on(t.askedBy, t.workspaceId, t.askedAt),
    index('record_exports_state').on(t.state, t.askedAt),
  ],
)

/** Streams that the operator's file names, and how each does. `org_id` null: the instance's own. */
export const recordStreams = pgTable('record_streams', {
  name: text('name').primaryKey(),
  orgId: uuid('org_id').references(() => organisations.id),
  kind: text('kind', { enum: ['https', 'syslog'] }).notNull(),
  /** Which node sends, and until when nobody else may. */
  node: text('node'),
  leaseUntil: moment('lease_until'),
  behind: bigint('behind', { mode: 'number' }).notNull().default(0),
  /** When the oldest event that the receiver does not have was made. */
  oldestAt: moment('oldest_at'),
  alarmSince: moment('alarm_since'),
  sentAt: moment('sent_at'),
  problem: text('problem'),
  /** It stands in the file no more. */
  endedAt: moment('ended_at'),
})

/** The next event of each tree that a stream's receiver has not acknowledged. */
export const recordStreamCursors = pgTable(
  'record_stream_cursors',
  {
    stream: text('stream')
      .notNull()
      .references(() => recordStreams.name),
    tree: text('tree').notNull(),
    next: bigint('next', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.stream, t.tree] })],
)
