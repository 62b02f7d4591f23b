import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeDocument } from '@/tests/attacks/document'

/** `node --import tsx tests/attacks/main.ts`: runs the attacks; if all hold, writes docs/attacks.md from what happened. */
const folder = mkdtempSync(join(tmpdir(), 'liaison-attacks-'))
try {
  execFileSync('npx', ['vitest', 'run', 'tests/attacks', '--exclude', '**/every-threat.test.ts'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, ATTACKS_REPORT: folder },
  })
  process.stdout.write(`docs/attacks.md: ${writeDocument(folder)} attacks\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
