import type { Id } from '@/lib/ids'
import type { AgencyView } from '@/lib/views/person'

/**
 * What can be wrong with a record:
 * - `not_sealed`: too few agencies have co-signed for a quarter of an hour, though enough have witnesses;
 * - `refused`: a witness says that what it is shown does not go on from what it signed;
 * - `silent`: a witness has not been heard for a quarter of an hour;
 * - `canary_late`: a read that is made to see that the record works did not turn up in it within a minute;
 * - `shrunk`, `different`: the database contradicts what was signed, so that nothing is signed any more.
 */
export type WarningKind = 'not_sealed' | 'refused' | 'silent' | 'canary_late' | 'shrunk' | 'different'

/** Times are ISO. */
export interface WarningView {
  why: WarningKind
  since: string
  /** Of `refused` and `silent`. */
  witness: string | null
  agency: AgencyView | null
  /** Of `refused`: what the witness had signed, and what it was shown then. */
  signedSize: number | null
  shownSize: number | null
}

export interface WitnessStanding {
  id: Id
  name: string
  seenAt: string | null
  signedAt: string | null
  /** The size of the newest checkpoint that it has co-signed; null: none. */
  signedSize: number | null
  /** Events of the newest checkpoint that it has not co-signed yet. */
  behind: number
  /** Run by a demonstration beside the record: proves nothing. */
  demonstration: boolean
}

export interface AgencyStanding {
  agency: AgencyView
  /** The host keeps the record: its own word does not count. */
  host: boolean
  witnesses: readonly WitnessStanding[]
}

/** The first thing that does not hold. Indexes from 0. */
export interface FaultView {
  why: string
  index: number | null
  until: number | null
}

/** How one record stands. */
export interface IntegrityView {
  at: string
  /** Events in the tree. */
  size: number
  /** Accepted events that wait for their place in it. */
  waiting: number
  /** The newest signed head. */
  checkpoint: { size: number; at: string; origin: string } | null
  seal: {
    /** How many agencies' words count, and how many of them are needed. */
    of: number
    needed: number
    sealed: { size: number; at: string } | null
    /** How many have co-signed it, also where their names are left out. */
    signed: number
    /** Who co-signed what is sealed, or, while nothing is, what has the most words. */
    signedBy: readonly { agency: AgencyView; at: string }[]
  } | null
  agencies: readonly AgencyStanding[]
  warnings: readonly WarningView[]
  /** Places where an event is missing or is not what was accepted. */
  gaps: { count: number; lastAt: string | null }
  /** The last time that everything was computed again; `events` null where it was done with all records. */
  verified: { at: string; events: number | null; faults: number; first: FaultView | null } | null
  /** One that an auditor has asked for, and that has no result yet. */
  verifying: { askedAt: string; begunAt: string | null } | null
  /** The last read that was made to see that the record works; `sealedAfter` in milliseconds, null while it is not in. */
  canary: { at: string; in: 'sealed' | 'signed' | null } | null
}

export interface IntegrityPageView {
  workspace: IntegrityView
  /** The record of sign-ins, people and organisations. Names of agencies and witnesses are left out. */
  instance: IntegrityView
}
