import { declineRelease } from '@/server/operations/releases/decline-release'
import { getRelease } from '@/server/operations/releases/get-release'
import { listReleases } from '@/server/operations/releases/list-releases'
import { turnKey } from '@/server/operations/releases/turn-key'
import { withdrawRelease } from '@/server/operations/releases/withdraw-release'
import { type OperationCase, of, stranger } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'
import { pendingRelease } from '@/tests/operations/sharing/pending-release'

const aRelease = async (plan: Plan) => ({ releaseId: (await pendingRelease(plan)).releaseId })
/** Reads the section, and holds no keys of it. */
const reader = { who: 'countyReader', code: 'denied', rule: 'R7' } as const

export const RELEASES: readonly OperationCase[] = [
  of('releases/list-releases', listReleases, ({ workspaceId }) => ({ workspaceId }), 'countyLead', stranger),
  of('releases/get-release', getRelease, aRelease, 'countyLead', reader),
  of('releases/withdraw-release', withdrawRelease, aRelease, 'weatherSteward', {
    who: 'countyLead',
    code: 'denied',
    rule: 'R5',
  }),
  of(
    'releases/decline-release',
    declineRelease,
    async (plan) => ({ ...(await aRelease(plan)), reason: 'Too early.' }),
    'hospitalLead',
    reader,
  ),
  of('releases/turn-key', turnKey, pendingRelease, 'countyLead', reader),
]
