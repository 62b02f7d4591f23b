import type { Id } from '@/lib/ids'
import type { RecordFilter, RecordPageView } from '@/lib/views/record'
import { readRecord } from '@/server/audit/read'
import type { Operation } from '@/server/operations/run-operation'

type Loose<Value> = { [Key in keyof Value]?: Value[Key] | undefined }

interface Input {
  workspaceId: Id
  filter: Loose<RecordFilter>
  cursor?: string | undefined
}

/** Asks: to read the record. The look itself is on record, with what was looked for. */
export const listRecord: Operation<Input, RecordPageView> = {
  event: 'record.viewed',
  async run(context, { workspaceId, filter: given, cursor }) {
    await context.authorize({ workspaceId }, { ask: 'record' })
    const asked = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined)
    const filter: RecordFilter = Object.fromEntries(asked)
    const page = await readRecord(context.tx, { workspaceId, filter, cursor: cursor ?? null })
    context.record({
      object: { workspaceId },
      details: { filter: Object.fromEntries(asked), cursor: cursor ?? null },
      volume: { rows: page.rows.length },
    })
    return page
  },
}
