import { sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { check, customType, timestamp, uuid } from 'drizzle-orm/pg-core'

export const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
})

/** A whole transaction id of PostgreSQL, as text: 64 bits, never reused. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/**
 * A row of policy is never overwritten. It says from when, until when, and once only who ended it and when; a
 * trigger (migrations) refuses every other UPDATE and every DELETE. In force at t: valid_from <= t and
 * (valid_until is null or t < valid_until) and (ended_at is null or t < ended_at).
 */
export const validity = () => ({
  validFrom: moment('valid_from').notNull().defaultNow(),
  validUntil: moment('valid_until'),
  endedAt: moment('ended_at'),
  endedBy: uuid('ended_by'),
})

/** A row that hangs on exactly one of the given columns. */
export const exactlyOne = (name: string, ...columns: PgColumn[]) =>
  check(name, sql`num_nonnulls(${sql.join(columns, sql`, `)}) = 1`)
