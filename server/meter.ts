import type { Recorder } from '@/server/audit/append'

/** Where the working parts report what operators watch. Numbers only; called on hot paths, so it must not throw or wait. */
export interface Meter {
  /** One commit of section updates: how long it took (ms) and how many frames and rows it held. */
  committed(milliseconds: number, frames: number, rows: number): void
  /** One committed frame handed to its receivers: ms since it arrived at this server. */
  fannedOut(milliseconds: number, receivers: number): void
  /** Somebody was refused: by rule when policy did it, else by error code. */
  denied(reason: string): void
  /** The record does not hold: by what was found. Somebody has to look. */
  alarmed(why: string): void
}

/** For tests and tools that nobody watches. */
export const silentMeter: Meter = { committed() {}, fannedOut() {}, denied() {}, alarmed() {} }

/** Counts every refusal on its way to the record, by rule, or by what was refused when no rule was asked. */
export const countDenials = (recorder: Recorder, meter: Meter): Recorder => ({
  ...recorder,
  append(tx, draft) {
    if (draft.outcome === 'denied') meter.denied(draft.decision?.rule ?? draft.type)
    return recorder.append(tx, draft)
  },
})
