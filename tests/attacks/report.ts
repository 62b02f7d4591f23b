import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Threat } from '@/tests/attacks/threats'

/** What one attack sent and what came of it, as the run saw it: a line of docs/attacks.md. */
export interface AttackLine {
  /** T-01 …: the order in which `threats.ts` lists them. */
  threat: Threat
  sent: string
  /** Close code, rule, or what was left of it. */
  happened: string
  /** What is on record, or why nothing is. */
  record: string
}

/** `ATTACKS_REPORT` names a folder: `tests/attacks/main.ts` sets it and writes docs/attacks.md from what it finds there. */
export const tell = (line: AttackLine): void => {
  const folder = process.env.ATTACKS_REPORT
  if (folder === undefined) return
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(line)}\n`)
}
