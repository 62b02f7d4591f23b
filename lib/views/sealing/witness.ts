import type { Id } from '@/lib/ids'

/** One witness of one's own organisation. Times are ISO. */
export interface WitnessView {
  id: Id
  name: string
  verifierKey: string
  registeredAt: string
  registeredBy: string | null
  endedAt: string | null
  /** When it last asked for anything. */
  seenAt: string | null
  /** When it last co-signed, whatever. */
  signedAt: string | null
  /** Of the records that its organisation takes part in: how many it has co-signed, of how many that have a checkpoint. */
  trees: { signed: number; of: number }
  /** Refusals that stand. */
  refusals: number
  /** Run by the demonstration, on the host's own machine. */
  demonstration: boolean
}

export interface WitnessesView {
  /** The address that a witness is told. */
  host: string
  /** Keys of the log, the one in use first: to compare with what the witness shows. */
  logKeys: readonly string[]
  witnesses: readonly WitnessView[]
}

/** Shown once. */
export interface RegisteredWitness {
  id: Id
  token: string
}
