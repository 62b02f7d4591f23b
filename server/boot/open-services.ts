import { createRecorder } from '@/server/audit/append'
import { migrate } from '@/server/db/migrate'
import { openDatabase } from '@/server/db/open-database'
import type { Env } from '@/server/env'
import { countDenials, type Meter } from '@/server/meter'
import { joinNodes } from '@/server/nodes/nodes'
import { createAccessChanges } from '@/server/policy/access-changes'
import type { Services } from '@/server/services'

/** The state of one server on a database with this program's tables. The caller closes `db` last. */
export const openServices = async (
  env: Env,
  { log, meter, node }: { log: Services['log']; meter: Meter; node: string },
): Promise<Services> => {
  const db = await openDatabase({ ...env, log })
  await migrate(db)
  const accessChanges = createAccessChanges()
  const nodes = await joinNodes(env, { db, log, node, accessChanges })
  // All nodes go by the database's clock: what one has written is never in another one's future.
  const now = () => new Date(nodes.now())
  const recorder = countDenials(createRecorder({ node, now }), meter)
  return { env, db, recorder, accessChanges, nodes, log, meter, node, now }
}
