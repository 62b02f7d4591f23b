import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { ROLES } from '../../../lib/policy/vocabulary'
import { moment } from './columns'
import { organisations } from './identity'
import { workspaces } from './workspace'

/** Mail domains whose addresses belong to an organisation. One domain belongs to one organisation. */
export const organisationDomains = pgTable(
  'organisation_domains',
  {
    id: uuid('id').primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organisations.id),
    /** Lower case ASCII, no dot at either end. */
    domain: text('domain').notNull().unique(),
    addedBy: uuid('added_by').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [index('organisation_domains_org').on(t.orgId)],
)

/** A person invited by e-mail into an organisation, and if `workspaceId` is there into a workspace with a role. */
export const personInvitations = pgTable(
  'person_invitations',
  {
    id: uuid('id').primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organisations.id),
    workspaceId: uuid('workspace_id').references(() => workspaces.id),
    role: text('role', { enum: ROLES }),
    membershipUntil: moment('membership_until'),
    /** Lower case, trimmed: the only address that can use it. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** SHA-256 of the newest link's token, hex; 256 random bits, never stored in clear. */
    tokenHash: text('token_hash').unique(),
    createdBy: uuid('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    usedBy: uuid('used_by'),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [
    index('person_invitations_org').on(t.orgId),
    index('person_invitations_workspace').on(t.workspaceId),
  ],
)
