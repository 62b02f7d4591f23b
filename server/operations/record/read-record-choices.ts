import type { Id } from '@/lib/ids'
import type { RecordDeskView } from '@/lib/views/record'
import { treeOf } from '@/server/audit/inbox'
import { recordChoices } from '@/server/audit/record-choices'
import { readSegments } from '@/server/audit/retention/segment-rows'
import { scopeOf } from '@/server/audit/scope'
import { readSeal } from '@/server/audit/sealing/seal'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to read the record. What its filter can be set to. */
export const readRecordChoices: Operation<{ workspaceId: Id }, RecordDeskView> = {
  event: 'record.viewed',
  async run(context, { workspaceId }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const choices = await recordChoices(context.tx, { workspaceId, scope })
    context.recordView(
      { object: { workspaceId }, details: { choices: true } },
      Object.values(choices).map((list) => list.map(({ id }: { id: Id }) => id)),
    )
    const tree = treeOf(workspaceId)
    const seal = await readSeal(context.tx, tree, context.at)
    const gone = await readSegments(
      context.tx,
      `tree = $1 and state <> 'searchable' and back_until is null order by month desc`,
      [tree],
    )
    const [newest] = gone
    return {
      ...choices,
      sealedAt: seal?.sealed?.at.toISOString() ?? null,
      cold:
        newest === undefined
          ? null
          : {
              newest: newest.month,
              stored: gone.filter(({ state }) => state === 'cold').length,
              dropped: gone.filter(({ state }) => state === 'dropped').length,
            },
    }
  },
}
