import { z } from 'zod'
import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import { fields, idInput, inWorkspace } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { listRecord } from '@/server/operations/record/list-record'
import { readRecordChoices } from '@/server/operations/record/read-record-choices'

const TYPES = Object.keys(EVENTS) as [EventType, ...EventType[]]

/** PostgreSQL knows no year 0. */
const momentInput = z.iso.datetime().refine((text) => !text.startsWith('0000'), 'There is no year 0.')

const filterInput = fields({
  personId: idInput,
  orgId: idInput,
  documentId: idInput,
  sectionId: idInput,
  type: z.enum(TYPES),
  outcome: z.enum(['allowed', 'denied', 'failed']),
  from: momentInput,
  until: momentInput,
}).partial()

export const recordRouter = router({
  list: signedInProcedure
    .input(fields({ workspaceId: idInput, filter: filterInput, cursor: z.string().max(500).optional() }))
    .query(run(listRecord)),
  choices: signedInProcedure.input(inWorkspace).query(run(readRecordChoices)),
})
