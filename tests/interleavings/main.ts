import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Interleaved, interleave, KINDS } from '@/tests/interleavings/interleave'
import { openInterleavingBed } from '@/tests/interleavings/scene'
import { summaries } from '@/tests/interleavings/summary'

/**
 * `node --import tsx tests/interleavings/main.ts [how many] [first seed]`: revocations against reading, writing and taking
 * out, in orders that seeds give. A seed repeats its run. From 10,000 on it writes docs/interleavings.md.
 */
const PAGE = fileURLToPath(new URL('../../docs/interleavings.md', import.meta.url))
/** A fresh database and server after so many: what one story leaves behind must not slow the next ones. */
const FRESH_AFTER = 500
const WHOLE = 10_000

const wanted = Number(process.argv[2] ?? WHOLE)
const first = Number(process.argv[3] ?? 1)
const began = performance.now()
const all: Interleaved[] = []
for (let from = 0; from < wanted; from += FRESH_AFTER) {
  const bed = await openInterleavingBed()
  for (let i = from; i < Math.min(wanted, from + FRESH_AFTER); i++) {
    const one = await interleave(bed, first + i, KINDS[i % KINDS.length])
    for (const problem of one.problems) process.stdout.write(`${problem}\n`)
    all.push(one)
  }
  await bed.close()
  process.stdout.write(`${all.length} of ${wanted}, ${Math.round((performance.now() - began) / 1_000)} s\n`)
}

const problems = all.reduce((sum, one) => sum + one.problems.length, 0)
const steps = all.reduce((sum, one) => sum + one.steps, 0)
const said = `${all.length} interleavings from seed ${first}, ${steps} steps, ${problems} problems`
const rows = summaries(all)
const pageOf = (): string => `# Revocations in every order

Written by \`node --import tsx tests/interleavings/main.ts\`. Do not edit: run it. \`npm test\` runs a smaller number
from a seed of its own.

**${said}.**

Each interleaving has a section with its text, a person who types three keystrokes, opens the section a second time and
takes its text out for a stated reason (R9), an onlooker who types as well, and somebody who takes the first person's access
away. All of it runs at once on the real server, with real sockets and operations; every call of the database goes through
a turnstile, and a seed says who goes next. The embedded database does one transaction after the other, so that these
are the orders in which commits can happen; \`tests/nodes\` holds the same on PostgreSQL with several nodes, in the
orders that a machine gives. What must hold of each:

- no update is accepted after the revoking commit, no opening and no taking out is on record as allowed after it;
- nothing that was committed after it is told to the person, and nothing at all a second after it;
- text goes only to sockets whose opening is on record; nobody is told what is not stored; the sockets close.

How often each came out before the revocation and how often it was refused after it, so that neither side is empty:

| revocation | runs | wrote | refused | opened | refused | took out | refused | problems |
| --- | --: | --: | --: | --: | --: | --: | --: | --: |
${rows.map((row) => `| ${Object.values(row).join(' | ')} |`).join('\n')}
`
process.stdout.write(`${said}\n`)
if (problems === 0 && wanted >= WHOLE) writeFileSync(PAGE, pageOf())
process.exit(problems === 0 ? 0 : 1)
