import { bigint, boolean, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { people } from './identity'
import { workspaces } from './workspace'

/** Questions that an auditor keeps: the part of the desk's address that holds filters. Only ids and choices, no names. */
export const savedSearches = pgTable(
  'saved_searches',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    name: text('name').notNull(),
    query: text('query').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('saved_searches_name').on(t.workspaceId, t.personId, t.name)],
)

/** Where a reader of the trees stands: everything below `next` has been counted (or looked at) exactly once. */
export const recordFollowers = pgTable(
  'record_followers',
  {
    name: text('name').notNull(),
    tree: text('tree').notNull(),
    next: bigint('next', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.tree] })],
)

/**
 * Sums over the record, for figures. `about_id` is the workspace, a document or a section of it; the columns of organisations
 * are those of `audit_inbox`, with the nil UUID for none, so that one condition scopes both. Derived: never part of the record.
 */
export const recordCounts = pgTable(
  'record_counts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    aboutId: uuid('about_id').notNull(),
    grain: text('grain', { enum: ['hour', 'day', 'week'] }).notNull(),
    at: moment('at').notNull(),
    actorOrgId: uuid('actor_org_id').notNull(),
    ownerOrgId: uuid('owner_org_id').notNull(),
    originatorOrgId: uuid('originator_org_id').notNull(),
    isPolicy: boolean('is_policy').notNull(),
    /** A kind of `lib/audit/event-kinds`. */
    kind: text('kind').notNull(),
    outcome: text('outcome').notNull(),
    events: bigint('events', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({
      columns: [
        t.workspaceId,
        t.aboutId,
        t.grain,
        t.at,
        t.actorOrgId,
        t.ownerOrgId,
        t.originatorOrgId,
        t.isPolicy,
        t.kind,
        t.outcome,
      ],
    }),
  ],
)
