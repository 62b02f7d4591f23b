import { openTamperingScene } from '@/tests/audit/tampering/scene'
import { FORK, TAMPERINGS } from '@/tests/audit/tampering/tamperings'
import { testServerUrl } from '@/tests/support/database'

/** `[TEST_DATABASE_URL=postgresql://…] node --import tsx tests/audit/tampering/main.ts`: the walk of docs/tampering.md, as its table. */
const say = (line: string) => process.stdout.write(`${line}\n`)
const scene = await openTamperingScene()
try {
  say(`On ${testServerUrl() === null ? 'the embedded database' : 'PostgreSQL, as its superuser'}.\n`)
  say('| what was done | who noticed | in these words | ms |\n|---|---|---|---|')
  const tell = async (what: string, notices: ReturnType<typeof scene.tamper>) => {
    for (const [i, { who, said, ms }] of (await notices).entries())
      say(`| ${i === 0 ? what : ''} | ${who} | ${said} | ${ms.toFixed(0)} |`)
  }
  for (const tampering of TAMPERINGS) await tell(tampering.what, scene.tamper(tampering))
  await scene.growFor('Weather')
  await tell(FORK.what, scene.tamper(FORK))
} finally {
  await scene.close()
}
