import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AttackLine } from '@/tests/attacks/report'
import { THREATS } from '@/tests/attacks/threats'

const DOCUMENT = fileURLToPath(new URL('../../docs/attacks.md', import.meta.url))
const cell = (text: string): string => text.replaceAll('|', '\\|')

/** Writes docs/attacks.md from the lines that a run left in a folder. @returns how many attacks it tells of. */
export const writeDocument = (folder: string): number => {
  const lines = readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as AttackLine)
    .sort((a, b) => a.threat.localeCompare(b.threat) || a.sent.localeCompare(b.sent))
  const rows = lines.map(
    ({ threat, sent, happened, record }) =>
      `| ${threat} | ${cell(THREATS[threat])} | ${cell(sent)} | ${cell(happened)} | ${cell(record)} |`,
  )
  writeFileSync(
    DOCUMENT,
    `# Attacks

What was sent to the running server, and what came of it, written by a run of the tests: \`node --import tsx tests/attacks/main.ts\`.
After each attack on a section two honest stock clients go on typing, a third opens it, and all three hold what the database
holds. "Record" is the event that stands in the record, with its rule.

| | attack | what is sent | what happened | record |
|---|---|---|---|---|
${rows.join('\n')}
`,
  )
  return rows.length
}
