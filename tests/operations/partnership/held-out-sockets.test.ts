import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLOSE } from '@/lib/sync/protocol'
import { leaveWorkspace } from '@/server/operations/participation/leave-workspace'
import { resumeParticipation } from '@/server/operations/participation/resume-participation'
import { suspendParticipation } from '@/server/operations/participation/suspend-participation'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import { publishTerms } from '@/server/operations/terms/publish-terms'
import { saveTermsDraft } from '@/server/operations/terms/save-terms-draft'
import { signTerms } from '@/server/operations/terms/sign-terms'
import { openClient, type SyncClient } from '@/tests/support/sync/sync-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
const clients: SyncClient[] = []
beforeAll(async () => {
  bed = await openSyncBed()
})
afterAll(async () => {
  for (const client of clients) client.destroy()
  await bed.close()
})

type Who = keyof SyncBed['world']['people']

const as = <In, Out>(who: Who, operation: Operation<In, Out>, input: In) =>
  runOperation(bed.services, bed.world.people[who], operation, input)

const open = async (who: Who) => {
  const { people, sections } = bed.world
  const cookie = bed.cookieOf(people[who])
  const client = openClient({ port: bed.port, sectionId: sections.open, cookie })
  clients.push(client)
  await client.synced
  return client
}

test('[R4] new terms, a suspension and leaving close the sockets of that agency’s people, and only theirs', async () => {
  const { workspaceId, orgs } = bed.world
  const county = await open('countyReader')
  let countyClosed = false
  void county.closed().then(() => {
    countyClosed = true
  })

  let hugo = await open('hospitalEditor')
  const content = {
    text: 'What is shared here stays here.',
    consentToInvite: false,
    onLeaving: 'choice',
  } as const
  const { hash } = await as('countyLead', saveTermsDraft, { workspaceId, content, basedOn: null })
  let closed = hugo.closed()
  const { version } = await as('countyLead', publishTerms, { workspaceId, hash })
  expect(await closed).toBe(CLOSE.hiddenOrMissing)

  await as('hospitalLead', signTerms, { workspaceId, version, hash })
  hugo = await open('hospitalEditor')
  closed = hugo.closed()
  await as('countyLead', suspendParticipation, { workspaceId, orgId: orgs.hospital, confirm: true })
  expect(await closed).toBe(CLOSE.hiddenOrMissing)

  await as('countyLead', resumeParticipation, { workspaceId, orgId: orgs.hospital })
  hugo = await open('hospitalEditor')
  closed = hugo.closed()
  await as('hospitalLead', leaveWorkspace, { workspaceId, sections: 'freeze', confirm: true })
  expect(await closed).toBe(CLOSE.hiddenOrMissing)
  expect(countyClosed).toBe(false)
})
