import { z } from 'zod'
import { fields, idInput, inWorkspace, titleInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { createWorkspace } from '@/server/operations/workspaces/create-workspace'
import { getWorkspace } from '@/server/operations/workspaces/get-workspace'
import { listWorkspaces } from '@/server/operations/workspaces/list-workspaces'
import { removeOrganisation } from '@/server/operations/workspaces/remove-organisation'

export const workspacesRouter = router({
  list: signedInProcedure.query(run(listWorkspaces)),
  get: signedInProcedure.input(inWorkspace).query(run(getWorkspace)),
  create: signedInProcedure.input(fields({ title: titleInput })).mutation(run(createWorkspace)),
  /** `confirm` says that the person was told who loses access. */
  removeOrganisation: signedInProcedure
    .input(fields({ workspaceId: idInput, orgId: idInput, confirm: z.literal(true) }))
    .mutation(run(removeOrganisation)),
})
