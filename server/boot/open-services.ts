import { createRecorder } from '@/server/audit/append'
import { readPersonKeysFile } from '@/server/audit/personal/key-file'
import { createPersonKeys } from '@/server/audit/personal/person-keys'
import { sealPlainValues } from '@/server/audit/personal/seal-plain-values'
import { migrate } from '@/server/db/migrate'
import { openDatabase } from '@/server/db/open-database'
import type { Env } from '@/server/env'
import { useLabels } from '@/server/marking/labels-in-use'
import { putLabelsOnRecord } from '@/server/marking/labels-on-record'
import { readMarkings } from '@/server/marking/read-markings'
import { countDenials, type Meter } from '@/server/meter'
import { joinNodes } from '@/server/nodes/nodes'
import { createAccessChanges } from '@/server/policy/access-changes'
import type { Services } from '@/server/services'

/** The state of one server on a database with this program's tables. The caller closes `db` last. */
export const openServices = async (
  env: Env,
  { log, meter, node }: { log: Services['log']; meter: Meter; node: string },
): Promise<Services> => {
  // Before the data are touched: without its labels nothing that is stored could be judged.
  useLabels(readMarkings(env.markingsFile))
  const db = await openDatabase({ ...env, log })
  await migrate(db)
  const personKeys = createPersonKeys(readPersonKeysFile(env))
  await personKeys.claim(db)
  await sealPlainValues(db, personKeys)
  const accessChanges = createAccessChanges()
  const nodes = await joinNodes(env, { db, log, node, accessChanges })
  // All nodes go by the database's clock: what one has written is never in another one's future.
  const now = () => new Date(nodes.now())
  const recorder = countDenials(createRecorder({ node, keys: personKeys, now }), meter)
  // Before anybody is let in by them.
  await db.transaction((tx) => putLabelsOnRecord({ recorder }, tx))
  return { env, db, recorder, personKeys, accessChanges, nodes, log, meter, node, now }
}
