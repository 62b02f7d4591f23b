import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Id } from '@/lib/ids'
import { openKeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { signGrown } from '@/server/audit/trees/sign-checkpoints'
import { askRecord } from '@/server/operations/record/ask-record'
import { readActivity } from '@/server/operations/record/figures/read-activity'
import { readHeatMap } from '@/server/operations/record/figures/read-heat-map'
import { readPersonDay } from '@/server/operations/record/figures/read-person-day'
import { readSectionLife } from '@/server/operations/record/figures/read-section-life'
import { findInRecord } from '@/server/operations/record/find-in-record'
import { disposeFinding } from '@/server/operations/record/findings/dispose-finding'
import { getFinding } from '@/server/operations/record/findings/get-finding'
import { listFindings } from '@/server/operations/record/findings/list-findings'
import { listRecord } from '@/server/operations/record/list-record'
import { readRecordIntegrity } from '@/server/operations/record/read-integrity'
import { readRecordChoices } from '@/server/operations/record/read-record-choices'
import { readRecordEvent } from '@/server/operations/record/read-record-event'
import { forgetSearch } from '@/server/operations/record/searches/forget-search'
import { listSearches } from '@/server/operations/record/searches/list-searches'
import { saveSearch } from '@/server/operations/record/searches/save-search'
import { tailRecord } from '@/server/operations/record/tail-record'
import { takeRecordEvent } from '@/server/operations/record/take-record-event'
import { verifyRecordOf } from '@/server/operations/record/verify-record'
import { runOperation } from '@/server/operations/run-operation'
import { findingInput } from '@/tests/operations/finding-input'
import { type OperationCase, of } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'
import { sequenceAll } from '@/tests/support/record/sequence-all'

const lead = { who: 'countyLead', code: 'denied', rule: 'R7' } as const

/** An event of the workspace that concerns the auditor's own agency. */
export const eventIn = async ({
  services,
  workspaceId,
  people,
}: Plan): Promise<{ workspaceId: Id; eventId: Id }> => {
  const { personId, orgId, sessionId } = people.countyReader
  const eventId = await services.db.transaction(async (tx) =>
    services.recorder.append(tx, {
      type: 'workspace.viewed',
      outcome: 'allowed',
      actor: { personId, orgId, sessionId },
      object: { workspaceId },
    }),
  )
  return { workspaceId, eventId }
}

/** One key for each database: another one would have to be made known by a rotation. */
const signers = new WeakMap<Plan['services'], ReturnType<typeof openSigner>>()

const openSigner = async (services: Plan['services']) => {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-desk-'))
  const env = { ...services.env, logKeyFile: join(folder, 'log-key'), checkpointDir: join(folder, 'heads') }
  return { services: { ...services, env }, kept: await openKeptCheckpoints(env.checkpointDir) }
}

/** The same, in its tree and under a signed head. */
export const signedEventIn = async (plan: Plan): Promise<{ workspaceId: Id; eventId: Id }> => {
  const input = await eventIn(plan)
  const opening = signers.get(plan.services) ?? openSigner(plan.services)
  signers.set(plan.services, opening)
  const { services, kept } = await opening
  await sequenceAll(plan.services, kept)
  await signGrown(services, kept)
  return input
}

export const searchOf = async ({ services, workspaceId, people }: Plan): Promise<{ searchId: Id }> => {
  const input = { workspaceId, name: 'Refusals', query: '?outcome=denied' }
  const { id } = await runOperation(services, people.auditor, saveSearch, input)
  return { searchId: id }
}

export const RECORD: readonly OperationCase[] = [
  of('record/list-record', listRecord, ({ workspaceId }) => ({ workspaceId, filter: {} }), 'auditor', lead),
  of(
    'record/read-record-choices',
    readRecordChoices,
    ({ workspaceId }) => ({ workspaceId }),
    'auditor',
    lead,
  ),
  of(
    'record/ask-record',
    askRecord,
    ({ workspaceId }) => ({ workspaceId, filter: {}, by: 'person' as const, question: 'denials' as const }),
    'auditor',
    lead,
  ),
  of(
    'record/find-in-record',
    findInRecord,
    ({ workspaceId }) => ({ workspaceId, text: 'Clara' }),
    'auditor',
    lead,
  ),
  of('record/read-record-event', readRecordEvent, eventIn, 'auditor', lead),
  of('record/take-record-event', takeRecordEvent, signedEventIn, 'auditor', lead),
  of(
    'record/tail-record',
    tailRecord,
    ({ workspaceId }) => ({ workspaceId, filter: {}, since: null }),
    'auditor',
    lead,
  ),
  of('record/searches/list-searches', listSearches, ({ workspaceId }) => ({ workspaceId }), 'auditor', lead),
  of(
    'record/searches/save-search',
    saveSearch,
    ({ workspaceId }) => ({ workspaceId, name: 'Refusals', query: '?outcome=denied' }),
    'auditor',
    lead,
  ),
  of('record/searches/forget-search', forgetSearch, searchOf, 'auditor', {
    who: 'countyLead',
    code: 'missing',
  }),
  of('record/verify-record', verifyRecordOf, ({ workspaceId }) => ({ workspaceId }), 'auditor', lead),
  of(
    'record/findings/list-findings',
    listFindings,
    ({ workspaceId }) => ({ workspaceId, state: null, rule: null }),
    'auditor',
    lead,
  ),
  of('record/findings/get-finding', getFinding, findingInput, 'auditor', lead),
  of(
    'record/findings/dispose-finding',
    disposeFinding,
    async (plan) => ({ ...(await findingInput(plan)), state: 'expected' as const, note: 'On leave.' }),
    'auditor',
    lead,
  ),
  of('record/figures/read-activity', readActivity, ({ workspaceId }) => ({ workspaceId }), 'auditor', lead),
  of('record/figures/read-heat-map', readHeatMap, ({ workspaceId }) => ({ workspaceId }), 'auditor', lead),
  of(
    'record/figures/read-section-life',
    readSectionLife,
    ({ workspaceId, sections }) => ({ workspaceId, sectionId: sections.open }),
    'auditor',
    lead,
  ),
  of(
    'record/figures/read-person-day',
    readPersonDay,
    ({ workspaceId, people }) => ({ workspaceId, personId: people.countyLead.personId, day: '2026-03-03' }),
    'auditor',
    lead,
  ),
  of('record/read-integrity', readRecordIntegrity, ({ workspaceId }) => ({ workspaceId }), 'auditor', lead),
]
