import type { Id } from '@/lib/ids'
import type { IntegrityPageView, IntegrityView } from '@/lib/views/sealing/integrity'
import { readIntegrity } from '@/server/audit/sealing/integrity'
import type { Operation } from '@/server/operations/run-operation'
import { readAgencies } from '@/server/operations/shaping/agencies'

/** Asks: to read the record. How the workspace's record stands, and the instance's, without the names of its other agencies. */
export const readRecordIntegrity: Operation<{ workspaceId: Id }, IntegrityPageView> = {
  event: 'record.integrity_viewed',
  async run(context, { workspaceId }) {
    const { tx, at } = context
    await context.authorize({ workspaceId }, { ask: 'record' })
    const agencies = (ids: Iterable<Id>) => readAgencies(tx, ids)
    const workspace = await readIntegrity(tx, { tree: `workspace:${workspaceId}`, agencies }, at)
    const instance = await readIntegrity(tx, { tree: 'instance', agencies }, at)
    context.recordView(
      { object: { workspaceId }, volume: { warnings: workspace.warnings.length } },
      workspace.warnings.map(({ why, since }) => [why, since]),
    )
    return { workspace, instance: withoutNames(instance) }
  },
}

const withoutNames = (view: IntegrityView): IntegrityView => ({
  ...view,
  agencies: [],
  seal: view.seal === null ? null : { ...view.seal, signedBy: [] },
  warnings: view.warnings.map((one) => ({ ...one, witness: null, agency: null })),
})
