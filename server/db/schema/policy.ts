import { sql } from 'drizzle-orm'
import { bigint, boolean, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { LEVELS, SUBJECT_KINDS } from '../../../lib/policy/vocabulary'
import { exactlyOne, moment, validity, xid8 } from './columns'
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

/**
 * What a section was copied, split or merged from, or the document it was moved out of. While a row is in force nobody
 * gets more of the section than its source allows: the source's denies, boundaries and labels hold for it as well. A
 * release by the source's originator ends it.
 */
export const sectionSources = pgTable(
  'section_sources',
  {
    id: uuid('id').primaryKey(),
    sectionId: uuid('section_id')
      .notNull()
      .references(() => sections.id),
    sourceSectionId: uuid('source_section_id').references(() => sections.id),
    sourceDocumentId: uuid('source_document_id').references(() => documents.id),
    grantedBy: uuid('granted_by'),
    ...validity(),
  },
  (t) => [
    exactlyOne('section_sources_on', t.sourceSectionId, t.sourceDocumentId),
    index('section_sources_section').on(t.sectionId),
    index('section_sources_source').on(t.sourceSectionId),
    index('section_sources_document').on(t.sourceDocumentId),
  ],
)

/** One person's emergency look at one section, read only, for at most an hour. In force it passes R5 to R7, never R1 to R4. */
export const breakGlass = pgTable(
  'break_glass',
  {
    id: uuid('id').primaryKey(),
    sectionId: uuid('section_id')
      .notNull()
      .references(() => sections.id),
    personId: uuid('person_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    /** Typed by the person: shown to the originator, committed to in the record. */
    reason: text('reason').notNull(),
    grantedBy: uuid('granted_by'),
    ...validity(),
  },
  (t) => [index('break_glass_section').on(t.sectionId), index('break_glass_person').on(t.personId)],
)

/** Changed rows of policy that are not on record yet: put here by triggers, taken out before COMMIT by the recorder. */
export const policyStaged = pgTable(
  'policy_staged',
  {
    place: bigint('place', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
    isState: boolean('is_state').notNull().default(false),
    tree: text('tree').notNull(),
    documentId: uuid('document_id'),
    sectionId: uuid('section_id'),
    /** Table, id, and the columns that decide something. */
    entry: jsonb('entry').notNull(),
  },
  (t) => [index('policy_staged_tx').on(t.tx)],
)

/** What the labels of this installation enforce, as it was last put on record. */
export const policyLabels = pgTable('policy_labels', {
  id: text('id').primaryKey(),
  enforces: jsonb('enforces').notNull(),
})
