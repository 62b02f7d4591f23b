import { rm } from 'node:fs/promises'
import type { Id } from '@/lib/ids'
import { exportFile } from '@/server/exports/export-folder'
import type { Chore } from '@/server/upkeep/chore'

/** Finished exports are deleted after their time, on record. A file that lies with another node is swept away there. */
export const expireExports: Chore = {
  name: 'expire exports',
  async run({ env, recorder, log }, tx, at) {
    const { rows } = await tx.query<{ id: Id; workspace_id: Id }>(
      `update record_exports set state = 'expired' where id in (
         select id from record_exports where state = 'done' and expires_at <= $1 order by expires_at limit 100)
       returning id, workspace_id`,
      [at],
    )
    for (const { id, workspace_id } of rows)
      recorder.append(tx, {
        type: 'record.export_expired',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object: { workspaceId: workspace_id, targetId: id },
      })
    tx.afterCommit(() => {
      for (const { id } of rows)
        rm(exportFile(env, id), { force: true }).catch((error: unknown) =>
          log.warn({ err: error, exportId: id }, 'the file of an export could not be deleted'),
        )
    })
    return rows.length === 100
  },
}
