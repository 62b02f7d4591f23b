import { askForGlass } from '@/server/operations/break-glass/ask-for-glass'
import { declineGlass } from '@/server/operations/break-glass/decline-glass'
import { disableGlass } from '@/server/operations/break-glass/disable-glass'
import { endGlass } from '@/server/operations/break-glass/end-glass'
import { getGlass } from '@/server/operations/break-glass/get-glass'
import { hashOf } from '@/server/operations/break-glass/glass-release'
import { openGlass } from '@/server/operations/break-glass/open-glass'
import { reviewGlass } from '@/server/operations/break-glass/review-glass'
import { turnGlassKey } from '@/server/operations/break-glass/turn-glass-key'
import { type OperationCase, of, reader, stranger } from '@/tests/operations/operation-case'
import { glassIs, keyOf, lookAt } from '@/tests/support/glass'

const reason = 'The hospital does not answer, and patients wait at the bridge.'

export const BREAK_GLASS: readonly OperationCase[] = [
  of(
    'break-glass/ask-for-glass',
    askForGlass,
    async (plan) => {
      await glassIs(plan, 'off')
      return { workspaceId: plan.workspaceId }
    },
    'countyLead',
    reader,
  ),
  of(
    'break-glass/decline-glass',
    declineGlass,
    async (plan) => {
      await keyOf(plan, 'hospitalLead')
      return { workspaceId: plan.workspaceId }
    },
    'countyLead',
    reader,
  ),
  of(
    'break-glass/turn-glass-key',
    turnGlassKey,
    async (plan) => {
      await keyOf(plan, 'hospitalLead')
      return { workspaceId: plan.workspaceId, hash: hashOf(plan.workspaceId) }
    },
    'countyLead',
    reader,
  ),
  of('break-glass/get-glass', getGlass, ({ workspaceId }) => ({ workspaceId }), 'hospitalEditor', stranger),
  of(
    'break-glass/open-glass',
    openGlass,
    async (plan) => {
      await glassIs(plan, 'on')
      return { sectionId: plan.sections.closed, reason, minutes: 15 }
    },
    'countyLead',
    stranger,
  ),
  of(
    'break-glass/end-glass',
    endGlass,
    async (plan) => ({ breakGlassId: await lookAt(plan, 'weatherEditor', { minutes: 30 }) }),
    'weatherEditor',
    { who: 'countyReader', code: 'hidden', rule: 'R5' },
  ),
  of(
    'break-glass/review-glass',
    reviewGlass,
    async (plan) => ({
      breakGlassId: await lookAt(plan, 'weatherEditor', { minutes: 30, over: true }),
      verdict: 'justified' as const,
      note: 'It was needed.',
    }),
    'hospitalLead',
    { who: 'hospitalEditor', code: 'denied', rule: 'R7' },
  ),
  of(
    'break-glass/disable-glass',
    disableGlass,
    async (plan) => {
      await glassIs(plan, 'on')
      return { workspaceId: plan.workspaceId }
    },
    'hospitalLead',
    reader,
  ),
]
