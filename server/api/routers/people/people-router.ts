import { z } from 'zod'
import { fields, idInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { createPerson } from '@/server/operations/identity/create-person'
import { issuePasswordLink } from '@/server/operations/identity/issue-password-link'
import { listPeople } from '@/server/operations/identity/list-people'
import { reinstatePerson } from '@/server/operations/identity/reinstate-person'
import { suspendPerson } from '@/server/operations/identity/suspend-person'
import { searchPeople } from '@/server/operations/organisation/search-people'

const aPerson = fields({ personId: idInput })
const newPerson = fields({
  name: z.string().max(254),
  email: z.string().max(254),
  administrator: z.boolean().optional(),
})

/** The people of the administrator's own organisation. */
export const peopleRouter = router({
  list: signedInProcedure.query(run(listPeople)),
  search: signedInProcedure
    .input(fields({ words: z.string().max(100), workspaceId: idInput.nullable() }))
    .query(run(searchPeople)),
  create: signedInProcedure.input(newPerson).mutation(run(createPerson)),
  issueLink: signedInProcedure.input(aPerson).mutation(run(issuePasswordLink)),
  suspend: signedInProcedure.input(aPerson).mutation(run(suspendPerson)),
  reinstate: signedInProcedure.input(aPerson).mutation(run(reinstatePerson)),
})
