import { askExport } from '@/server/operations/exports/ask-export'
import { cancelExport } from '@/server/operations/exports/cancel-export'
import { downloadExport } from '@/server/operations/exports/download-export'
import { listExports } from '@/server/operations/exports/list-exports'
import { insertExport } from '@/tests/exports/insert-export'
import { type OperationCase, of } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

const lead = { who: 'countyLead', code: 'denied', rule: 'R7' } as const
/** Another's export is nothing to a lead, who does not audit. */
const hidden = { who: 'countyLead', code: 'hidden', rule: 'R7' } as const

const own = async ({ services, people, workspaceId }: Plan, more: Record<string, unknown> = {}) => ({
  exportId: await insertExport(services.db, people.auditor, workspaceId, more),
})

const inAnHour = () => new Date(Date.now() + 3_600_000)

export const EXPORTS: readonly OperationCase[] = [
  of('exports/list-exports', listExports, ({ workspaceId }) => ({ workspaceId }), 'auditor', lead),
  of(
    'exports/ask-export',
    askExport,
    ({ workspaceId }) => ({
      workspaceId,
      format: 'csv' as const,
      filter: {},
      reason: 'For the yearly audit.',
    }),
    'auditor',
    lead,
  ),
  of('exports/cancel-export', cancelExport, (plan) => own(plan), 'auditor', hidden),
  of(
    'exports/download-export',
    downloadExport,
    async (plan) => ({
      ...(await own(plan, { state: 'done', bytes: 4, hash: '0'.repeat(64), expires_at: inAnHour() })),
      from: 0,
    }),
    'auditor',
    hidden,
  ),
]
