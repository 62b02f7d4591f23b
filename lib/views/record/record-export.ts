import type { Id } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'

export const EXPORT_FORMATS = ['bundle', 'csv', 'pdf'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
export type ExportState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired'

/** Where a finished export is downloaded from, followed by its id. */
export const EXPORT_PATH = '/api/record-export/'

export interface ExportView {
  id: Id
  format: ExportFormat
  filter: RecordFilter
  reason: string
  state: ExportState
  /** ISO 8601. */
  askedAt: string
  /** Events that it holds so far, and in all; null before they are counted. */
  done: number
  total: number | null
  bytes: number | null
  /** Hex SHA-256 of the file. */
  hash: string | null
  /** When its file is deleted; of one that is done. */
  expiresAt: string | null
}

/** A stream of the record to a receiver outside: how it does, never where it goes. */
export interface StreamView {
  name: string
  kind: 'https' | 'syslog'
  ofInstance: boolean
  /** Events that the receiver does not have yet, and since when the oldest of them waits. */
  behind: number
  oldestAt: string | null
  /** Since when it is too far behind. */
  alarmSince: string | null
  sentAt: string | null
  problem: string | null
}

export interface ExportsView {
  /** Whose part of the record an export holds: all of it, or one's own agency's. */
  scope: 'whole' | 'agency'
  /** Newest first. */
  exports: ExportView[]
  streams: StreamView[]
}
