import { z } from 'zod'
import { fields, idInput, untilInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { addGroupMember } from '@/server/operations/groups/add-group-member'
import { createGroup } from '@/server/operations/groups/create-group'
import { endGroupMember } from '@/server/operations/groups/end-group-member'
import { listGroups } from '@/server/operations/groups/list-groups'
import { renameGroup } from '@/server/operations/groups/rename-group'

const nameInput = z.string().max(254)

/** Groups of people inside one's own organisation. */
export const groupsRouter = router({
  list: signedInProcedure.query(run(listGroups)),
  create: signedInProcedure.input(fields({ name: nameInput })).mutation(run(createGroup)),
  rename: signedInProcedure.input(fields({ groupId: idInput, name: nameInput })).mutation(run(renameGroup)),
  addPerson: signedInProcedure
    .input(fields({ groupId: idInput, personId: idInput, until: untilInput }))
    .mutation(run(addGroupMember)),
  removePerson: signedInProcedure
    .input(fields({ groupId: idInput, personId: idInput }))
    .mutation(run(endGroupMember)),
})
