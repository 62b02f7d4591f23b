import { z } from 'zod'
import { fields, idInput, inWorkspace, levelInput, titleInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { addOrganisation } from '@/server/operations/workspaces/add-organisation'
import { createWorkspace } from '@/server/operations/workspaces/create-workspace'
import { getWorkspace } from '@/server/operations/workspaces/get-workspace'
import { listInvitable } from '@/server/operations/workspaces/list-invitable'
import { listWorkspaces } from '@/server/operations/workspaces/list-workspaces'
import { removeOrganisation } from '@/server/operations/workspaces/remove-organisation'

const aParticipation = fields({
  workspaceId: idInput,
  orgId: idInput,
  ceiling: levelInput.exclude(['none']),
  mayExport: z.boolean(),
})

export const workspacesRouter = router({
  list: signedInProcedure.query(run(listWorkspaces)),
  get: signedInProcedure.input(inWorkspace).query(run(getWorkspace)),
  create: signedInProcedure.input(fields({ title: titleInput })).mutation(run(createWorkspace)),
  /** Which organisations `addOrganisation` can bring in. */
  invitable: signedInProcedure.input(inWorkspace).query(run(listInvitable)),
  addOrganisation: signedInProcedure.input(aParticipation).mutation(run(addOrganisation)),
  /** `confirm` says that the person was told who loses access. */
  removeOrganisation: signedInProcedure
    .input(fields({ workspaceId: idInput, orgId: idInput, confirm: z.literal(true) }))
    .mutation(run(removeOrganisation)),
})
