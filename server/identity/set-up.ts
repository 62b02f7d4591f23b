import type { Reader } from '@/server/db/client'
import { organisations } from '@/server/db/schema/identity'
import { issueLink } from '@/server/identity/one-time-links'
import type { Services } from '@/server/services'

/** True while there is no organisation at all. */
export const needsSetUp = async (reader: Reader): Promise<boolean> => {
  const rows = await reader.orm.select({ id: organisations.id }).from(organisations).limit(1)
  return rows.length === 0
}

/**
 * A link, good for 24 h and one use, to create the first organisation and its administrator; earlier ones close.
 * @returns path and fragment, to be shown to whoever started the server and never logged
 */
export const issueSetUpLink = (services: Services): Promise<string> =>
  services.db.transaction((tx) =>
    issueLink(tx, { kind: 'setup', personId: null, createdBy: null }, services.now()),
  )
