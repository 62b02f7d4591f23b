import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, moment } from './columns'
import { sections } from './content'

/**
 * What one connection sent to one section in one commit: a Yjs V1 update (several are merged). Append-only by
 * trigger, and part of the record: who, in which session, under which hash.
 */
export const sectionUpdates = pgTable(
  'section_updates',
  {
    sectionId: uuid('section_id')
      .notNull()
      .references(() => sections.id),
    /** 1, 2, 3 … without gaps within a section, given out by its head. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    personId: uuid('person_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    burstId: uuid('burst_id').notNull(),
    /** How many frames of the wire lie in `bytes`. */
    frames: integer('frames').notNull(),
    bytes: bytea('bytes').notNull(),
    /** SHA-256 of `bytes`. */
    hash: bytea('hash').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.sectionId, t.seq] }), index('section_updates_burst').on(t.burstId)],
)

/**
 * The newest number of a section's rows. Whoever writes locks it first, so rows become visible in the order of their
 * numbers and without gaps, whichever node wrote them.
 */
export const sectionHeads = pgTable('section_heads', {
  sectionId: uuid('section_id')
    .primaryKey()
    .references(() => sections.id),
  seq: bigint('seq', { mode: 'number' }).notNull(),
})

/** A garbage-collected state that holds every update up to and with `seq`. The newest serves readers. */
export const sectionSnapshots = pgTable(
  'section_snapshots',
  {
    sectionId: uuid('section_id')
      .notNull()
      .references(() => sections.id),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    bytes: bytea('bytes').notNull(),
    hash: bytea('hash').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.sectionId, t.seq] })],
)

/** The first account that used a Yjs clientID in a section owns it there, for good. */
export const clientBindings = pgTable(
  'client_bindings',
  {
    sectionId: uuid('section_id').notNull(),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    personId: uuid('person_id').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.sectionId, t.clientId] })],
)

/**
 * A run of edits by one connection in one section. Its first commit carries the event `section.edited`; its end
 * carries `section.edit_closed` with exact counts. Bursts left open by a crash are closed at the next start.
 */
export const editBursts = pgTable(
  'edit_bursts',
  {
    id: uuid('id').primaryKey(),
    sectionId: uuid('section_id').notNull(),
    personId: uuid('person_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    node: text('node').notNull(),
    openedAt: moment('opened_at').notNull().defaultNow(),
    closedAt: moment('closed_at'),
  },
  (t) => [index('edit_bursts_open').on(t.node, t.closedAt)],
)

/**
 * What was found damaged in the store, when, and since when it is whole again. A mark is why a section is read-only, on
 * every node; the damaged row itself stays as it is.
 */
export const sectionDamage = pgTable(
  'section_damage',
  {
    id: uuid('id').primaryKey(),
    sectionId: uuid('section_id')
      .notNull()
      .references(() => sections.id),
    kind: text('kind', { enum: ['update', 'snapshot'] }).notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    why: text('why', { enum: ['hash', 'missing'] }).notNull(),
    readOnly: boolean('read_only').notNull(),
    foundAt: moment('found_at').notNull().defaultNow(),
    mendedAt: moment('mended_at'),
  },
  (t) => [uniqueIndex('section_damage_open').on(t.sectionId, t.kind, t.seq).where(sql`mended_at is null`)],
)
