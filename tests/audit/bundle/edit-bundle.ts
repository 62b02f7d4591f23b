import type { BundleEvent, BundleLine } from '@/lib/audit/bundle'

type Lines = BundleLine[]

/** Bundles of one record, and a folder in which the verifier lies alone. */
export interface Scene {
  folder: string
  /** Sealed; the same a little later, longer and sealed again. */
  good: string
  later: string
  /** What a run on the good one saved. */
  saved: string
  /** Index of an event that was allowed, has a personal value, and is followed by one of the same writer. */
  victim: number
  county: string
}

/** What somebody does to a bundle, and what the verifier must say of it. */
export interface Tampering {
  what: string
  make(scene: Scene): string
  exit: 1 | 2
  /** The first index that must be named. */
  index?(scene: Scene): number
  why: RegExp
  options?(scene: Scene): string[]
}

export const linesOf = (text: string): Lines =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as BundleLine)
export const textOf = (lines: Lines): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('')
export const changed = ({ good }: Scene, change: (lines: Lines) => Lines | undefined): string => {
  const lines = linesOf(good)
  return textOf(change(lines) ?? lines)
}
export const eventsOf = (lines: Lines): BundleEvent[] => lines.filter((line) => line.kind === 'event')
export const eventAt = (lines: Lines, index: number): BundleEvent => {
  const event = eventsOf(lines).find((one) => one.index === index)
  if (event === undefined) throw new Error(`no event ${index}`)
  return event
}
export const editLeaves = (lines: Lines, edit: (leaves: Buffer[]) => Buffer[]): void => {
  const line = lines.find((one) => one.kind === 'leaves')
  if (line === undefined) throw new Error('no leaves')
  const bytes = Buffer.from(line.hashes, 'base64')
  const leaves = Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))
  line.hashes = Buffer.concat(edit(leaves)).toString('base64')
}
export const editNote = (lines: Lines, edit: (note: string) => string): void => {
  const newest = lines.filter((line) => line.kind === 'checkpoint').at(-1)
  if (newest === undefined) throw new Error('no checkpoint')
  newest.note = edit(newest.note)
}
export const rewritten = (event: BundleEvent): BundleEvent => ({
  ...event,
  canonical: event.canonical.replace('"outcome":"allowed"', '"outcome":"denied"'),
})
export const sizeOf = (lines: Lines): number =>
  lines.reduce(
    (sum, line) => (line.kind === 'leaves' ? sum + Buffer.from(line.hashes, 'base64').length / 32 : sum),
    0,
  )
