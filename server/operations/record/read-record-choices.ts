import type { Id } from '@/lib/ids'
import type { RecordChoicesView } from '@/lib/views/record'
import { recordChoices } from '@/server/audit/record-choices'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to read the record. What its filter can be set to. */
export const readRecordChoices: Operation<{ workspaceId: Id }, RecordChoicesView> = {
  event: 'record.viewed',
  async run(context, { workspaceId }) {
    await context.authorize({ workspaceId }, { ask: 'record' })
    const choices = await recordChoices(context.tx, { workspaceId })
    context.recordView(
      { object: { workspaceId }, details: { choices: true } },
      Object.values(choices).map((list) => list.map(({ id }: { id: Id }) => id)),
    )
    return choices
  },
}
