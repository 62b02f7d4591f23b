import { index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { FINDING_STATES } from '../../../lib/audit/findings/finding-rules'
import { moment } from './columns'
import { people } from './identity'
import { workspaces } from './workspace'

/** What the search of a record has found; `key` makes it the same finding when it happens again, `episode` the same time. */
export const findings = pgTable(
  'findings',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    rule: text('rule').notNull(),
    key: text('key').notNull(),
    personId: uuid('person_id'),
    orgId: uuid('org_id'),
    documentId: uuid('document_id'),
    sectionId: uuid('section_id'),
    episode: text('episode').notNull(),
    numbers: jsonb('numbers').notNull(),
    eventIds: uuid('event_ids').array().notNull(),
    times: integer('times').notNull().default(1),
    firstAt: moment('first_at').notNull(),
    lastAt: moment('last_at').notNull(),
    state: text('state', { enum: FINDING_STATES }).notNull(),
  },
  (t) => [
    unique().on(t.workspaceId, t.rule, t.key),
    index('findings_newest').on(t.workspaceId, t.lastAt, t.id),
  ],
)

/** What an auditor said of a finding, by the event that says so; the note is a personal value of that event. Append-only by trigger. */
export const findingDispositions = pgTable(
  'finding_dispositions',
  {
    eventId: uuid('event_id').primaryKey(),
    findingId: uuid('finding_id')
      .notNull()
      .references(() => findings.id),
    state: text('state', { enum: FINDING_STATES }).notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    at: moment('at').notNull(),
  },
  (t) => [index('finding_dispositions_finding').on(t.findingId, t.at)],
)

/** What the detectors remember of each person, section and document. Derived: never part of the record. */
export const findingProfiles = pgTable(
  'finding_profiles',
  {
    tree: text('tree').notNull(),
    subjectId: uuid('subject_id').notNull(),
    orgId: uuid('org_id'),
    state: jsonb('state').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tree, t.subjectId] })],
)
