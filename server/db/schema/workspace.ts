import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { LEVELS, ROLES } from '../../../lib/policy/vocabulary'
import { moment, validity } from './columns'
import { organisations, people } from './identity'

export const workspaces = pgTable('workspaces', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
  hostOrgId: uuid('host_org_id')
    .notNull()
    .references(() => organisations.id),
  state: text('state', { enum: ['active', 'archived'] })
    .notNull()
    .default('active'),
  minimumStrength: integer('minimum_strength').notNull().default(1),
  /** 0: no terms are asked for. */
  termsVersion: integer('terms_version').notNull().default(0),
  /** Break-glass is off unless two organisations have enabled it, by a release. */
  breakGlassEnabled: boolean('break_glass_enabled').notNull().default(false),
  createdAt: moment('created_at').notNull().defaultNow(),
  createdBy: uuid('created_by'),
})

export const participations = pgTable(
  'participations',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organisations.id),
    state: text('state', { enum: ['active', 'suspended'] })
      .notNull()
      .default('active'),
    /** Of a suspended one: the organisation that suspended it, and alone can resume it. */
    suspendedByOrg: uuid('suspended_by_org'),
    ceiling: text('ceiling', { enum: LEVELS }).notNull(),
    mayExport: boolean('may_export').notNull().default(false),
    signedTermsVersion: integer('signed_terms_version').notNull().default(0),
    grantedBy: uuid('granted_by'),
    ...validity(),
  },
  (t) => [
    index('participations_workspace').on(t.workspaceId, t.orgId),
    index('participations_org').on(t.orgId),
  ],
)

export const memberships = pgTable(
  'memberships',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    role: text('role', { enum: ROLES }).notNull(),
    grantedBy: uuid('granted_by'),
    ...validity(),
  },
  (t) => [
    index('memberships_workspace').on(t.workspaceId, t.personId),
    index('memberships_person').on(t.personId),
  ],
)
