import { issueSetUpLink, needsSetUp } from '@/server/identity/set-up'
import type { Services } from '@/server/services'

/**
 * What the person who started the server is told before the doors open: on an empty database the one-time link that
 * creates the first organisation, or the demonstration's accounts. Printed, never logged: the link is a secret.
 */
export const greet = async (services: Services): Promise<void> => {
  const { env, db } = services
  if (env.demonstration) {
    const { startDemonstration } = await import('@/server/demonstration/start-demonstration')
    process.stdout.write(await startDemonstration(services))
    return
  }
  if (!(await needsSetUp(db))) return
  const path = await issueSetUpLink(services)
  process.stdout.write(
    `\nThis instance is empty. Open this link to create the first organisation and its administrator.\nIt works once and runs out; start the server again for a new one.\n\n  ${env.publicUrl}${path}\n\n`,
  )
}
