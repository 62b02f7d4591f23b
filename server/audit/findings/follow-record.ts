import { followEvent } from '@/lib/audit/findings/follow-event'
import type { Found } from '@/lib/audit/findings/types'
import { nextStretch } from '@/server/audit/counts/follow'
import { loadProfiles, saveProfiles } from '@/server/audit/findings/profiles'
import { raiseFinding } from '@/server/audit/findings/raise-finding'
import { seenEvents } from '@/server/audit/findings/seen-events'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'

/** The follower's name in `record_followers`. */
const FINDINGS = 'findings'

/**
 * Shows the next events of one tree to the detectors, in the order of the tree; raises what they find in the same transaction.
 * @returns whether there was anything to look at
 */
export const followRecord = async (services: Services, tx: Tx, most: number): Promise<boolean> => {
  const stretch = await nextStretch(tx, FINDINGS, most)
  if (stretch === null) return false
  const { tree } = stretch
  const events = await seenEvents(tx, services, stretch)
  const profiles = await loadProfiles(tx, tree, events)
  const found = events.flatMap((event) => followEvent(profiles, event))
  await saveProfiles(tx, tree, profiles)
  const workspaceId = tree.slice('workspace:'.length)
  for (const one of latestOfEpisodes(found)) await raiseFinding(services, tx, workspaceId, one)
  return true
}

/** An episode that goes on is said once, as it stands at the end. In order of what was found first. */
const latestOfEpisodes = (found: readonly Found[]): Found[] => {
  const latest = new Map<string, Found>()
  for (const one of found) latest.set(`${one.rule} ${one.key} ${one.episode}`, one)
  return [...latest.values()]
}
