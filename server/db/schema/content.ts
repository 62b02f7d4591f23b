import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { organisations } from './identity'
import { workspaces } from './workspace'

export const documents = pgTable(
  'documents',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    ownerOrgId: uuid('owner_org_id')
      .notNull()
      .references(() => organisations.id),
    parentId: uuid('parent_id'),
    title: text('title').notNull(),
    /** Fractional index among its siblings: compared as bytes (collation "C"). */
    position: text('position').notNull(),
    /** Label id of the document itself; sections carry their own. */
    label: text('label').notNull(),
    /** Offered where a document is created: its sections are then copied. */
    isTemplate: boolean('is_template').notNull().default(false),
    archivedAt: moment('archived_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by'),
  },
  (t) => [index('documents_workspace').on(t.workspaceId)],
)

export const sections = pgTable(
  'sections',
  {
    id: uuid('id').primaryKey(),
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id),
    originatorOrgId: uuid('originator_org_id')
      .notNull()
      .references(() => organisations.id),
    title: text('title').notNull(),
    /** Fractional index within the document: compared as bytes (collation "C"). */
    position: text('position').notNull(),
    label: text('label').notNull(),
    frozenAt: moment('frozen_at'),
    frozenBy: uuid('frozen_by'),
    /** Until then a step 2 may bring back what a restored backup does not know. */
    reseedUntil: moment('reseed_until'),
    reseedBy: uuid('reseed_by'),
    removedAt: moment('removed_at'),
    removedBy: uuid('removed_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by'),
  },
  (t) => [index('sections_document').on(t.documentId, t.position)],
)
