/** What the verifier is given: both synchronous, on bytes. */
export interface VerifierCrypto {
  sha256(bytes: Uint8Array): Uint8Array
  /** The same as text, where that is quicker. */
  sha256hex?(bytes: Uint8Array): string
  ed25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
}

export interface VerifierProblem {
  verdict: 'tampered' | 'incomplete'
  tree: string | null
  index: number | null
  line: number
  why: string
}

/** What was found. Sizes are numbers of leaves. */
export interface VerifierReport {
  verdict: 'ok' | 'tampered' | 'incomplete'
  problems: VerifierProblem[]
  /** Problems that are not listed. */
  more: number
  trees: {
    tree: string
    size: number
    events: number
    signed: number
    sealed: { size: number; by: number; at: string } | null
    savedAt: number | null
    of: string[]
    needed: number | null
  }[]
  origin?: string
  scope?: string
  made?: string
  events: number
  opened: number
  closed: number
  bursts: number
  lines: number
  keys: string[]
  replay: { decisions: number; agreed: number; near: number; unknown: number; told: string[] } | null
  save: SavedHeads
}

export interface SavedHeads {
  v: 1
  origin: string | null
  keys: string[]
  trees: Record<string, { size: number; root: string }>
}

export interface Verifier {
  /** Takes the next bytes of the file. @returns how many lines were read so far */
  write(bytes: Uint8Array): number
  end(): VerifierReport
}

export function createVerifier(
  crypto: VerifierCrypto,
  options?: { saved?: SavedHeads | null; replay?: unknown },
): Verifier

export function tell(report: VerifierReport): string[]

/** What is checked of a canonical record, without parsing it; null where only parsing tells. */
export function glance(
  text: string,
): { v: 1; at: string; type: string; commitments?: Record<string, string> } | null
