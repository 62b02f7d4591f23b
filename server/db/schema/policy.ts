import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { LEVELS, SUBJECT_KINDS } from '../../../lib/policy/vocabulary'
import { exactlyOne, moment, validity } from './columns'
import { documents, sections } from './content'
import { workspaces } from './workspace'

/** At most one in force per document or section. None in force: inherits. In force without clauses: nobody. */
export const boundaries = pgTable(
  'boundaries',
  {
    id: uuid('id').primaryKey(),
    documentId: uuid('document_id').references(() => documents.id),
    sectionId: uuid('section_id').references(() => sections.id),
    grantedBy: uuid('granted_by'),
    ...validity(),
  },
  (t) => [
    exactlyOne('boundaries_on', t.documentId, t.sectionId),
    index('boundaries_document').on(t.documentId),
    index('boundaries_section').on(t.sectionId),
  ],
)

/** Written with their boundary and never changed: a new ceiling is a new boundary. */
export const boundaryClauses = pgTable(
  'boundary_clauses',
  {
    id: uuid('id').primaryKey(),
    boundaryId: uuid('boundary_id')
      .notNull()
      .references(() => boundaries.id),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    maxLevel: text('max_level', { enum: LEVELS }).notNull(),
    validFrom: moment('valid_from').notNull().defaultNow(),
    validUntil: moment('valid_until'),
  },
  (t) => [
    index('boundary_clauses_boundary').on(t.boundaryId),
    index('boundary_clauses_subject').on(t.subjectId),
  ],
)

const onOneObject = () => ({
  workspaceId: uuid('workspace_id').references(() => workspaces.id),
  documentId: uuid('document_id').references(() => documents.id),
  sectionId: uuid('section_id').references(() => sections.id),
})

export const grants = pgTable(
  'grants',
  {
    id: uuid('id').primaryKey(),
    ...onOneObject(),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    level: text('level', { enum: LEVELS }).notNull(),
    grantedBy: uuid('granted_by'),
    ...validity(),
  },
  (t) => [
    exactlyOne('grants_on', t.workspaceId, t.documentId, t.sectionId),
    index('grants_workspace').on(t.workspaceId),
    index('grants_document').on(t.documentId),
    index('grants_section').on(t.sectionId),
    index('grants_subject').on(t.subjectId),
  ],
)

export const denies = pgTable(
  'denies',
  {
    id: uuid('id').primaryKey(),
    ...onOneObject(),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    grantedBy: uuid('granted_by'),
    ...validity(),
  },
  (t) => [
    exactlyOne('denies_on', t.workspaceId, t.documentId, t.sectionId),
    index('denies_workspace').on(t.workspaceId),
    index('denies_document').on(t.documentId),
    index('denies_section').on(t.sectionId),
    index('denies_subject').on(t.subjectId),
  ],
)

/** A widening that waits for its keys. Changes nothing until both are turned. */
export const releases = pgTable(
  'releases',
  {
    id: uuid('id').primaryKey(),
    sectionId: uuid('section_id').references(() => sections.id),
    documentId: uuid('document_id').references(() => documents.id),
    proposal: jsonb('proposal').notNull(),
    beforeHash: text('before_hash').notNull(),
    afterHash: text('after_hash').notNull(),
    requestedBy: uuid('requested_by').notNull(),
    requestedAt: moment('requested_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    firstKeyBy: uuid('first_key_by'),
    firstKeyAt: moment('first_key_at'),
    secondKeyBy: uuid('second_key_by'),
    secondKeyAt: moment('second_key_at'),
    voidedAt: moment('voided_at'),
    voidedReason: text('voided_reason'),
  },
  (t) => [exactlyOne('releases_on', t.documentId, t.sectionId), index('releases_section').on(t.sectionId)],
)
