import { z } from 'zod'
import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import { EVENT_KINDS, type EventKind } from '@/lib/audit/figures/kind-names'
import { FINDING_RULES, FINDING_STATES } from '@/lib/audit/findings/finding-rules'
import { GROUPINGS, QUESTION_IDS } from '@/lib/audit/questions'
import { RULES } from '@/lib/policy/vocabulary'
import { fields, idInput, inWorkspace, reasonInput, titleInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
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

const TYPES = Object.keys(EVENTS) as [EventType, ...EventType[]]

/** PostgreSQL knows no year 0. */
const momentInput = z.iso.datetime().refine((text) => !text.startsWith('0000'), 'There is no year 0.')

const KINDS = Object.keys(EVENT_KINDS) as [EventKind, ...EventKind[]]

const matched = {
  personId: idInput,
  orgId: idInput,
  documentId: idInput,
  sectionId: idInput,
  type: z.enum(TYPES),
  kind: z.enum(KINDS),
  outcome: z.enum(['allowed', 'denied', 'failed']),
  rule: z.enum(RULES),
}
const few = <Value extends z.ZodType>(value: Value) => z.array(value).max(20)

export const filterInput = fields({
  ...matched,
  originatorId: idInput,
  from: momentInput,
  until: momentInput,
  not: fields({
    personId: few(matched.personId),
    orgId: few(matched.orgId),
    documentId: few(matched.documentId),
    sectionId: few(matched.sectionId),
    type: few(matched.type),
    kind: few(matched.kind),
    outcome: few(matched.outcome),
    rule: few(matched.rule),
  }).partial(),
}).partial()

/** The part of the desk's address behind the path: ids and words of the catalogue. */
const searchQueryInput = z
  .string()
  .max(4_000)
  .regex(/^(\?[\w.:%=&+-]*)?$/, 'This is not a search of the record.')

const onDesk = fields({ workspaceId: idInput, filter: filterInput })
const spanFields = { workspaceId: idInput, from: momentInput.optional(), until: momentInput.optional() }

const onFinding = fields({ workspaceId: idInput, findingId: idInput })

export const recordRouter = router({
  list: signedInProcedure
    .input(
      onDesk.extend({ cursor: z.string().max(500).optional(), question: z.enum(QUESTION_IDS).optional() }),
    )
    .query(run(listRecord)),
  verify: signedInProcedure.input(inWorkspace).mutation(run(verifyRecordOf)),
  activity: signedInProcedure.input(fields(spanFields)).query(run(readActivity)),
  heatMap: signedInProcedure.input(fields(spanFields)).query(run(readHeatMap)),
  sectionLife: signedInProcedure
    .input(fields({ ...spanFields, sectionId: idInput }))
    .query(run(readSectionLife)),
  personDay: signedInProcedure
    .input(fields({ workspaceId: idInput, personId: idInput, day: z.iso.date() }))
    .query(run(readPersonDay)),
  integrity: signedInProcedure.input(inWorkspace).query(run(readRecordIntegrity)),
  findings: signedInProcedure
    .input(
      fields({
        workspaceId: idInput,
        state: z.enum(FINDING_STATES).nullable(),
        rule: z.enum(FINDING_RULES).nullable(),
      }),
    )
    .query(run(listFindings)),
  finding: signedInProcedure.input(onFinding).query(run(getFinding)),
  disposeFinding: signedInProcedure
    .input(
      onFinding.extend({
        state: z.enum(FINDING_STATES),
        note: reasonInput.min(1, 'Say why.'),
      }),
    )
    .mutation(run(disposeFinding)),
  choices: signedInProcedure.input(inWorkspace).query(run(readRecordChoices)),
  /** The answer to a question: entries counted by group. */
  ask: signedInProcedure
    .input(onDesk.extend({ by: z.enum(GROUPINGS), question: z.enum(QUESTION_IDS).nullable() }))
    .query(run(askRecord)),
  find: signedInProcedure
    .input(fields({ workspaceId: idInput, text: titleInput.min(2, 'Type at least two characters.') }))
    .query(run(findInRecord)),
  event: signedInProcedure
    .input(fields({ workspaceId: idInput, eventId: idInput }))
    .query(run(readRecordEvent)),
  /** A look that is a copy as well: a mutation, so that nothing fetches it ahead. */
  takeEvent: signedInProcedure
    .input(fields({ workspaceId: idInput, eventId: idInput }))
    .mutation(run(takeRecordEvent)),
  tail: signedInProcedure.input(onDesk.extend({ since: momentInput.nullable() })).query(run(tailRecord)),
  searches: signedInProcedure.input(inWorkspace).query(run(listSearches)),
  saveSearch: signedInProcedure
    .input(fields({ workspaceId: idInput, name: titleInput, query: searchQueryInput }))
    .mutation(run(saveSearch)),
  forgetSearch: signedInProcedure.input(fields({ searchId: idInput })).mutation(run(forgetSearch)),
})
