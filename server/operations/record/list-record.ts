import type { QuestionId } from '@/lib/audit/questions'
import type { Id } from '@/lib/ids'
import type { RecordFilter, RecordPageView } from '@/lib/views/record'
import { readRecord } from '@/server/audit/read'
import { scopeOf } from '@/server/audit/scope'
import { asked, filterOnRecord, type Loose } from '@/server/operations/record/asked'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  filter: Loose<RecordFilter>
  cursor?: string | undefined
  /** The question that the rows answer. */
  question?: QuestionId | undefined
}

/** Asks: to read the record. The look itself is on record, with what was looked for. */
export const listRecord: Operation<Input, RecordPageView> = {
  event: 'record.viewed',
  async run(context, { workspaceId, filter: given, cursor, question }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const filter = asked(given)
    const page = await readRecord(context.tx, { workspaceId, scope, filter, cursor: cursor ?? null })
    context.record({
      object: { workspaceId },
      details: { filter: filterOnRecord(filter), cursor: cursor ?? null, ...(question ? { question } : {}) },
      volume: { rows: page.rows.length },
    })
    return page
  },
}
