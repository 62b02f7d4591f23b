import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, moment, validity } from './columns'
import { organisations } from './identity'

/**
 * Full tiles of a tree as C2SP tlog-tiles has them: 256 hashes of 32 bytes one after the other, at `level` 0 leaf hashes, at
 * `level` n the heads of 256^n leaves. What is not yet a full tile stands in `audit_log` and in the head. Append-only by trigger.
 */
export const auditTiles = pgTable(
  'audit_tiles',
  {
    tree: text('tree').notNull(),
    level: integer('level').notNull(),
    index: bigint('index', { mode: 'number' }).notNull(),
    hashes: bytea('hashes').notNull(),
    /** The head of these hashes, which is one hash of the tile above. */
    head: bytea('head').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tree, t.level, t.index] })],
)

/** Signed heads (C2SP tlog-checkpoint): `note` is the whole signed note without cosignatures. Append-only by trigger. */
export const auditCheckpoints = pgTable(
  'audit_checkpoints',
  {
    tree: text('tree').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    root: bytea('root').notNull(),
    note: text('note').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tree, t.size] })],
)

/** A witness that an organisation runs: the key that it co-signs with, and the hash of the token that it asks with. */
export const auditWitnesses = pgTable(
  'audit_witnesses',
  {
    id: uuid('id').primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => organisations.id),
    /** The name in its key: a URL without its scheme. */
    name: text('name').notNull(),
    /** C2SP signed-note verifier key of type cosignature. */
    verifierKey: text('verifier_key').notNull(),
    /** SHA-256 of its token. */
    tokenHash: bytea('token_hash').notNull(),
    grantedBy: uuid('granted_by'),
    ...validity(),
  },
  (t) => [index('audit_witnesses_org').on(t.orgId), uniqueIndex('audit_witnesses_token').on(t.tokenHash)],
)

/** A witness's word: this checkpoint goes on from all that it saw before. Append-only by trigger. */
export const auditCosignatures = pgTable(
  'audit_cosignatures',
  {
    tree: text('tree').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    witnessId: uuid('witness_id')
      .notNull()
      .references(() => auditWitnesses.id),
    /** The line as it stands below the note, with its newline. */
    line: text('line').notNull(),
    /** The moment that the signature names. */
    at: moment('at').notNull(),
    receivedAt: moment('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tree, t.size, t.witnessId] }),
    index('audit_cosignatures_witness').on(t.witnessId, t.receivedAt),
  ],
)

/** Keys that this installation has signed with, one that is not ended at a time. Append-only; ended once, by trigger. */
export const auditLogKeys = pgTable('audit_log_keys', {
  /** C2SP signed-note verifier key of type ed25519. */
  verifierKey: text('verifier_key').primaryKey(),
  begunAt: moment('begun_at').notNull(),
  endedAt: moment('ended_at'),
  /** Always null: the trigger of rows that end once asks for it. */
  endedBy: uuid('ended_by'),
})

/** Trees whose state contradicts what was signed and kept outside. While there is a row nothing is sequenced or signed. */
export const auditAlarms = pgTable('audit_alarms', {
  tree: text('tree').primaryKey(),
  why: text('why', { enum: ['shrunk', 'different'] }).notNull(),
  outsideSize: bigint('outside_size', { mode: 'number' }).notNull(),
  outsideRoot: bytea('outside_root').notNull(),
  size: bigint('size', { mode: 'number' }).notNull(),
  since: moment('since').notNull(),
})

/** An operator's word that the tree goes on from a restored state although more was signed before. Append-only by trigger. */
export const auditRestores = pgTable(
  'audit_restores',
  {
    tree: text('tree').notNull(),
    /** The checkpoint that was kept outside and no longer holds. */
    outsideSize: bigint('outside_size', { mode: 'number' }).notNull(),
    outsideRoot: bytea('outside_root').notNull(),
    /** The state from which it goes on. */
    size: bigint('size', { mode: 'number' }).notNull(),
    root: bytea('root').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tree, t.outsideSize, t.outsideRoot] })],
)

/** Full verifications of the record: of one tree, or of everything (null). Ended once with what was found. */
export const auditVerifications = pgTable(
  'audit_verifications',
  {
    id: uuid('id').primaryKey(),
    tree: text('tree'),
    askedBy: uuid('asked_by'),
    askedAt: moment('asked_at').notNull(),
    begunAt: moment('begun_at'),
    endedAt: moment('ended_at'),
    events: bigint('events', { mode: 'number' }),
    faults: jsonb('faults'),
  },
  (t) => [index('audit_verifications_tree').on(t.tree, t.askedAt)],
)
/** When a witness last asked for anything. */
export const auditWitnessContacts = pgTable('audit_witness_contacts', {
  witnessId: uuid('witness_id')
    .primaryKey()
    .references(() => auditWitnesses.id),
  seenAt: moment('seen_at').notNull(),
})

/** What is not as it should be about a tree (`why`: lib/views/sealing/integrity), from when until when. One of a kind at a time. */
export const auditWarnings = pgTable(
  'audit_warnings',
  {
    id: uuid('id').primaryKey(),
    tree: text('tree').notNull(),
    why: text('why').notNull(),
    witnessId: uuid('witness_id').references(() => auditWitnesses.id),
    /** Sizes, ids and signed notes: nothing personal, no content. */
    details: jsonb('details').notNull().default({}),
    since: moment('since').notNull(),
    endedAt: moment('ended_at'),
  },
  (t) => [index('audit_warnings_tree').on(t.tree, t.since)],
)

/** Reads that were made to see that the record works, and are not seen in it yet. */
export const auditCanaries = pgTable('audit_canaries', {
  eventId: uuid('event_id').primaryKey(),
  tree: text('tree').notNull(),
  at: moment('at').notNull(),
})
