import { beforeEach } from 'vitest'
import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import type { Actor } from '@/server/identity/actor'
import { approveRequest } from '@/server/operations/requests/approve-request'
import { askAccess } from '@/server/operations/requests/ask-access'
import { listRequests } from '@/server/operations/requests/list-requests'
import { myRequests } from '@/server/operations/requests/my-requests'
import { previewApproval } from '@/server/operations/requests/preview-approval'
import { runOperation } from '@/server/operations/run-operation'
import { authorize } from '@/server/policy/authorize'
import { followReleases, lapseRequests, tellOfRequests } from '@/server/upkeep/requests'
import { startUpkeep } from '@/server/upkeep/upkeep'
import { openPlan, type Plan } from '@/tests/operations/plan'

type Wanted = 'read' | 'comment' | 'suggest' | 'edit'

/** A world for each test, with a clock, and what people do with requests in it. */
export const openAsking = () => {
  const now = { plan: undefined as unknown as Plan, at: null as number | null }
  beforeEach(async () => {
    now.at = null
    now.plan = await openPlan({ now: () => new Date(now.at ?? Date.now()) })
    return () => now.plan.services.close()
  })
  const ask = (who: Actor, askedFor: Id, level: Wanted = 'read', reason = 'I need it for the roster.') =>
    runOperation(now.plan.services, who, askAccess, { askedFor, level, reason, until: null })
  const mine = (who: Actor) => runOperation(now.plan.services, who, myRequests, undefined)
  const pending = async (who: Actor) =>
    (await runOperation(now.plan.services, who, listRequests, { workspaceId: now.plan.workspaceId })).requests
  const only = async (who: Actor) => {
    const [first, ...rest] = await pending(who)
    if (first === undefined || rest.length > 0) throw new Error(`${rest.length + 1} requests`)
    return first
  }
  const approve = async (who: Actor, requestId: Id, level: Wanted = 'read', until: string | null = null) => {
    const { services } = now.plan
    const { preview } = await runOperation(services, who, previewApproval, { requestId, level, until })
    return runOperation(services, who, approveRequest, { requestId, level, until, hash: preview.hash })
  }
  const clock = async () => {
    const upkeep = startUpkeep(now.plan.services, [tellOfRequests, lapseRequests, followReleases])
    await upkeep.runNow()
    await upkeep.stop()
  }
  const levelOf = async (who: Actor, sectionId: Id): Promise<Level> => {
    try {
      const request = { ask: 'level', needs: 'discover' } as const
      return (await authorize(now.plan.services.db, who, { sectionId }, request)).decision.level
    } catch {
      return 'none'
    }
  }
  const told = async (kind: string) => {
    const { rows } = await now.plan.services.db.query<{ name: string }>(
      'select p.name from notifications n join people p on p.id = n.person_id where n.kind = $1 order by n.at, p.name',
      [kind],
    )
    return rows.map(({ name }) => name)
  }
  /** A section of County's that only its lead may see. */
  const secret = async () => {
    const { world, documentId, orgs, people } = now.plan
    const sectionId = await world.section(documentId, orgs.county, { title: 'Secret' })
    await world.boundary({ sectionId }, [{ kind: 'person', id: people.countyLead.personId, max: 'manage' }])
    return sectionId
  }
  return { now, ask, mine, pending, only, approve, clock, levelOf, told, secret }
}
