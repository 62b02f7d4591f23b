import { sql } from 'drizzle-orm'
import { bigint, boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { typesOf } from '@/lib/audit/event-kinds'
import { bytea, moment } from './columns'

const SHARING = typesOf('sharing')
  .map((type) => `'${type}'`)
  .join(', ')

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
    /** Who owned the document, and who originated the section, when the event was accepted: theirs to audit as well. */
    ownerOrgId: uuid('owner_org_id'),
    originatorOrgId: uuid('originator_org_id'),
    /** About the workspace itself, and no look: every agency in it may audit it. */
    isPolicy: boolean('is_policy').notNull().default(false),
  },
  (t) => [
    uniqueIndex('audit_inbox_writer').on(t.writer, t.writerSeq),
    // Read newest first, so scanned backwards: one order serves both ways.
    index('audit_inbox_scope').on(t.scopeId, t.at, t.id),
    index('audit_inbox_person').on(t.scopeId, t.actorPersonId, t.at, t.id),
    index('audit_inbox_org').on(t.scopeId, t.actorOrgId, t.at, t.id),
    index('audit_inbox_type').on(t.scopeId, t.type, t.at, t.id),
    // Almost everything is allowed: only what an auditor looks for is indexed.
    index('audit_inbox_not_allowed')
      .on(t.scopeId, t.outcome, t.at, t.id, t.actorOrgId, t.ownerOrgId, t.originatorOrgId)
      .where(sql`outcome <> 'allowed'`),
    index('audit_inbox_document').on(t.documentId, t.at, t.id),
    index('audit_inbox_section').on(t.sectionId, t.at, t.id),
    // Few among the reads of a section: the types stand in 0027_sharing_index.sql.
    index('audit_inbox_sharing')
      .on(t.sectionId, t.at, t.id)
      .where(sql.raw(`type in (${SHARING})`)),
    // What an agency's auditor sees is the actor's index and these three, none of which holds what one before it does. Columns
    // behind the id are compared in the index.
    index('audit_inbox_originator')
      .on(t.scopeId, t.originatorOrgId, t.at, t.id, t.actorOrgId, t.ownerOrgId)
      .where(sql`originator_org_id is not null and originator_org_id is distinct from actor_org_id`),
    index('audit_inbox_owner')
      .on(t.scopeId, t.ownerOrgId, t.at, t.id, t.actorOrgId, t.originatorOrgId)
      .where(
        sql`owner_org_id is not null and owner_org_id is distinct from actor_org_id and owner_org_id is distinct from originator_org_id`,
      ),
    index('audit_inbox_policy').on(t.scopeId, t.at, t.id).where(sql`is_policy`),
  ],
)

/**
 * The keys of personal values: 32 random bytes per owner (lib/audit/value-owner), wrapped by the installation's key. A destroyed
 * one has no `wrapped` any more, which the trigger allows once; its row stays and says when and why.
 */
export const auditPersonKeys = pgTable('audit_person_keys', {
  id: uuid('id').primaryKey(),
  owner: text('owner').notNull().unique(),
  /** Whose auditors may see the values; null where nobody is known. */
  orgId: uuid('org_id'),
  wrapped: bytea('wrapped'),
  /** Names the installation's key that wrapped it. */
  wrapping: text('wrapping').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  destroyedAt: moment('destroyed_at'),
  destroyedBecause: text('destroyed_because', { enum: ['erased', 'retention'] }),
})

/**
 * Personal values behind the commitments in a record (an address, a typed name), with their salts: sealed under their owner's key
 * (lib/audit/sealed-value). Erasable: the record still verifies.
 */
export const auditClearValues = pgTable(
  'audit_clear_values',
  {
    eventId: uuid('event_id').notNull(),
    field: text('field').notNull(),
    keyId: uuid('key_id'),
    sealed: bytea('sealed'),
    /** `salt` and `value` as older versions wrote them, until they are sealed at the next start. */
    salt: bytea('salt'),
    value: text('value'),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.field] }), index('audit_clear_values_key').on(t.keyId)],
)

/**
 * Accepted events that stand in no tree yet: written with the event, deleted by the sequencer. A work list, not part
 * of the record: what it says can be found again by comparing `audit_inbox` with `audit_log`. `place` orders what is visible;
 * of one writer the lower place is always the earlier event, because its transactions follow one another.
 */
export const auditPending = pgTable('audit_pending', {
  place: bigint('place', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  eventId: uuid('event_id').notNull(),
  tree: text('tree').notNull(),
})

/** How far the sequencer has followed each writer's chain: the next event must go on from here. */
export const auditWriters = pgTable('audit_writers', {
  writer: text('writer').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: bytea('hash').notNull(),
})

/** The order of events within one tree ("workspace:<id>" or "instance"). Append-only by trigger. */
export const auditLog = pgTable(
  'audit_log',
  {
    tree: text('tree').notNull(),
    index: bigint('index', { mode: 'number' }).notNull(),
    /** No foreign key: the row is written from the inbox itself, and the check would lock and rewrite the event's row. */
    eventId: uuid('event_id').notNull(),
    leafHash: bytea('leaf_hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tree, t.index] }), uniqueIndex('audit_log_event').on(t.eventId)],
)

/** Where each tree stands. */
export const auditHeads = pgTable('audit_heads', {
  tree: text('tree').primaryKey(),
  size: bigint('size', { mode: 'number' }).notNull(),
  at: moment('at').notNull(),
  /** Hashes of the complete subtrees that fill the tree, largest first, 32 bytes each: the head without reading leaves. */
  edge: bytea('edge').notNull(),
})

/**
 * Nothing that the subject is in may be erased or dropped while a hold is in force (not lifted). A row is placed by one person and
 * lifted by two, which its trigger allows once.
 */
export const legalHolds = pgTable('legal_holds', {
  id: uuid('id').primaryKey(),
  kind: text('kind', { enum: ['workspace', 'person', 'organisation'] }).notNull(),
  subjectId: uuid('subject_id').notNull(),
  /** Placed by an auditor of this workspace, whose auditors lift it; null: by an administrator of `orgId`. */
  workspaceId: uuid('workspace_id'),
  /** Of whoever placed it. */
  orgId: uuid('org_id').notNull(),
  reason: text('reason').notNull(),
  placedBy: uuid('placed_by').notNull(),
  placedAt: moment('placed_at').notNull(),
  liftAskedBy: uuid('lift_asked_by'),
  liftAskedAt: moment('lift_asked_at'),
  liftedBy: uuid('lifted_by'),
  liftedAt: moment('lifted_at'),
})
