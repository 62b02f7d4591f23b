import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { EVENTS } from '@/lib/audit/catalogue'
import { harvest } from '@/tests/audit/reference/harvest'
import { withReference } from '@/tests/audit/reference/page'

/** `node --import tsx tests/audit/reference/main.ts`: writes the reference of events into docs/audit.md. */
const PAGE = fileURLToPath(new URL('../../../docs/audit.md', import.meta.url))

const examples = await harvest()
writeFileSync(PAGE, withReference(readFileSync(PAGE, 'utf8'), examples))
process.stdout.write(`${Object.keys(EVENTS).length} types of events, ${examples.size} with an example\n`)
