import { getTerms } from '@/server/operations/terms/get-terms'
import { publishTerms } from '@/server/operations/terms/publish-terms'
import { saveTermsDraft } from '@/server/operations/terms/save-terms-draft'
import { signTerms } from '@/server/operations/terms/sign-terms'
import { type OperationCase, of } from '@/tests/operations/operation-case'
import { drafted, freshPartnership, published, TERMS } from '@/tests/operations/partnership/fresh-partnership'

const notHere = { who: 'stranger', code: 'missing' } as const
const notHost = { who: 'hospitalLead', code: 'denied', rule: 'R7' } as const

export const TERMS_CASES: readonly OperationCase[] = [
  of('terms/get-terms', getTerms, ({ workspaceId }) => ({ workspaceId }), 'guest', notHere),
  of(
    'terms/save-terms-draft',
    saveTermsDraft,
    async (plan) => ({ ...(await freshPartnership(plan)), content: TERMS, basedOn: null }),
    'countyLead',
    notHost,
  ),
  of(
    'terms/publish-terms',
    publishTerms,
    async (plan) => drafted(plan, (await freshPartnership(plan)).workspaceId),
    'countyLead',
    notHost,
  ),
  of(
    'terms/sign-terms',
    signTerms,
    async (plan) => published(plan, (await freshPartnership(plan)).workspaceId),
    'hospitalLead',
    { who: 'hospitalEditor', code: 'denied' },
  ),
]
