import { sql } from 'drizzle-orm'
import { bigint, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, moment } from './columns'

/**
 * Accepted events, written in the action's own transaction. Append-only by trigger. `canonical` is the RFC 8785
 * text that is hashed; the other columns repeat parts of it for searching and are never the truth.
 * hash = SHA-256(prev_hash ‖ canonical); the first event of a writer has prev_hash = 32 zero bytes.
 */
export const auditInbox = pgTable(
  'audit_inbox',
  {
    id: uuid('id').primaryKey(),
    writer: text('writer').notNull(),
    writerSeq: bigint('writer_seq', { mode: 'number' }).notNull(),
    prevHash: bytea('prev_hash').notNull(),
    hash: bytea('hash').notNull(),
    canonical: text('canonical').notNull(),
    at: moment('at').notNull(),
    type: text('type').notNull(),
    outcome: text('outcome', { enum: ['allowed', 'denied', 'failed'] }).notNull(),
    rule: text('rule'),
    actorPersonId: uuid('actor_person_id'),
    actorOrgId: uuid('actor_org_id'),
    workspaceId: uuid('workspace_id'),
    /** Whose record it belongs to: the workspace, or the nil UUID for the instance (indexes need a value). */
    scopeId: uuid('scope_id')
      .notNull()
      .generatedAlwaysAs(sql`coalesce(workspace_id, '00000000-0000-0000-0000-000000000000'::uuid)`),
    documentId: uuid('document_id'),
    sectionId: uuid('section_id'),
  },
  (t) => [
    uniqueIndex('audit_inbox_writer').on(t.writer, t.writerSeq),
    // Read newest first, so scanned backwards: one order serves both ways.
    index('audit_inbox_scope').on(t.scopeId, t.at, t.id),
    index('audit_inbox_person').on(t.scopeId, t.actorPersonId, t.at, t.id),
    index('audit_inbox_org').on(t.scopeId, t.actorOrgId, t.at, t.id),
    index('audit_inbox_type').on(t.scopeId, t.type, t.at, t.id),
    // Almost everything is allowed: only what an auditor looks for is indexed.
    index('audit_inbox_not_allowed').on(t.scopeId, t.outcome, t.at, t.id).where(sql`outcome <> 'allowed'`),
    index('audit_inbox_document').on(t.documentId, t.at, t.id),
    index('audit_inbox_section').on(t.sectionId, t.at, t.id),
  ],
)

/** Clear values of the commitments in a record (an address, a typed name). Erasable: the record still verifies. */
export const auditClearValues = pgTable(
  'audit_clear_values',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => auditInbox.id),
    field: text('field').notNull(),
    salt: bytea('salt').notNull(),
    /** RFC 8785 text, exactly as it was hashed (jsonb would refuse or respell some of it). */
    value: text('value').notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.field] })],
)

/**
 * Accepted events that stand in no tree yet: written with the event, deleted by the sequencer. A work list, not part
 * of the record: what it says can be found again by comparing `audit_inbox` with `audit_log`.
 */
export const auditPending = pgTable('audit_pending', {
  eventId: uuid('event_id').primaryKey(),
  tree: text('tree').notNull(),
})

/** The order of events within one tree ("workspace:<id>" or "instance"). Append-only by trigger. */
export const auditLog = pgTable(
  'audit_log',
  {
    tree: text('tree').notNull(),
    index: bigint('index', { mode: 'number' }).notNull(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => auditInbox.id),
    leafHash: bytea('leaf_hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tree, t.index] }), uniqueIndex('audit_log_event').on(t.eventId)],
)

/** Where each tree stands. */
export const auditHeads = pgTable('audit_heads', {
  tree: text('tree').primaryKey(),
  size: bigint('size', { mode: 'number' }).notNull(),
  at: moment('at').notNull(),
})
