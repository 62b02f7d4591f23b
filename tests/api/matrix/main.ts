import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ALL_PROCEDURES, openMatrix, ROLES } from '@/tests/api/matrix/bed'
import { type Checked, checkProcedure, summaryOf } from '@/tests/api/matrix/check'

/** `node --import tsx tests/api/matrix/main.ts`: the whole matrix; writes docs/matrix.md from what came of it. */
const PAGE = fileURLToPath(new URL('../../../docs/matrix.md', import.meta.url))

const pageOf = (all: readonly Checked[]): string => `# Every procedure, every role, every id

Written by \`node --import tsx tests/api/matrix/main.ts\`. Do not edit: run it. The same is held by
\`tests/api/matrix/matrix.test.ts\`, which takes procedures from the router, so that a new one is in here without
anyone remembering: its inputs are made from its zod schema, and a field that names something unknown fails the test.

**${summaryOf(all)}**

Every procedure is called over HTTP by ${ROLES.length} roles (${ROLES.join(', ')}): once with each
input, and then with each id in it swapped for an id of nothing, for ids of the same kind from a workspace of strangers, and for a
section behind a boundary. What must hold of each call:

- a foreign or hidden id is answered exactly like one of nothing: same status, same body, to the byte;
- nothing of the foreign world, and to people outside nothing of the workspace's content, stands in any body;
- nothing is a bug; every refusal of somebody who is signed in is on record.

| procedure | ids in its input | calls | answered | refused | problems |
| --- | --- | --: | --: | --: | --: |
${all
  .map(
    ({ path, places, calls, answered, refused, problems }) =>
      `| ${path} | ${places.join(', ') || '–'} | ${calls} | ${answered} | ${refused} | ${problems.length} |`,
  )
  .join('\n')}
`

const bed = await openMatrix()
const all: Checked[] = []
for (const { path } of ALL_PROCEDURES) {
  const checked = await checkProcedure(bed, path)
  all.push(checked)
  for (const problem of checked.problems) process.stdout.write(`${problem}\n`)
}
await bed.close()
process.stdout.write(`${summaryOf(all)}\n`)
if (all.every(({ problems }) => problems.length === 0)) writeFileSync(PAGE, pageOf(all))
else process.exitCode = 1
