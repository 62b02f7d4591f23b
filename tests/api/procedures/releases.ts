import { inWorkspace, MEMBERS, type ProcedureCase } from '@/tests/api/procedures/who'
import type { Plan } from '@/tests/operations/plan'
import { pendingRelease } from '@/tests/operations/sharing/pending-release'

const aRelease = async (plan: Plan) => ({ releaseId: (await pendingRelease(plan)).releaseId })

/** Of Weather's section, which County reads and Hospital would: Weather's own key is turned. */
export const RELEASES: Record<string, ProcedureCase> = {
  'releases.list': { may: MEMBERS, input: inWorkspace },
  'releases.get': { may: ['countyLead', 'weatherSteward', 'hospitalLead'], input: aRelease },
  'releases.turnKey': { may: ['countyLead', 'hospitalLead'], input: pendingRelease },
  'releases.decline': {
    may: ['countyLead', 'weatherSteward', 'hospitalLead'],
    input: async (plan) => ({ ...(await aRelease(plan)), reason: 'Too early.' }),
  },
  'releases.withdraw': { may: ['weatherSteward'], input: aRelease },
}
